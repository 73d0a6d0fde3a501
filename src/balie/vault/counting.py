"""How much a desk keeps, by numbers alone: for who watches over it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q

from balie.vault.models import Erasure, Hold, Record


@dataclass(frozen=True)
class Overdue:
    """So many of one kind that should have gone. since: when the first of them was due."""

    activity: str
    item: str
    term: str
    since: datetime
    count: int


@dataclass(frozen=True)
class OnHold:
    """So many held for one reason, by a person's word. until: when that was meant to end."""

    reason: str
    until: date | None
    count: int


@dataclass(frozen=True)
class Permanent:
    """So many of one kind that are kept without an end. review: when that is asked again."""

    activity: str
    item: str
    term: str
    review: date
    count: int


def permanent(desk: str) -> list[Permanent]:
    """What is kept without an end, by the day on which that is asked again."""
    rows = Record.objects.filter(desk=desk, review__isnull=False, erase_at__isnull=True).order_by("review")
    grouped = rows.values_list("activity", "item", "term", "review").annotate(count=Count("pk"))
    return [Permanent(activity, item, term, review, count) for activity, item, term, review, count in grouped if review]


def erased_since(desk: str, moment: datetime) -> int:
    """How many records the ledger says were erased since a moment."""
    return Erasure.objects.filter(desk=desk, at__gte=moment).count()


def overdue(desk: str, now: datetime) -> list[Overdue]:
    """What should have gone by now, the longest due first; the sweep takes it within minutes, so that a line here is news.

    What waits on a list for a person's approval is not here: see `listing`.
    """
    rows = Record.objects.filter(_overdue(now), desk=desk).order_by()
    grouped = rows.values_list("activity", "item", "term").annotate(since=Min("erase_at"), count=Count("pk"))
    return sorted((Overdue(*row) for row in grouped), key=lambda one: one.since)


def on_hold(desk: str) -> list[OnHold]:
    """What is held, by reason."""
    rows = Hold.objects.filter(record__desk=desk).order_by()
    grouped = rows.values_list("reason", "until").annotate(count=Count("record", distinct=True))
    return sorted((OnHold(*row) for row in grouped), key=lambda one: (one.reason, one.until or date.max))


def _overdue(now: datetime) -> Q:
    free = Q(not_before__isnull=True) | Q(not_before__lte=now.date())
    return free & Q(erase_at__lte=now, on_hold=False, listed__isnull=True)
