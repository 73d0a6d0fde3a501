"""The queue: views with their counts, a stretch of the list of one, and the lines that it shows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from balie import recognition, vault
from balie.desk import conditions, counting, gathering
from balie.desk.asking import Asked
from balie.desk.models import Finding, Message, Ticket
from balie.desk.views import DEFAULT, Known, known, known_as
from balie.kernel import Actor, handles
from balie.kernel import rows as by_hand
from balie.kernel.prepared import prepared

PAGE = 50


class Line(NamedTuple):
    """What a list needs of a ticket; nothing personal is opened yet."""

    handle: UUID
    number: int
    status: str
    kind: str
    service: str
    version: int
    channel: str
    team: str
    subject: UUID | None
    unread: bool
    assignee: UUID | None
    assignee_name: UUID | None
    opened_at: datetime
    last_contact_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Row:
    """One line of a list, opened. gist: the subject, or the beginning of what was asked, masked as on the ticket.

    who: where it came from. assignee: the name of the colleague who has it.
    """

    ticket: Line
    gist: list[str | recognition.Masked]
    who: str
    assignee: str


@dataclass(frozen=True)
class Stretch:
    """A page of a list. first: the place of its first line, from 1. before, after: the marks with which its neighbours are asked."""

    lines: list[Line]
    first: int = 1
    before: str = ""
    after: str = ""

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


@dataclass(frozen=True)
class View:
    """A list that an agent works from; count: how many tickets stand in it, None where that is not counted."""

    known: Known
    count: int | None
    more: bool = False

    @property
    def slug(self) -> str:
        return self.known.slug


def views(actor: Actor) -> list[View]:
    """The views of the actor in their order, with counts of what the actor may see."""
    mine = known(actor)
    counts = counting.count([one.asked for one in mine], actor=actor)
    return [View(one, number.count, number.more) for one, number in zip(mine, counts, strict=True)]


def tickets(actor: Actor, view: str) -> QuerySet[Ticket]:
    """The tickets of one view in its order; an unknown view is the one of all that is open."""
    wanted = known_as(view, actor=actor) or known_as(DEFAULT, actor=actor)
    assert wanted is not None
    return of(wanted.asked, actor=actor)


def of(asked: Asked, *, actor: Actor) -> QuerySet[Ticket]:
    """The tickets that fit the structural terms of a question, in its order."""
    return conditions.ordered(conditions.tickets(asked, actor=actor), conditions.sort_of(asked))


def lines(found: QuerySet[Ticket]) -> list[Line]:
    """These tickets as lines, in their order: one statement."""
    return [Line(*row) for row in by_hand.read(found.values_list(*_COLUMNS))]


def lines_of(handles: Sequence[UUID], *, actor: Actor) -> list[Line]:
    """These tickets as lines, in the order in which they are named; those that the actor may see."""
    found = {row[0]: Line(*row) for row in _named(list(handles), actor=actor)} if handles else {}
    return [found[handle] for handle in handles if handle in found]


@prepared
def _named(handles: list[UUID], *, actor: Actor) -> QuerySet[Ticket, tuple[Any, ...]]:
    return Ticket.objects.visible_to(actor, among=handles).values_list(*_COLUMNS)


def stretch(asked: Asked, *, actor: Actor, place: str = "", size: int = PAGE) -> Stretch:
    """A page of a list: the first, or the one that a mark of its neighbour names. A deep page costs as much as the first.

    place: `after` or `before` of a Stretch; anything else is the first page. It holds a moment and a number, nothing personal.
    """
    assert not asked.has_words  # what is asked is kept with its statement, and words are somebody's
    mark, sort = _mark(place), conditions.sort_of(asked)
    if mark is None:
        got = [Line(*row) for row in _begin(asked=asked, actor=actor, most=size + 1)]
    else:
        value = None if conditions.ORDERS[sort] == "number" else mark.value
        found = _beyond(value, mark.number, asked=asked, actor=actor, back=mark.back, most=size + 1)
        got = [Line(*row) for row in found]
    more, got = len(got) > size, got[:size]
    if mark is None:
        return Stretch(got, 1, "", _marked("a", got[-1], sort, len(got)) if more else "")
    if mark.back:
        got.reverse()
    return _beside(got, mark, more, sort) if got else stretch(asked, actor=actor, size=size)


@prepared
def _begin(*, asked: Asked, actor: Actor, most: int) -> QuerySet[Ticket, tuple[Any, ...]]:
    return of(asked, actor=actor).values_list(*_COLUMNS)[:most]


@prepared
def _beyond(
    value: datetime | None, number: int, *, asked: Asked, actor: Actor, back: bool, most: int
) -> QuerySet[Ticket, tuple[Any, ...]]:
    found = of(asked, actor=actor).filter(_behind(value, number, back, conditions.sort_of(asked)))
    return (found.reverse() if back else found).values_list(*_COLUMNS)[:most]


def following(asked: Asked, ticket: Ticket, *, actor: Actor) -> int | None:
    """The number of the ticket that stands behind this one in a list, or at its end of the first; None where there is no other."""
    mark = _marked("a", line_of(ticket), conditions.sort_of(asked), 1)
    behind = stretch(asked, actor=actor, place=mark, size=1).lines
    others = [
        line.number for line in behind or stretch(asked, actor=actor, size=1).lines if line.number != ticket.number
    ]
    return others[0] if others else None


def rows(listed: Sequence[Line], reading: vault.Reading) -> list[Row]:
    """The lines for these tickets, opened through one reading: as many statements for ten as for one."""
    first = _first_messages([line.handle for line in listed])
    wanted: list[UUID | None] = []
    for line in listed:
        message = first.get(line.handle)
        wanted += [line.subject, line.assignee_name]
        wanted += [message.text if not line.subject else None, message.sender] if message else []
    opened = reading.open(wanted)
    masks = _masks([line.handle for line in listed])
    return [_row(line, first.get(line.handle), opened, masks) for line in listed]


def row_of(ticket: Ticket, reading: vault.Reading) -> Row:
    """One ticket that was fetched already, opened as a line of a list is."""
    line, came_in = line_of(ticket), gathering.incoming(ticket)
    first = _First(came_in[0].at, came_in[0].text, came_in[0].sender) if came_in else None
    wanted = [line.subject, line.assignee_name, *(first[1:] if first else ())]
    return _row(line, first, reading.open(wanted), gathering.masks([ticket]))


def line_of(ticket: Ticket) -> Line:
    """One ticket that was fetched already, as a line."""
    name = ticket.assignee.name if ticket.assignee else None
    plain = [getattr(ticket, column) for column in _COLUMNS[:10]]
    moments = [ticket.opened_at, ticket.last_contact_at, ticket.closed_at]
    return Line(*[*plain, ticket.assignee_id, name, *moments])


_COLUMNS = (*Line._fields[:11], "assignee__name", *Line._fields[12:])


class _First(NamedTuple):
    """What a line needs of the first message that came in."""

    at: Any  # as the database writes it: only compared
    text: UUID | None
    sender: UUID | None


def _first_messages(handles: Sequence[UUID]) -> dict[UUID, _First]:
    found: dict[UUID, _First] = {}
    columns = ("kind", "at", "text", "sender")
    for ticket, (kind, at, text, sender) in by_hand.chosen(Message, columns, where="ticket_id", handles=handles):
        if kind == Message.Kind.INCOMING and (ticket not in found or at < found[ticket].at):
            found[ticket] = _First(at, _handle(text), _handle(sender))
    return found


def _masks(handles: Sequence[UUID]) -> dict[UUID, list[recognition.Span]]:
    """What is masked in each text of these tickets, by the text's handle."""
    found: dict[UUID, list[recognition.Span]] = {}
    columns = ("record", "start", "end", "label", "role", "masked")
    for _, (record, start, end, label, role, masked) in by_hand.chosen(
        Finding, columns, where="ticket_id", handles=handles
    ):
        if masked:
            found.setdefault(_handle(record), []).append(recognition.Span(start, end, label, role))  # type: ignore[arg-type]
    return {record: sorted(spans, key=lambda span: span.start) for record, spans in found.items()}


def _handle(stored: Any) -> UUID | None:
    return None if stored is None else handles.read(stored)


def _row(
    line: Line, message: _First | None, opened: dict[UUID, vault.Opened], masks: dict[UUID, list[recognition.Span]]
) -> Row:
    record = line.subject or (message.text if message else None)
    text = opened.get(record) if record else None
    gist = recognition.mask(text, masks.get(record, [])) if isinstance(text, str) and record else []
    who, assignee = _text(message.sender if message else None, opened), _text(line.assignee_name, opened)
    return Row(line, _beginning(gist), who, assignee)


def _text(handle: UUID | None, opened: dict[UUID, vault.Opened]) -> str:
    value = opened.get(handle) if handle else None
    return value if isinstance(value, str) else ""


def _beginning(parts: Iterable[str | recognition.Masked], most: int = 120) -> list[str | recognition.Masked]:
    found: list[str | recognition.Masked] = []
    for part in parts:
        text = re.sub(r"\s+", " ", part[: 4 * most])[:most] if isinstance(part, str) else None
        found.append(part if text is None else text)
        most -= len(text or "........")
        if most <= 0:
            break
    return found


class _Mark(NamedTuple):
    """Where a page begins: beyond the ticket that has this value and number. place: that ticket's, counted from 1."""

    back: bool
    value: datetime | None
    number: int
    place: int


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MARK = re.compile(r"([ab])\.(\d{1,17}|-)\.(\d{1,9})\.(\d{1,9})", re.ASCII)


def _mark(place: str) -> _Mark | None:
    found = _MARK.fullmatch(place)
    if found is None:
        return None
    way, value, number, at = found.groups()
    moment = None if value == "-" else _EPOCH + timedelta(microseconds=int(value))
    return _Mark(way == "b", moment, int(number), int(at))


def _marked(way: str, line: Line, sort: str, place: int) -> str:
    column = conditions.ORDERS[sort].lstrip("-")
    value = getattr(line, column) if column != "number" else None
    moment = "-" if value is None else str((value - _EPOCH) // timedelta(microseconds=1))
    return f"{way}.{moment}.{line.number}.{place}"


def _behind(value: datetime | None, number: int, back: bool, sort: str) -> Q:
    """What stands after a ticket in an order, or before it: the same moment is parted by number."""
    column = conditions.ORDERS[sort]
    down = column.startswith("-")
    name = column.lstrip("-")
    number_down = sort == "newest"
    by_number = {f"number__{'lt' if number_down != back else 'gt'}": number}
    if value is None:
        return Q(**by_number)
    way = "lt" if down != back else "gt"
    return Q(**{f"{name}__{way}e": value}) & (Q(**{f"{name}__{way}": value}) | Q(**by_number))


def _beside(got: list[Line], mark: _Mark, more: bool, sort: str) -> Stretch:
    """A page that was asked for by its neighbour: on that side there is more."""
    first = max(1, mark.place - len(got)) if mark.back else mark.place + 1
    before, after = (more, True) if mark.back else (True, more)
    if mark.back and not more:
        first = 1
    return Stretch(
        got,
        first,
        _marked("b", got[0], sort, first) if before else "",
        _marked("a", got[-1], sort, first + len(got) - 1) if after else "",
    )
