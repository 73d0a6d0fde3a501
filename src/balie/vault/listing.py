"""Lists of what is to be destroyed: what a person approves first stands on one, and stays until then. Handles and structure only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Substr

from balie.kernel import Actor
from balie.vault.describing import Due
from balie.vault.models import Record


@dataclass(frozen=True)
class Heap:
    """So many records on a list that are alike. year: in which they were collected. due: when the first of them was due."""

    activity: str
    item: str
    term: str
    term_version: int
    year: int
    due: datetime
    count: int


@dataclass(frozen=True)
class Listed:
    """One record on a list."""

    handle: UUID
    activity: str
    item: str
    term: str
    version: int
    term_version: int
    held_by: UUID
    collected_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Awaited:
    """So many records under one term of one version wait on a list. due: when the first of them was due."""

    of: UUID
    term: str
    term_version: int
    due: datetime
    count: int


_ALIKE = ("activity", "item", "term", "term_version", "year")
_LISTED = ("handle", "activity", "item", "term", "version", "term_version", "held_by", "collected_at")


def enlist(wanted: Iterable[UUID], *, to: UUID, actor: Actor) -> int:
    """Let these records wait on a list, in the caller's transaction; how many. What is on one already stays there."""
    rows = Record.objects.filter(desk=actor.desk, handle__in=list(wanted), listed__isnull=True)
    return rows.update(listed=to)


def strike_off(wanted: Iterable[UUID], *, of: UUID, actor: Actor) -> int:
    """Let these records stand on this list no more, in the caller's transaction; how many. The sweep takes what is due again."""
    return Record.objects.filter(desk=actor.desk, handle__in=list(wanted), listed=of).update(listed=None)


def strike_what_stays(*, of: UUID, due_by: datetime, actor: Actor) -> int:
    """The same for what on this list is not due any more: held, begun anew, or not to be destroyed yet."""
    rows = Record.objects.filter(desk=actor.desk, listed=of).exclude(_goes(due_by))
    return rows.update(listed=None)


def heaps(desk: str, of: UUID, *, due_by: datetime) -> list[Heap]:
    """What stands on a list, counted by activity, item, term and year of collecting."""
    rows = _on(desk, of, due_by).order_by().annotate(year=Substr(Cast("collected_at", CharField()), 1, 4))
    grouped = rows.values_list(*_ALIKE).annotate(due=Min("erase_at"), count=Count("pk"))
    found = [_heap(*row) for row in grouped]
    return sorted(found, key=lambda one: (one.activity, one.item, one.term, one.year, one.term_version))


def listed(desk: str, of: UUID, *, due_by: datetime, handles: Sequence[UUID] | None = None) -> list[Listed]:
    """Everything on a list, or these of it, in the order of the handles, which is that of collecting."""
    rows = _on(desk, of, due_by)
    if handles is not None:
        rows = rows.filter(handle__in=handles)
    return [Listed(*row) for row in rows.order_by("handle").values_list(*_LISTED, "erase_at")]


def on_list(desk: str, of: UUID, *, due_by: datetime, limit: int | None = None) -> list[Due]:
    """What stands on a list, or the first of it, in the order of the handles."""
    rows = _on(desk, of, due_by).order_by("handle").values_list(*Due._fields)
    return [Due(*row) for row in (rows[:limit] if limit else rows)]


def in_heap(
    desk: str, of: UUID, *, due_by: datetime, activity: str, item: str, year: int, after: UUID | None, limit: int
) -> list[Listed]:
    """Some of the records of a heap, those after a handle."""
    rows = _on(desk, of, due_by).filter(activity=activity, item=item, collected_at__year=year)
    if after is not None:
        rows = rows.filter(handle__gt=after)
    return [Listed(*row) for row in rows.order_by("handle").values_list(*_LISTED, "erase_at")[:limit]]


def awaited(desk: str, due_by: datetime) -> list[Awaited]:
    """What of what is due by a moment waits on lists: the list, term, whose version, when the first of it was due, and how many."""
    rows = Record.objects.filter(_goes(due_by), desk=desk, listed__isnull=False).order_by()
    grouped = rows.values_list("listed", "term", "term_version").annotate(due=Min("erase_at"), count=Count("pk"))
    return [Awaited(*row) for row in grouped]


def _heap(*row: Any) -> Heap:
    return Heap(row[0], row[1], row[2], row[3], int(row[4]), row[5], row[6])


def _on(desk: str, of: UUID, due_by: datetime) -> QuerySet[Record]:
    return Record.objects.filter(_goes(due_by), desk=desk, listed=of)


def _goes(due_by: datetime) -> Q:
    free = Q(not_before__isnull=True) | Q(not_before__lte=due_by.date())
    return free & Q(erase_at__isnull=False, erase_at__lte=due_by, on_hold=False)
