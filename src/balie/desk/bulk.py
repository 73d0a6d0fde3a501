"""The same for many tickets at once: each asks its own rule, what cannot is left out and named, and for a while it can be undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from balie import evidence
from balie.desk import clocks, closing, placing, rules, triage
from balie.desk.models import Message, Ticket, Undo
from balie.kernel import Actor, Conflict, Invalid, Refused, Sentence, sentence
from balie.people import accounts
from balie.people.models import Account

MOST = 200
UNDO = timedelta(seconds=15)
SHOWN = timedelta(minutes=10)  # so long the row stands from which a page tells what was done
_LATE = timedelta(seconds=5)  # a form that was sent in time may take a moment to come
_CHANGED = ("status", "assignee_id", "closed_at", "service", "kind")


@dataclass(frozen=True)
class Left:
    """A ticket with which it could not be done, and why."""

    number: int
    reason: Sentence


@dataclass(frozen=True)
class Outcome:
    """What became of an act on many. undo: with what it is taken back; None when nothing was done."""

    act: str
    done: Sequence[int]
    left: Sequence[Left] = ()
    undo: UUID | None = None
    until: datetime | None = field(default=None, compare=False)


@transaction.atomic
def assign(tickets: Sequence[Ticket], *, to: Account | None, actor: Actor) -> Outcome:
    """Give tickets to a colleague, or back to the team (None). Raises Invalid for more than MOST at once."""
    return _each("assign", tickets, lambda one: triage.assign(one, to=to, actor=actor), actor)


@transaction.atomic
def sort(tickets: Sequence[Ticket], *, service: str = "", kind: str = "", actor: Actor) -> Outcome:
    """Say which service tickets are about and of what kind they are; what is empty stays. Raises Invalid for more than MOST."""
    if not service and not kind:
        raise Invalid(sentence("Choose a service or a kind first."))

    def sorted_(one: Ticket) -> None:
        triage.sort(one, service=service or one.service, kind=kind or one.kind, actor=actor)

    return _each("sort", tickets, sorted_, actor)


@transaction.atomic
def close(tickets: Sequence[Ticket], *, actor: Actor) -> Outcome:
    """Close tickets. Raises Invalid for more than MOST at once."""
    return _each("close", tickets, lambda one: closing.close(one, actor=actor), actor)


@transaction.atomic
def reopen(tickets: Sequence[Ticket], *, actor: Actor) -> Outcome:
    """Open closed tickets again. Raises Invalid for more than MOST at once."""
    return _each("reopen", tickets, lambda one: closing.reopen(one, actor=actor), actor)


def outcome(handle: UUID, *, actor: Actor) -> Outcome | None:
    """What became of an act of this actor, while that is still known; what was left out is asked its rule anew."""
    row = _own(handle, actor).first()
    if row is None:
        return None
    left = Ticket.objects.visible_to(actor).filter(handle__in=row.was["left"]).order_by("number")
    reasons = [Left(one.number, _rule(row.was["act"], one, actor)) for one in left]
    done = [one["number"] for one in row.was["tickets"]]
    return Outcome(row.was["act"], done, reasons, row.handle, row.at + UNDO)


@transaction.atomic
def undo(handle: UUID, *, actor: Actor) -> Outcome:
    """Put back what an act on many changed: status, assignee, closing, service, kind, and the clocks that hang on them.

    A ticket with which something happened since stays as it is. Raises Conflict when it is too late or was done already.
    """
    row = _own(handle, actor).first()
    if row is None or timezone.now() > row.at + UNDO + _LATE:
        raise Conflict(sentence("It is too late to undo this. Change the tickets one by one."))
    row.delete()
    kept = {one["handle"]: one for one in row.was["tickets"]}
    found = Ticket.objects.visible_to(actor).filter(handle__in=kept).order_by("number")
    done, left = list[int](), list[Left]()
    for ticket in found:
        reason = _put_back(ticket, kept[ticket.handle.hex], row.was["act"], actor)
        if reason is None:
            done.append(ticket.number)
        else:
            left.append(Left(ticket.number, reason))
    return Outcome("undo", done, left)


def forget_old(now: datetime) -> int:
    """Drop what can no longer be undone; how many."""
    gone, _ = Undo.objects.filter(at__lt=now - SHOWN).delete()
    return gone


def _each(act: str, tickets: Sequence[Ticket], verb: Callable[[Ticket], None], actor: Actor) -> Outcome:
    if len(tickets) > MOST:
        raise Invalid(sentence("That is more than {most} tickets at once: choose fewer.", most=MOST))
    was, left, refused = list[dict[str, Any]](), list[Left](), list[str]()
    for ticket in sorted(tickets, key=lambda one: one.number):
        before = _state(ticket)
        try:
            verb(ticket)
        except (Refused, Invalid, Conflict) as stop:
            left.append(Left(ticket.number, stop.sentence))
            refused.append(ticket.handle.hex)
        else:
            was.append({"handle": ticket.handle.hex, "number": ticket.number, "was": before, "became": None})
    _became(was, tickets)
    row = Undo.objects.create(
        desk=actor.desk,
        account=accounts.account_of(actor),
        at=timezone.now(),
        was={"act": act, "tickets": was, "left": refused},
    )
    return Outcome(act, [one["number"] for one in was], left, row.handle, row.at + UNDO)


def _became(was: list[dict[str, Any]], tickets: Iterable[Ticket]) -> None:
    """As the database has it, with the last message: so that whatever happens later is noticed."""
    rows = {one.handle.hex: one for one in tickets}
    newest = _newest([one["handle"] for one in was])
    for one in was:
        one["became"] = [*_state(rows[one["handle"]]), newest.get(one["handle"])]


def _newest(handles: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    rows = Message.objects.filter(ticket__in=[UUID(one) for one in handles]).order_by("handle")
    for ticket, message in rows.values_list("ticket", "handle"):
        found[ticket.hex] = message.hex
    return found


def _state(ticket: Ticket) -> list[str | None]:
    values = [getattr(ticket, name) for name in _CHANGED]
    return [
        value.hex if isinstance(value, UUID) else value.isoformat() if isinstance(value, datetime) else value
        for value in values
    ]


def _put_back(ticket: Ticket, kept: dict[str, Any], act: str, actor: Actor) -> Sentence | None:
    refusal = rules.handle(ticket, actor)
    if refusal is not None:
        return refusal
    if [*_state(ticket), _newest([ticket.handle.hex]).get(ticket.handle.hex)] != kept["became"]:
        return sentence("Something happened with it since, so it stays as it is.")
    was_closed = ticket.closed_at is not None
    status, assignee, closed_at, service, kind = kept["was"]
    placing.stand(ticket, str(service), actor=actor)
    ticket.status, ticket.kind = str(status), str(kind)
    ticket.assignee_id = UUID(assignee) if assignee else None
    ticket.closed_at = datetime.fromisoformat(closed_at) if closed_at else None
    ticket.save(update_fields=["status", "assignee", "closed_at", "service", "kind", "activity", "team"])
    if was_closed and ticket.closed_at is None:
        clocks.wait_again(ticket, actor=actor)
    elif ticket.closed_at is not None and not was_closed:
        clocks.wind(ticket, actor=actor)
    _record(ticket, act, actor)
    return None


def _rule(act: str, ticket: Ticket, actor: Actor) -> Sentence:
    asked = {"assign": rules.assign, "sort": rules.assign, "close": rules.close, "reopen": rules.reopen}[act]
    return asked(ticket, actor) or sentence("What was chosen does not fit this ticket: open it to see what does.")


def _own(handle: UUID, actor: Actor) -> QuerySet[Undo]:
    return Undo.objects.filter(desk=actor.desk, account=accounts.account_of(actor), handle=handle)


def _record(ticket: Ticket, act: str, actor: Actor) -> None:
    evidence.record(
        "ticket.put-back",
        actor,
        ticket.handle,
        operation="organise",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "service": ticket.service, "team": ticket.team, "undone": act},
    )
