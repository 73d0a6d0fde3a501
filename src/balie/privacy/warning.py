"""Warnings before the end: whoever can be written to is told, on the days that the register gives, that something will be erased.

What holds items here is a ticket; the person stops the end by answering, which begins its term anew or takes the ticket up again.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from balie import evidence, post, register, vault
from balie.desk import acknowledging, allowance, conversation, rules
from balie.desk.models import Ticket
from balie.kernel import Actor
from balie.privacy.models import Warned
from balie.register.terms import about_days, iso


@dataclass(frozen=True)
class Ending:
    """What a thing holds under one term goes on a day, with warnings before. warnings: by their lengths, the longest first."""

    held_by: UUID
    term: str
    due: date
    warnings: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class Coming:
    """So many tickets of which somebody is warned on a day. due: when what they hold goes."""

    day: date
    term: str
    due: date
    count: int


def run(desk: str, *, now: datetime, actor: Actor | None = None) -> int:
    """Leave a letter for each warning that is owed by now, once; how many. Safe to repeat.

    A day that passed while the worker was away is made up for, but of several at once only the last is sent. What is on hold does
    not end, and of that nobody is warned. Where nobody can be written to, that is recorded, and the desk's pages show the end.
    """
    actor, done = actor or Actor.system("retain", desk), 0
    for one in endings(desk, now=now):
        owed = [length for length, day in one.warnings if day <= now.astimezone(UTC).date()]
        if owed:
            done += _warn(one, owed, now=now, actor=actor)
    return done


def endings(desk: str, *, now: datetime, ahead: timedelta = timedelta(0)) -> list[Ending]:
    """What ends with warnings of which the first is to go by now, or `ahead` from now; the soonest first."""
    longest = _longest(desk)
    if longest is None:
        return []
    return of(desk, vault.ending(desk, now, now + timedelta(days=longest + 2) + ahead))


def of(desk: str, kept: Iterable[vault.Described]) -> list[Ending]:
    """The warnings that go before the end of these records; none for what has no date yet, and for what is on hold."""
    found: dict[tuple[UUID, str, date], tuple[tuple[str, date], ...]] = {}
    for one in kept:
        if one.holder != "ticket" or one.on_hold or one.happened_at is None or one.erase_at is None:
            continue
        version = register.version(desk, one.term_version)
        rule = register.erase_rule(version, one.activity, one.people, one.item, holder="ticket")
        if rule.warn:
            due = one.erase_at.astimezone(UTC).date()
            days = sorted(zip(rule.warn, register.warnings_on(rule, due), strict=True), key=lambda pair: pair[1])
            found.setdefault((one.held_by, one.term, due), tuple(days))
    rows = [Ending(*key, days) for key, days in found.items()]
    return sorted(rows, key=lambda one: (one.due, one.held_by, one.term))


def coming(desk: str, *, now: datetime, days: int = 31) -> list[Coming]:
    """How many tickets are warned of on which day to come, by term."""
    today = now.astimezone(UTC).date()
    last = today + timedelta(days=days)
    counted = Counter(
        (day, one.term, one.due)
        for one in endings(desk, now=now, ahead=timedelta(days=days))
        for _length, day in one.warnings
        if today <= day <= last
    )
    return [Coming(*key, count) for key, count in sorted(counted.items())]


def told(ticket: Ticket) -> list[Warned]:
    """The warnings of a ticket's end that went out or could not, the newest first."""
    return list(Warned.objects.filter(held_by=ticket.handle).order_by("-at", "pk"))


def tidy(*, now: datetime) -> int:
    """Take away what is known of warnings whose end has been a year ago or more; they stay in the evidence. How many."""
    return Warned.objects.filter(due__lt=now.date() - timedelta(days=366)).delete()[0]


@transaction.atomic
def _warn(one: Ending, owed: list[str], *, now: datetime, actor: Actor) -> int:
    ticket = Ticket.objects.visible_to(actor).filter(handle=one.held_by).first()
    known = set(Warned.objects.filter(held_by=one.held_by, term=one.term, due=one.due).values_list("before", flat=True))
    if ticket is None or owed[-1] in known:
        return 0
    sent = _letter(ticket, one, now=now, actor=actor)
    Warned.objects.bulk_create(
        Warned(
            desk=actor.desk,
            held_by=one.held_by,
            term=one.term,
            before=length,
            due=one.due,
            at=now,
            sent=sent and length == owed[-1],
        )
        for length in owed
        if length not in known
    )
    evidence.record(
        "ending.warned",
        actor,
        ticket.handle,
        operation="use",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={
            "ticket": ticket.number,
            "term": one.term,
            "before": owed[-1],
            "due": one.due.isoformat(),
            "sent": sent,
        },
    )
    return int(sent)


def _letter(ticket: Ticket, one: Ending, *, now: datetime, actor: Actor) -> bool:
    """Whether a letter was left: never to a machine or a desk, never without an address, and no more than are allowed of those."""
    asked = conversation.answered(ticket)
    reading = vault.Reading(actor, "ticket.looked-at", ticket.handle)
    address = conversation.answer_address(ticket, reading)
    reading.record()
    machine = asked is not None and asked.automatic
    if machine or not address or acknowledging.is_a_desk(address) or not allowance.one_more(ticket, address, at=now):
        return False
    post.add(ticket.desk, kind="warning", refs={"ticket": ticket.handle.hex, "due": one.due.isoformat()})
    return True


def _longest(desk: str) -> int | None:
    """How many days before the end the first warning of any term of the desk is; None where no term warns."""
    lengths = [
        length
        for number in range(1, register.in_force(desk).number + 1)
        for term in register.version(desk, number).data["terms"].values()
        for length in term.get("warn", ())
    ]
    return max((int(about_days(iso(length))) for length in lengths), default=None)
