"""Leaving a row for a worker."""

from datetime import datetime

from django.utils import timezone

from balie.evidence import check_codes
from balie.jobs import table


def add(name: str, /, *, due: datetime | None = None, once: str | None = None, **handles: str) -> None:
    """Leave one job in the caller's transaction: when that fails, so does the job.

    due: not before this moment (default: now). once: a key; while a job with it waits, no second one is added.
    handles: the arguments, handles and short codes only (ValueError otherwise). Architecture, `jobs`; conventions 27.
    """
    check_codes([name, *handles.values()])
    table.add(name, handles, due=due or timezone.now(), once=once)
