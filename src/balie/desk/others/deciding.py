"""A person decides about others' data that were noticed: one person, one text or file, never several at once (GDPR 5(1)(c), 22).

A decision can be taken back for as many seconds as an answer (BALIE_UNDO); then `carrying_out` does what was decided.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from balie import evidence, jobs, vault
from balie.desk import clocks, looking_through
from balie.desk import rules as desk_rules
from balie.desk.models import Others, Ticket
from balie.desk.others import rules, taking_out
from balie.kernel import Actor, Conflict, Invalid, Refused, check, sentence
from balie.people import accounts

Outcome = Others.Outcome
DELETIONS = {"file": Outcome.FILE, "message": Outcome.MESSAGE, "ticket": Outcome.TICKET}


@transaction.atomic
def need(one: Others, *, reason: str, confirmed: bool, actor: Actor) -> None:
    """Without these data the question cannot be answered: the assigned agent and who decided see them, others when they ask.

    reason: in words, sealed. confirmed: that the register's condition for data of others holds. They go when the purpose is done,
    which is when the ticket is closed. Raises Invalid without either, Refused when a rule says no.
    """
    check(rules.decide(one, actor))
    if not reason.strip():
        raise Invalid(sentence("Say in a few words why these data are needed: that is kept with the decision."))
    if not confirmed:
        raise Invalid(sentence("Confirm first that the question cannot be answered without these data."))
    _decide(one, Outcome.NEEDED, reason, actor)


@transaction.atomic
def mask(one: Others, *, reason: str = "", actor: Actor) -> None:
    """They are taken out for good, and what kind of thing stood there is said in its place. Raises Refused when a rule says no, or a
    file is such that nothing can be taken out of it."""
    check(rules.mask(one, actor))
    if one.attachment is not None and taking_out.masked_file(one, Actor.system("retain", one.ticket.desk)) is None:
        raise Refused(
            sentence("They cannot be taken out of this file so that none is left: delete it, or ask for it again.")
        )
    _decide(one, Outcome.MASKED, reason, actor)


@transaction.atomic
def erase(one: Others, *, reach: str, reason: str = "", actor: Actor) -> None:
    """The file, the whole message or the whole ticket is deleted. reach: `file`, `message`, `ticket`. Raises Refused, or Invalid."""
    check(rules.take_away(one, actor))
    if reach not in DELETIONS or (reach == "file" and one.attachment is None):
        raise Invalid(sentence("«{reach}» is nothing that can be deleted here.", reach=reach))
    _decide(one, DELETIONS[reach], reason, actor)


@transaction.atomic
def ask_again(one: Others, *, reason: str = "", actor: Actor) -> None:
    """The sender is asked, in the language of the mail, to send it again without them; then what was sent is erased. Raises Refused."""
    check(rules.ask_again(one, actor))
    _decide(one, Outcome.ASKED_AGAIN, reason, actor)


@transaction.atomic
def suspect_breach(one: Others, *, actor: Actor) -> None:
    """It may be a personal data breach: noted for the privacy officer, beside whatever is decided (GDPR 33(5)). Raises Refused."""
    check(rules.suspect_breach(one, actor))
    Others.objects.filter(pk=one.pk).update(breach=True)
    one.breach = True
    record("others.breach-suspected", one, actor, operation="record")


@transaction.atomic
def retract(one: Others, *, actor: Actor) -> None:
    """A decision that has not been carried out is none. Raises Refused; Conflict when it was carried out meanwhile."""
    check(rules.retract(one, actor))
    reason = one.reason
    undecided = {"outcome": "", "decided_by": None, "decided_at": None, "reason": None}
    if not Others.objects.filter(pk=one.pk, done_at=None, outcome=one.outcome).update(**undecided):
        raise Conflict(sentence("It has been carried out already and cannot be taken back."))
    vault.erase_soon([reason] if reason else [], actor=actor, why="others-retracted")
    one.refresh_from_db()
    record("others.retracted", one, actor, operation="restrict")


def until(one: Others) -> datetime | None:
    """Until when a decision can be taken back before it is carried out; None where nothing is decided."""
    return one.decided_at + timedelta(seconds=settings.BALIE_UNDO) if one.decided_at else None


def record(act: str, one: Others, actor: Actor, *, operation: str, **facts: str | int | bool) -> None:
    """What happened to others' data, in codes."""
    ticket = one.ticket
    evidence.record(
        act,
        actor,
        one.handle,
        operation=operation,
        activity=desk_rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "service": ticket.service, "file": one.attachment_id is not None, **facts},
    )


def put_away(ticket: Ticket, text: str, *, actor: Actor) -> UUID:
    """The words of a reason, or of what the sender is told, as those of staff: sealed, looked through, under the ticket's term."""
    about = (ticket.requester_id,) if ticket.requester_id else ()
    seen = looking_through.look(ticket, text, by=looking_through.Writer(staff=True))
    item = vault.Item(
        *(ticket.activity, desk_rules.group_of(ticket), "message", text, "ticket", ticket.handle, about, "staff"),
        unsearched=looking_through.hidden(seen),
    )
    (kept,) = vault.put([item], actor=actor, version=desk_rules.version_of(ticket))
    clocks.wind(ticket, actor=actor)
    looking_through.note(ticket, {kept: seen})
    return kept


def _decide(one: Others, outcome: str, reason: str, actor: Actor) -> None:
    kept = put_away(one.ticket, reason.strip(), actor=actor) if reason.strip() else None
    account, now = accounts.account_of(actor), timezone.now()
    decided = {"outcome": outcome, "decided_by": account, "decided_at": now, "reason": kept}
    if not Others.objects.filter(pk=one.pk, done_at=None, outcome=one.outcome).update(**decided):
        raise Conflict(sentence("Somebody else decided this meanwhile. Look at it again."))
    if one.reason:
        vault.erase_soon([one.reason], actor=actor, why="others-retracted")
    one.refresh_from_db()
    if outcome != Outcome.NEEDED:
        jobs.add("others.carry-out", due=until(one), others=one.handle.hex)
    record("others.decided", one, actor, operation="restrict", decision=outcome, reason=kept is not None)
