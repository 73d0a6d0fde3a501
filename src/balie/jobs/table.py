"""The four statements through which every job passes, written by hand: building them anew costs more than running them."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

_ADD = (
    "INSERT INTO jobs_job (name, args, due_at, once, claimed_by, attempts, last_error) "
    "VALUES (%s, %s, %s, %s, '', 0, '') ON CONFLICT DO NOTHING"
)
_NEXT = (
    "SELECT id, name, args, attempts FROM jobs_job "
    "WHERE claimed_at IS NULL AND due_at <= %s ORDER BY due_at, id LIMIT 1"
)
_CLAIM = (
    "UPDATE jobs_job SET claimed_at = %s, claimed_by = %s, attempts = attempts + 1 WHERE id = %s AND claimed_at IS NULL"
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


def claim(now: datetime, by: str) -> Claimed | None:
    """The row that is due longest, now this process's; None when there is none."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [_moment(now)])
            row = cursor.fetchone()
        if row is None:
            return None
        number, name, args, attempts = row
        if _run(_CLAIM, _moment(now), by, number):  # otherwise another worker was quicker: look again
            return Claimed(number, name, json.loads(args), attempts + 1)


def done(row: Claimed, by: str) -> None:
    """The row goes, if it is still this process's."""
    _run(_DONE, row.id, by)


def _run(statement: str, *values: str | int | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _moment(value: datetime) -> str:
    """As the database at hand writes moments."""
    return str(connection.ops.adapt_datetimefield_value(value))
