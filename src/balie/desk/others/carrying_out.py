"""Carrying out what was decided about others' data, and what the register says of what nobody decided in time. Safe to repeat."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from balie import register, vault
from balie.desk import forgetting, holders
from balie.desk.models import Attachment, Finding, Others, Status, Ticket
from balie.desk.others import asking_again, deciding, noticing, rules, taking_out
from balie.kernel import Actor, Refused, Stop, log, sentence
from balie.people import accounts

Outcome = Others.Outcome
AT_ONCE = 200  # cases in one round


@transaction.atomic
def carry_out(handle: UUID, *, now: datetime) -> bool:
    """Do what was decided about one text or file, once the time to take it back is over; whether that was now.

    Raises Refused while it is on hold, so that it is tried again.
    """
    one = _open().filter(handle=handle, decided_at__lte=now - timedelta(seconds=settings.BALIE_UNDO)).first()
    if one is None or one.outcome not in _DO:
        return False
    if rules.on_hold(one):
        raise Refused(
            sentence("This is on hold, or may not be destroyed yet: it stays as it is until then, and stays covered.")
        )
    if not _claim(one, now):
        return False
    actor = _actor(one)
    _DO[one.outcome](one, actor)
    _end_what_is_gone(one.ticket, now)
    deciding.record("others.carried-out", one, actor, operation="erase", decision=one.outcome)
    return True


@transaction.atomic
def lapse(handle: UUID, *, now: datetime) -> bool:
    """Nobody decided in time: where the register says so, it is erased and asked for anew, once (mission S3.12); whether it was.

    It stays covered, undecided, where the register leaves it to a person; while an objection is weighed, or it is on hold.
    """
    one = _open().filter(handle=handle, outcome="", due_at__lte=now).first()
    if one is None or not rules.erases_undecided(one) or one.ticket.restricted_at or rules.on_hold(one):
        return False
    if not Others.objects.filter(pk=one.pk, outcome="", done_at=None).update(
        outcome=Outcome.LAPSED, decided_at=now, done_at=now
    ):
        return False
    one.refresh_from_db()
    actor = Actor.system("retain", one.ticket.desk)
    asked = asking_again.ask(one, actor=actor)
    _erase_what_was_sent(one, actor)
    _end_what_is_gone(one.ticket, now)
    deciding.record("others.lapsed", one, actor, operation="erase", asked=asked)
    return True


@transaction.atomic
def purpose_done(handle: UUID, *, now: datetime) -> bool:
    """What was needed for the answer is not any more once the ticket is closed: text is masked for good, a file erased."""
    one = _open().filter(handle=handle, outcome=Outcome.NEEDED, ticket__closed_at__lte=now).first()
    if one is None or one.ticket.restricted_at or rules.on_hold(one) or not _claim(one, now):
        return False
    actor = Actor.system("retain", one.ticket.desk)
    _mask(one, actor) if one.attachment is None else _erase_what_was_sent(one, actor)
    _end_what_is_gone(one.ticket, now)
    deciding.record("others.purpose-done", one, actor, operation="erase")
    return True


def work(*, now: datetime) -> int:
    """All that is to be done at every desk by now; how much was. What fails waits for the next round, and holds up nothing else."""
    grace = now - timedelta(seconds=settings.BALIE_UNDO)
    waiting = Others.objects.filter(done_at=None)
    late = waiting.filter(outcome="", due_at__lte=now, ticket__desk__in=_that_erase(), ticket__restricted_at=None)
    rounds = (
        (carry_out, waiting.filter(decided_at__lte=grace).exclude(outcome=Outcome.NEEDED)),
        (lapse, late),
        (purpose_done, waiting.filter(outcome=Outcome.NEEDED, ticket__closed_at__lte=grace)),
    )
    done = 0
    for do, rows in rounds:
        for handle in list(rows.order_by("due_at").values_list("handle", flat=True)[:AT_ONCE]):
            done += _try(do, handle, now)
    return done + end_what_went(now=now)


def end_what_went(*, now: datetime) -> int:
    """Cases whose text or file went by its own term, or otherwise, wait for nobody; how many."""
    rows = _open().order_by("due_at")[: AT_ONCE * 5]
    records = {one.handle: noticing.records_of(one) for one in rows}
    gone = list[UUID]()
    for desk in {one.ticket.desk for one in rows}:
        mine = {one.handle: records[one.handle] for one in rows if one.ticket.desk == desk}
        kept = vault.kept(desk, [record for some in mine.values() for record in some])
        gone += [handle for handle, some in mine.items() if not kept & set(some)]
    return _end(gone, now)


def _open() -> QuerySet[Others]:
    return Others.objects.filter(done_at=None).select_related("ticket", "message", "attachment", "decided_by")


def _that_erase() -> list[str]:
    """The desks whose register says that what is undecided goes."""
    return [desk for desk in register.desks() if "erase at once" in _steps(desk)]


def _steps(desk: str) -> tuple[str, ...]:
    return register.third_party_steps(register.in_force(desk), needed=False)


def _try(do: Callable[..., bool], handle: UUID, now: datetime) -> bool:
    try:
        return do(handle, now=now)
    except Stop as stopped:
        log.say("others.waits", others=handle.hex, code=stopped.code)
        return False


def _claim(one: Others, now: datetime) -> bool:
    """Whether this call is the one that does it: the decision still stands as it was read."""
    mine = Others.objects.filter(pk=one.pk, done_at=None, outcome=one.outcome, decided_at=one.decided_at)
    return bool(mine.update(done_at=now))


def _actor(one: Others) -> Actor:
    """Whoever decided; what they decided is carried out also when they have left since."""
    account = one.decided_by
    return accounts.actor_of(account) if account is not None else Actor.system("retain", one.ticket.desk)


def _mask(one: Others, actor: Actor) -> None:
    taking_out.mask(one, actor=actor)


def _erase_what_was_sent(one: Others, actor: Actor) -> None:
    taking_out.erase(one, noticing.records_of(one), actor=actor)


def _erase_message(one: Others, actor: Actor) -> None:
    """Text, files and, where it opened the ticket, subject; who wrote stays, so that an answer can still go."""
    files = Attachment.objects.filter(message=one.message).values_list("name", "content")
    text = Others(ticket=one.ticket, message=one.message)
    taking_out.erase(one, [*noticing.records_of(text), *(each for pair in files for each in pair)], actor=actor)


def _erase_ticket(one: Others, actor: Actor) -> None:
    """Everything that the ticket holds; its number stays, and that it was deleted."""
    ticket = one.ticket
    kept = [each.handle for each in vault.describe(ticket.desk, held_by=holders.of_ticket(ticket))]
    vault.erase_soon(kept, actor=actor, why=taking_out.WHY)
    forgetting.forget(kept)
    Ticket.objects.filter(pk=ticket.pk).update(
        status=Status.CLOSED, closed_at=ticket.closed_at or one.decided_at, assignee=None, unread=False
    )


def _ask_again(one: Others, actor: Actor) -> None:
    asking_again.ask(one, actor=actor)
    _erase_what_was_sent(one, actor)


_DO: Mapping[str, Callable[[Others, Actor], None]] = {
    Outcome.MASKED: _mask,
    Outcome.FILE: _erase_what_was_sent,
    Outcome.MESSAGE: _erase_message,
    Outcome.TICKET: _erase_ticket,
    Outcome.ASKED_AGAIN: _ask_again,
}


def _end_what_is_gone(ticket: Ticket, now: datetime) -> None:
    """Other cases of the ticket of which nothing is left by what was just done: no decision is asked for them any more."""
    gone = list[UUID]()
    for other in _open().filter(ticket=ticket):
        records = noticing.records_of(other)
        kept = vault.kept(ticket.desk, records)
        covered = Finding.objects.filter(record__in=records, masked=True, role="third_party")
        if not kept or (other.attachment is None and not covered.exists()):
            gone.append(other.handle)
    _end(gone, now)


def _end(handles: list[UUID], now: datetime) -> int:
    rows = Others.objects.filter(handle__in=handles, done_at=None)
    undecided = rows.filter(outcome="").update(outcome=Outcome.GONE, decided_at=now, done_at=now)
    return undecided + rows.update(done_at=now)
