"""How much was done: entries counted by month, activity and act, so that a page need not look through all of them.

What is sealed is added up by a job, once; what came since is counted when somebody asks. A number tells of nobody, and stays when
the entries that it was counted from have gone with their term.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count, F, Max, QuerySet

from balie.evidence.models import Entry, Log, Tally
from balie.evidence.reading import moment

BATCH = 20_000  # entries added up in one transaction
_DAY = 86_400_000  # milliseconds
_ADD = (
    "INSERT INTO evidence_tally (desk, activity, month, act, operation, kind, count, last) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (desk, month, activity, act, operation, kind) "
    "DO UPDATE SET count = evidence_tally.count + excluded.count, last = excluded.last"
)


class Counted(NamedTuple):
    """One act in one month under one activity. times: entries. last: the newest of them, for `entries`."""

    activity: str
    month: date
    act: str
    operation: str
    kind: str
    times: int
    last: int


class Told(NamedTuple):
    """One entry as an overview tells of it."""

    activity: str
    act: str
    actor: str
    ref: str
    at: datetime


def count() -> int:
    """Add up what was sealed since the last time, of every desk; how many entries. Safe to run twice and to be cut off."""
    desks = Log.objects.filter(size__gt=F("counted")).order_by("desk").values_list("desk", flat=True)
    total = 0
    for desk in desks:
        while some := _count_some(desk):
            total += some
    return total


def counted(desk: str, *, since: date) -> list[Counted]:
    """What was done at a desk in the months from this day on, each act under each activity, by entries that were recorded until now.

    One act on many persons may be several entries.
    """
    kept = Tally.objects.filter(desk=desk, month__gte=since)
    found = [
        Counted(*row) for row in kept.values_list("activity", "month", "act", "operation", "kind", "count", "last")
    ]
    log = Log.objects.filter(desk=desk).first()
    rest = Entry.objects.filter(desk=desk, index__gte=log.counted if log else 0)
    fresh = [*_grouped(rest), *_grouped(Entry.objects.filter(desk=desk, index__isnull=True))]
    return _added_up([*found, *(one for one in fresh if one.month >= since)])


def entries(desk: str, places: Iterable[int]) -> list[Told]:
    """These entries of a desk, the newest first; what is past its term is left out."""
    rows = Entry.objects.filter(pk__in=list(places), desk=desk, salt__isnull=False).order_by("-pk")
    found = rows.values_list("activity", "act", "actor", "ref", "at")
    return [
        Told(_name(activity), act, actor, ref.hex if ref else "", moment(at or 0))
        for activity, act, actor, ref, at in found
    ]


@transaction.atomic
def _count_some(desk: str) -> int:
    log = Log.objects.select_for_update().get(desk=desk)
    end = min(log.size, log.counted + BATCH)
    if end == log.counted:
        return 0
    rows = _grouped(Entry.objects.filter(desk=desk, index__gte=log.counted, index__lt=end))
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [(desk, *one) for one in _added_up(rows)])
    done, log.counted = end - log.counted, end
    log.save(update_fields=["counted"])
    return done


def _grouped(rows: QuerySet[Entry]) -> list[Counted]:
    """By day rather than by month: the database divides, and knows no calendar."""
    days = rows.filter(salt__isnull=False).order_by().annotate(day=F("at") / _DAY)
    grouped = days.values_list("activity", "day", "act", "operation", "kind")
    return [
        Counted(_name(activity), _month(day), *rest)
        for activity, day, *rest in grouped.annotate(count=Count("pk"), last=Max("pk"))
    ]


def _added_up(rows: Iterable[Counted]) -> list[Counted]:
    totals: dict[tuple[str, date, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in rows:
        total = totals[one[:5]]
        total[0], total[1] = total[0] + one.times, max(total[1], one.last)
    return [Counted(*key, *total) for key, total in totals.items()]


def _name(activity: str) -> str:
    """The short name in an address `/register/<desk>/<activity>/versions/<n>`."""
    parts = activity.split("/")
    return parts[3] if len(parts) > 3 else ""


def _month(day: int) -> date:
    return datetime.fromtimestamp(day * 86_400, UTC).date().replace(day=1)
