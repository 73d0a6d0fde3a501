"""Filling a desk with tickets as years of work leave them: really sealed, really indexed, with their evidence."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

from benchmarks import house

# isort: split
from django.db import transaction

from balie import evidence, register, vault
from balie.desk.models import Message, Status, Ticket
from balie.desk.numbering import next_number
from balie.kernel import Actor, rows
from balie.people.models import Account, Person
from benchmarks.corpus import Letter, letters

# Words that stand in a known part of the tickets.
SHARES = {"zonnewijzer": 0.005, "regenton": 0.05, "fietspad": 0.4}
MESSAGES = 5  # of the last ticket, which the benchmarks open
_TOGETHER = 200
_ACTIVITY, _PEOPLE = "service-desk", "reporter"


@dataclass(frozen=True)
class _Made:
    """One ticket with what is said on it: message, text, and the address it came from (none for an answer)."""

    ticket: Ticket
    person: Person
    subject: str
    said: list[tuple[Message, str, str]]


def fill(size: int) -> None:
    """Put so many tickets at the desk: a tenth open, a quarter of those somebody's, the rest closed over two years."""
    actor, staff = house.door(), list(Account.objects.filter(desk=house.DESK))
    waiting = _tickets(size, staff)
    while some := list(islice(waiting, _TOGETHER)):
        with transaction.atomic(), vault.together():
            _keep(some, actor)
    while vault.merge():  # as the worker does every few seconds
        pass


def _tickets(size: int, staff: Sequence[Account]) -> Iterator[_Made]:
    desk, chance = _Desk(random.Random(size), register.in_force(house.DESK), staff), random.Random(f"persons {size}")
    persons = [Person(desk=house.DESK) for _ in range(max(20, size // 5))]
    with transaction.atomic():
        rows.insert(persons)
    now = datetime.now(UTC)
    for number, letter in enumerate(letters(7, size)):
        opened = now - timedelta(days=700) * (1 - number / size)
        person = persons[chance.randrange(len(persons))]
        yield _ticket(desk, letter, person, opened, number == size - 1)


@dataclass(frozen=True)
class _Desk:
    """What all tickets have in common: chance, the register, who works there."""

    chance: random.Random
    version: register.Version
    staff: Sequence[Account]


def _ticket(desk: _Desk, letter: Letter, person: Person, opened: datetime, long: bool) -> _Made:
    chance, version, staff = desk.chance, desk.version, desk.staff
    ending = opened + timedelta(hours=chance.randrange(1, 200))
    is_open = long or chance.random() < 0.1
    ticket = Ticket(
        desk=house.DESK,
        number=0,
        kind=("question", "incident", "request")[chance.randrange(3)],
        service=("announcements", "regulations", "other")[chance.randrange(3)],
        activity=_ACTIVITY,
        version=version.number,
        team=register.team_for(version, _ACTIVITY),
        status=(Status.NEW, Status.OPEN, Status.WAITING)[chance.randrange(3)] if is_open else Status.CLOSED,
        assignee=staff[chance.randrange(len(staff))] if staff and chance.random() < 0.25 else None,
        requester=person,
        channel="mail",
        opened_at=opened,
        last_contact_at=ending,
        closed_at=None if is_open else ending,
    )
    planted = [word for word, share in SHARES.items() if chance.random() < share]
    said = [(_message(ticket, "incoming", opened), f"{letter.text} {' '.join(planted)}", letter.address)]
    for step in range(MESSAGES - 1 if long else chance.randrange(3)):
        kind = ("answer", "incoming")[step % 2]
        message = _message(ticket, kind, opened + timedelta(minutes=step + 1), staff)
        said.append((message, letter.text, letter.address if kind == "incoming" else ""))
    return _Made(ticket, person, letter.subject, said)


def _message(ticket: Ticket, kind: str, at: datetime, staff: Sequence[Account] = ()) -> Message:
    return Message(ticket=ticket, kind=kind, at=at, account=staff[0] if staff and kind == "answer" else None)


def _keep(some: Sequence[_Made], actor: Actor) -> None:
    for made in some:
        made.ticket.number = next_number(house.DESK)
    put = iter(_put(some, actor))
    for made in some:
        made.ticket.subject = next(put)
        for message, _, address in made.said:
            message.text, message.sender = next(put), next(put) if address else None
    rows.insert([made.ticket for made in some])
    rows.insert([message for made in some for message, _, _ in made.said])
    version = register.in_force(house.DESK)
    for made in some:
        evidence.record(
            "message.received",
            actor,
            made.said[0][0].handle,
            operation="collect",
            activity=version.uri(_ACTIVITY),
            about=[made.person.handle],
            facts={"ticket": made.ticket.number, "service": made.ticket.service, "channel": "mail", "opened": True},
        )


def _put(some: Sequence[_Made], actor: Actor) -> list[UUID]:
    """What these tickets say, put away; terms run as if all had been collected today, or no filled house would last a run."""
    items = []
    for made in some:
        items.append(_item("message", made.subject, made))
        for _, text, address in made.said:
            items.append(_item("message", text, made))
            items += [_item("email", address, made)] if address else []
    return vault.put(items, actor=actor)


def _item(word: str, value: str, made: _Made) -> vault.Item:
    return vault.Item(_ACTIVITY, _PEOPLE, word, value, "ticket", made.ticket.handle, (made.person.handle,))
