"""What came in by mail and what became of it, for whoever keeps the doors: times, sizes, codes and ticket numbers, no more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from balie import post, register
from balie.desk import arrivals
from balie.desk.models import Arrival, Message, Ticket
from balie.kernel import Actor, Sentence, check, sentence
from balie.post.models import Outgoing

DAYS = arrivals.REMEMBERED.days  # so long an arrival is remembered
SHOWN = 100


@dataclass(frozen=True)
class Day:
    """The mails of one day on the desk's clock, by what became of them."""

    on: date
    read: int
    unreadable: int
    waiting: int

    @property
    def all(self) -> int:
        return self.read + self.unreadable + self.waiting


@dataclass(frozen=True)
class CameIn:
    """One mail. ticket: its number, None until it has been read. visible: the actor may open that ticket. code: why
    it could not be read, or nothing."""

    at: datetime
    size: int
    code: str
    ticket: int | None
    visible: bool


@dataclass(frozen=True)
class Undelivered:
    """An answer that did not simply arrive. state: `delayed`, `failed`; code: as a mail server numbers it."""

    at: datetime
    state: str
    code: str
    ticket: int
    visible: bool


@dataclass(frozen=True)
class Waits:
    """Something that has not gone. row: of the outbox; ticket: the number of the ticket that it belongs to, if to any."""

    row: Outgoing
    ticket: int | None
    visible: bool


@dataclass(frozen=True)
class Reception:
    """Where mail is taken in. address: empty where the desk takes none. last: when a mail came last, of those remembered."""

    address: str
    last: datetime | None
    oldest_waiting: datetime | None
    waiting: int


def look(actor: Actor) -> Sentence | None:
    """The rule of this room: a named administrator of the desk keeps its doors."""
    if actor.kind == "staff" and actor.has("administrator"):
        return None
    return sentence("This is for the administrators of the desk.")


def reception(actor: Actor) -> Reception:
    """The desk's own address, and what waits there to be read."""
    check(look(actor))
    mine = Arrival.objects.filter(desk=actor.desk)
    unread = mine.filter(read_at__isnull=True)
    return Reception(
        address=register.mail_address(register.in_force(actor.desk)),
        last=mine.order_by("-at").values_list("at", flat=True).first(),
        oldest_waiting=unread.order_by("at").values_list("at", flat=True).first(),
        waiting=unread.count(),
    )


def days(actor: Actor, *, now: datetime) -> list[Day]:
    """The last seven days and today, the oldest first, on the clock that is active; days without mail too."""
    check(look(actor))
    today = timezone.localtime(now).date()
    wanted = [today - timedelta(days=back) for back in range(DAYS, -1, -1)]
    since = now - timedelta(days=DAYS + 1)
    came = Arrival.objects.filter(desk=actor.desk, at__gte=since)
    all_, waiting = _by_day(came), _by_day(came.filter(read_at__isnull=True))
    bad = _by_day(_unreadable(actor).filter(at__gte=since))
    return [Day(on, max(0, all_[on] - waiting[on] - bad[on]), bad[on], waiting[on]) for on in wanted]


def last(actor: Actor) -> list[CameIn]:
    """The last hundred mails of the last week, the newest first."""
    check(look(actor))
    rows = list(Arrival.objects.filter(desk=actor.desk).order_by("-at", "-handle")[:SHOWN])
    became = Message.objects.filter(arrival__in=[row.handle for row in rows]).select_related("ticket")
    by_arrival = {one.arrival: one for one in became}
    seen = _visible(actor, (one.ticket_id for one in by_arrival.values()))
    return [_came_in(row.at, row.size, by_arrival.get(row.handle), seen) for row in rows]


def unreadable(actor: Actor) -> list[CameIn]:
    """The hundred newest mails that could not be read and are still kept. size: 0, where only the message is left."""
    check(look(actor))
    found = list(_unreadable(actor).select_related("ticket").order_by("-at", "-handle")[:SHOWN])
    seen = _visible(actor, (one.ticket_id for one in found))
    sizes = dict(Arrival.objects.filter(handle__in=[one.arrival for one in found]).values_list("handle", "size"))
    return [_came_in(one.at, sizes.get(one.arrival or one.handle, 0), one, seen) for one in found]


def undelivered(actor: Actor) -> list[Undelivered]:
    """The hundred newest answers that are delayed or did not arrive."""
    check(look(actor))
    rows = Message.objects.exclude(delivery="")
    found = list(_at_the_desk(rows, actor).select_related("ticket").order_by("-at", "-handle")[:SHOWN])
    seen = _visible(actor, (one.ticket_id for one in found))
    return [
        Undelivered(one.at, one.delivery, one.delivery_code, one.ticket.number, one.ticket_id in seen) for one in found
    ]


def outgoing(actor: Actor) -> list[Waits]:
    """What waits to be sent, is just being sent, or will not be: the hundred oldest."""
    check(look(actor))
    rows = list(post.waiting(actor.desk)[:SHOWN])
    wanted = {row.handle: UUID(row.refs["ticket"]) for row in rows if "ticket" in row.refs}
    numbers = dict(Ticket.objects.filter(desk=actor.desk, pk__in=set(wanted.values())).values_list("pk", "number"))
    seen = _visible(actor, numbers)
    return [Waits(row, numbers.get(at), at in seen) for row in rows for at in (wanted.get(row.handle, row.handle),)]


def _unreadable(actor: Actor) -> QuerySet[Message]:
    return _at_the_desk(Message.objects.filter(arrival__isnull=False).exclude(unreadable=""), actor)


def _at_the_desk(rows: QuerySet[Message], actor: Actor) -> QuerySet[Message]:
    """By a look at the ticket of each: what is seldom has an index, and joined with tickets it would not be used."""
    own = Ticket.objects.filter(pk=OuterRef("ticket_id")).values("desk")[:1]
    return rows.alias(desk=Subquery(own)).filter(desk=actor.desk)


def _by_day(rows: QuerySet[Any]) -> Counter[date]:
    return Counter(dict(rows.annotate(day=TruncDate("at")).values_list("day").annotate(Count("pk"))))


def _came_in(at: datetime, size: int, message: Message | None, seen: set[UUID]) -> CameIn:
    if message is None:
        return CameIn(at, size, "", None, False)
    return CameIn(at, size, message.unreadable, message.ticket.number, message.ticket_id in seen)


def _visible(actor: Actor, tickets: Iterable[UUID]) -> set[UUID]:
    """Which of these tickets the actor may open."""
    return set(Ticket.objects.visible_to(actor).filter(pk__in=set(tickets)).values_list("pk", flat=True))
