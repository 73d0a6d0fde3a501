"""The four statements through which every job passes, written by hand: building them anew costs more than running them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

_ADD = (
    "INSERT INTO jobs_job (name, args, due_at, once, claimed_by, attempts, last_error) "
    "VALUES (%s, %s, %s, %s, '', 0, '') ON CONFLICT DO NOTHING"
)
_CLAIM = (
    "UPDATE jobs_job SET claimed_at = %s, claimed_by = %s, attempts = attempts + 1 "
    "WHERE claimed_at IS NULL AND id IN "
    "(SELECT id FROM jobs_job WHERE claimed_at IS NULL AND due_at <= %s ORDER BY due_at, id LIMIT %s) "
    "RETURNING due_at, id, name, args, attempts"
)
_DONE = "DELETE FROM jobs_job WHERE id = %s AND claimed_by = %s"


@dataclass(frozen=True)
class Claimed:
    """A job that this process does. attempts: with this one."""

    id: int
    name: str
    args: dict[str, str]
    attempts: int


def add(name: str, args: dict[str, str], *, due: datetime, once: str | None) -> None:
    """A row that waits; none when one with the same key waits already."""
    _run(_ADD, name, json.dumps(args), _moment(due), once)


def claim(now: datetime, by: str, *, limit: int = 1) -> list[Claimed]:
    """Up to so many rows that are due, the longest first, now this process's; nobody else gets them."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [_moment(now), by, _moment(now), limit])
        rows = sorted(cursor.fetchall())
    return [Claimed(number, name, json.loads(args), attempts) for _, number, name, args, attempts in rows]


def done(rows: Sequence[Claimed], by: str) -> None:
    """The rows go, those that are still this process's."""
    with connection.cursor() as cursor:
        cursor.executemany(_DONE, [(row.id, by) for row in rows])


def _run(statement: str, *values: str | int | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _moment(value: datetime) -> str:
    """As the database at hand writes moments."""
    return str(connection.ops.adapt_datetimefield_value(value))
