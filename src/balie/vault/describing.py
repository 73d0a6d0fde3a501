"""What is kept, without looking at it: for «why do we still have this?», for the sweep and for the proof."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from balie.kernel import Actor
from balie.kernel.prepared import prepared
from balie.vault.models import About, Erasure, Record


@dataclass(frozen=True)
class Described:
    """One record's structure; nothing in it is personal."""

    handle: UUID
    version: int
    term_version: int
    activity: str
    people: str
    item: str
    holder: str
    held_by: UUID
    source: str
    collected_at: datetime
    term: str
    trigger: str
    happened_at: datetime | None
    erase_at: datetime | None
    review: date | None
    not_before: date | None
    on_hold: bool
    size: int
    listed: UUID | None = None


@dataclass(frozen=True)
class Ended:
    """A line of the erasure ledger."""

    handle: UUID
    version: int
    activity: str
    item: str
    held_by: UUID
    why: str
    at: datetime
    key_destroyed_at: datetime | None


class Due(NamedTuple):
    """A record that is due, under a term of a version."""

    handle: UUID
    term: str
    term_version: int


_FIELDS = tuple(Described.__dataclass_fields__)


def describe(
    desk: str, *, held_by: Iterable[UUID] | None = None, handles: Iterable[UUID] | None = None
) -> list[Described]:
    """The structure of records, by what holds them or by handle; the oldest first."""
    found = _described(desk, None if held_by is None else list(held_by), None if handles is None else list(handles))
    return [Described(*row) for row in found]


@prepared
def _described(desk: str, held_by: list[UUID] | None, handles: list[UUID] | None) -> QuerySet[Record, tuple[Any, ...]]:
    rows = Record.objects.filter(desk=desk)
    if held_by is not None:
        rows = rows.filter(held_by__in=held_by)
    if handles is not None:
        rows = rows.filter(handle__in=handles)
    return rows.order_by("collected_at", "handle").values_list(*_FIELDS)


def still_holding(desk: str, holders: Iterable[UUID]) -> set[UUID]:
    """Which of these still hold anything."""
    rows = Record.objects.filter(desk=desk, held_by__in=list(holders))
    return set(rows.values_list("held_by", flat=True).distinct())


def kept(desk: str, handles: Iterable[UUID]) -> set[UUID]:
    """Which of these records are still kept."""
    return set(Record.objects.filter(desk=desk, handle__in=list(handles)).values_list("handle", flat=True))


def all_of(desk: str) -> Iterator[Described]:
    """Every record of a desk, without holding them all in memory."""
    for row in Record.objects.filter(desk=desk).values_list(*_FIELDS).iterator(chunk_size=2000):
        yield Described(*row)


def ending(desk: str, begin: datetime, end: datetime) -> list[Described]:
    """The structure of what goes in a time, held things left out; the soonest first. Costs what goes then."""
    rows = Record.objects.filter(desk=desk, erase_at__gt=begin, erase_at__lte=end, on_hold=False, listed__isnull=True)
    return [Described(*row) for row in rows.order_by("erase_at").values_list(*_FIELDS)]


def due(desk: str, now: datetime, *, limit: int | None = None) -> list[Due]:
    """What the sweep takes now: the longest due first. Costs what is due, not what is stored. What waits on a list is not here."""
    rows = _due(desk, now).order_by("erase_at").values_list(*Due._fields)
    return [Due(*row) for row in (rows[:limit] if limit else rows)]


def ended(desk: str, held_by: Iterable[UUID]) -> list[Ended]:
    """The ledger's lines for what these things once held."""
    lines = Erasure.objects.filter(desk=desk, held_by__in=list(held_by)).order_by("at")
    return [Ended(*line) for line in lines.values_list(*Ended.__dataclass_fields__)]


def swept(desk: str, begin: datetime, end: datetime, *, limit: int | None = None) -> list[Ended]:
    """The ledger's lines of what the software erased under its terms in a time."""
    lines = Erasure.objects.filter(desk=desk, at__gte=begin, at__lt=end, by=str(Actor.system("retain", desk)))
    found = lines.order_by("at", "pk").values_list(*Ended.__dataclass_fields__)
    return [Ended(*line) for line in (found[:limit] if limit else found)]


def erased_between(desk: str) -> tuple[datetime | None, datetime | None]:
    """When the first and the last line of a desk's ledger were written."""
    lines = Erasure.objects.filter(desk=desk).order_by("at").values_list("at", flat=True)
    return lines.first(), lines.last()


def unfinished(before: datetime) -> list[UUID]:
    """Handles of ledger lines whose key should have been destroyed before a moment, and was not seen to be."""
    lines = Erasure.objects.filter(key_destroyed_at__isnull=True, at__lt=before)
    return list(lines.values_list("handle", flat=True))


def _due(desk: str, now: datetime) -> QuerySet[Record]:
    free = Q(not_before__isnull=True) | Q(not_before__lte=now.date())
    return Record.objects.filter(free, desk=desk, erase_at__lte=now, on_hold=False, listed__isnull=True)


def about(desk: str, handles: Iterable[UUID]) -> list[UUID]:
    """The persons whom these records are about, each once."""
    rows = About.objects.filter(record__desk=desk, record__in=list(handles))
    return list(dict.fromkeys(rows.values_list("person", flat=True)))


def known_about(desk: str, persons: Collection[UUID]) -> set[UUID]:
    """Those of these persons about whom anything at all is kept."""
    rows = About.objects.filter(record__desk=desk, person__in=persons)
    return set(rows.values_list("person", flat=True).distinct())


def of_person(desk: str, person: UUID) -> list[Described]:
    """The structure of everything kept about a person, the oldest first."""
    rows = Record.objects.filter(desk=desk, about__person=person).order_by("collected_at", "handle")
    return [Described(*row) for row in rows.values_list(*_FIELDS)]
