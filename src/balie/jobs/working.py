"""Doing what is due: claim a row by conditional update, do it, take it away; what fails comes back later."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from balie.jobs import registry, table
from balie.jobs.models import Job
from balie.jobs.workers import is_gone, me
from balie.kernel import log

TOGETHER = 16  # jobs that one worker claims at once
LEASE = timedelta(minutes=10)  # of another machine's claim; a dead process of this machine is seen at once
SLOWEST = timedelta(hours=1)


def work(now: datetime, limit: int = 100) -> int:
    """Do up to `limit` jobs that are due at `now`, the longest due first. How many were taken up, failed ones too.

    Several are claimed in one commit and taken away in another. Any number of workers may call this: a conditional update
    decides who does which, on SQLite as on PostgreSQL. A job that fails comes back after a pause that doubles from 2 seconds
    to an hour; one whose worker was killed comes back at once. None gets lost (invariant 9).
    """
    taken = 0
    while taken < limit:
        rows = table.claim(now, me(), limit=min(TOGETHER, limit - taken))
        if not rows and not _take_back(now):
            break
        _do(rows, now)
        taken += len(rows)
    return taken


def work_one(now: datetime) -> bool:
    """Do one job that is due. False when there is none."""
    return bool(work(now, limit=1))


def _do(rows: Sequence[table.Claimed], now: datetime) -> None:
    finished: list[table.Claimed] = []
    try:
        for name, some in groupby(rows, key=lambda row: row.name):
            alike = list(some)
            finished += alike if _do_together(name, alike) else [row for row in alike if _do_one(row, now)]
    finally:
        with transaction.atomic():
            table.done(finished, me())


def _do_together(name: str, rows: Sequence[table.Claimed]) -> bool:
    """Whether these could be done at once; when not, nothing was done."""
    do = registry.known_together(name)
    if do is None or len(rows) < 2:
        return False
    try:
        do([row.args for row in rows])
    except Exception as error:  # noqa: BLE001 — one of them fails: which one shows when each is done by itself
        log.say("jobs.apart", job=name, error=type(error).__name__)
        return False
    return True


def _do_one(row: table.Claimed, now: datetime) -> bool:
    error = attempt(row.name, row.args)
    if error:
        _give_back(row.id, me(), now + pause(row.attempts), error)
    return not error


def attempt(name: str, args: dict[str, str]) -> str:
    """Do it, and give the name of the error's type, or nothing. The one place where any error of a job ends."""
    try:
        registry.known(name)(args)
    except Exception as error:  # noqa: BLE001 — a job may fail in any way, and the next one must still be done
        log.say("job.failed", job=name, error=type(error).__name__)
        return type(error).__name__[:64]
    return ""


def pause(attempts: int) -> timedelta:
    """How long a job rests after failing that many times."""
    return min(timedelta(seconds=2 ** min(attempts, 12)), SLOWEST)


def failing(attempts: int = 5) -> QuerySet[Job]:
    """Jobs that have failed at least that often and still wait: somebody should look."""
    return Job.objects.filter(attempts__gte=attempts).exclude(last_error="").order_by("due_at")


def _take_back(now: datetime) -> int:
    """Let claims go whose worker is dead or has been silent for longer than a lease; how many."""
    claimed = Job.objects.filter(claimed_at__isnull=False)
    left = [row for row in claimed if row.claimed_at and (row.claimed_at < now - LEASE or is_gone(row.claimed_by))]
    for row in left:
        # At once after one crash; what takes the worker down again and again must not keep it from all else.
        _give_back(row.pk, row.claimed_by, now if row.attempts < 2 else now + pause(row.attempts), "Left")
    return len(left)


def _give_back(number: int, by: str, due: datetime, error: str) -> None:
    claim = Job.objects.filter(pk=number, claimed_by=by)
    try:
        with transaction.atomic():
            claim.update(claimed_at=None, claimed_by="", due_at=due, last_error=error)
    except IntegrityError:  # its like was added meanwhile and will do
        claim.delete()
