"""Work that comes back: due at most once in its period, however many workers look."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from balie.jobs.models import Periodic
from balie.jobs.working import attempt


@transaction.atomic
def keep_periodic(every: Mapping[str, timedelta], *, now: datetime) -> None:
    """Make the list of periodic work exactly this one. What is new is due at once, what stayed keeps its next time."""
    Periodic.objects.exclude(name__in=every).delete()
    for name, period in every.items():
        row, made = Periodic.objects.get_or_create(name=name, defaults={"every": period, "due_at": now})
        if not made and row.every != period:
            Periodic.objects.filter(name=name).update(every=period, due_at=min(row.due_at, now + period))


def due_periodic(now: datetime) -> list[str]:
    """The work that is due and that this caller now has to do, by name. No other worker gets the same."""
    due = Periodic.objects.filter(due_at__lte=now).order_by("due_at", "name")
    return [row.name for row in due if _claim(row, now)]


def work_periodic(now: datetime) -> int:
    """Do the work that is due, by the functions of the same name (without arguments). How many were taken up."""
    names = due_periodic(now)
    for name in names:
        attempt(name, {})
    return len(names)


def _claim(row: Periodic, now: datetime) -> bool:
    return bool(Periodic.objects.filter(name=row.name, due_at=row.due_at).update(due_at=now + row.every))
