"""Erasing: rows and a ledger line in one transaction, then the index, then the key, and only then is it done.

Two stores cannot commit together, so the order is fixed and each step may be repeated: `finish` carries on where a crash cut off.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, CharField, DateTimeField, ExpressionWrapper, Q, QuerySet, Value
from django.utils import timezone

from balie import evidence, register
from balie.kernel import Actor, log, rows
from balie.vault import files, index
from balie.vault.keys import store
from balie.vault.models import About, Erasure, Hold, Record

BATCH = 500
LINES = 5000  # of the ledger, finished together: each finish empties two logs


def erase(wanted: Iterable[UUID], *, actor: Actor, why: str, at: datetime | None = None) -> int:
    """Erase these records wholly: row, index, file and key; how many there were. Within a transaction, use `erase_soon`.

    What is on hold or may not be destroyed yet stays (mission, Beyond 8). why: a term's name or the kind of request, one short
    code. The evidence gets one entry a batch. When the key store cannot finish at once (a reader holds its log), the worker
    does; `balie prove` fails on a line older than a minute whose key lives. (mission, Beyond 4)
    """
    done = 0
    for batch in _batches(list(wanted)):
        with transaction.atomic(durable=True):  # a key that is destroyed before the commit could not be brought back
            done += erase_rows(batch, actor=actor, why=why, at=at or timezone.now())
    finish(actor.desk)
    return done


def erase_rows(
    handles: Sequence[UUID],
    *,
    actor: Actor,
    why: str,
    at: datetime,
    as_of: datetime | None = None,
    all_of: bool = False,
) -> int:
    """The first step alone: rows gone, ledger and evidence written, in one transaction. `finish` must follow.

    as_of: the moment that decides what may not be destroyed yet, default `at`. all_of: what cannot be read any more is not kept
    for anyone's sake; for a restore only.
    """
    with transaction.atomic():
        asked = Record.objects.filter(desk=actor.desk, handle__in=handles)
        chosen = asked if all_of else _free(asked, as_of or at)
        going = list(chosen.values_list("handle", "version", "activity", "held_by"))
        if not going:
            return 0
        gone = [handle for handle, *_ in going]
        _prove(going, rows.values(About, "person", where="record_id", handles=gone), actor=actor, why=why)
        _write_lines(chosen, actor=actor, why=why, at=at)
        rows.delete(About, "record_id", gone)
        rows.delete(Hold, "record_id", gone)
        rows.delete(Record, "handle", gone)
    return len(gone)


def finish(desk: str | None = None, *, older_than: timedelta = timedelta(0)) -> int:
    """Carry out what the ledger says and has not seen done: index, file, key, log. How many lines were finished."""
    lines = Erasure.objects.filter(key_destroyed_at__isnull=True, at__lte=timezone.now() - older_than)
    if desk is not None:
        lines = lines.filter(desk=desk)
    done = 0
    while batch := list(lines.order_by("pk").values_list("pk", "handle", "key", "in_file", named=True)[:LINES]):
        if not _finish(batch):
            break
        done += len(batch)
    return done


class _Line(Protocol):
    """What is left to do for one line of the ledger."""

    pk: int
    handle: UUID
    key: int
    in_file: bool


def _finish(lines: Sequence[_Line]) -> bool:
    try:
        index.remove(line.handle for line in lines)
        for line in lines:
            if line.in_file:
                files.remove(line.handle)
        store.destroy(line.key for line in lines)
    except (index.InUse, OperationalError):
        log.say("erasure.waits", lines=len(lines))
        return False
    rows.change(Erasure, "id", [line.pk for line in lines], key_destroyed_at=timezone.now())
    return True


def _free(records: QuerySet[Record], as_of: datetime) -> QuerySet[Record]:
    return records.filter(Q(not_before__isnull=True) | Q(not_before__lte=as_of.date()), on_hold=False)


def _prove(going: list[tuple[UUID, int, str, UUID]], persons: set[UUID], *, actor: Actor, why: str) -> None:
    counts = Counter((version, activity) for _, version, activity, _ in going)
    for (version, activity), count in sorted(counts.items()):
        evidence.record(
            "records.erased",
            actor,
            going[0][3],
            operation="erase",
            activity=register.version(actor.desk, version).uri(activity),
            about=sorted(persons),
            facts={"why": why, "records": count},
        )


def _write_lines(chosen: QuerySet[Record], *, actor: Actor, why: str, at: datetime) -> None:
    """A line of the ledger for each row, written by the database itself: nothing has to be fetched for it."""
    same = ("handle", "desk", "version", "activity", "item", "held_by", "key")
    lines = chosen.order_by().values_list(
        *same,
        ExpressionWrapper(Q(sealed__isnull=True), BooleanField()),
        _fixed(why),
        _fixed(str(actor)),
        Value(at, DateTimeField()),
    )
    selected, parameters = lines.query.sql_with_params()
    columns = ", ".join(f'"{name}"' for name in (*same, "in_file", "why", "by", "at"))
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{Erasure._meta.db_table}" ({columns}) {selected}', parameters)


def _fixed(text: str) -> Value:
    return Value(text, CharField())


def _batches(handles: list[UUID]) -> Iterable[list[UUID]]:
    return (handles[start : start + BATCH] for start in range(0, len(handles), BATCH))


def erase_soon(
    wanted: Iterable[UUID], *, actor: Actor, why: str, as_of: datetime | None = None, finished: bool = True
) -> int:
    """Erase records as part of the caller's transaction; index, file and key follow when it has been committed.

    What is on hold or may not be destroyed yet stays. as_of: for a sweep of a later moment than the clock's. finished: False
    when the caller erases more and calls `finish` itself within seconds.
    """
    done = erase_rows(list(wanted), actor=actor, why=why, at=timezone.now(), as_of=as_of)
    if finished:
        transaction.on_commit(lambda: finish(actor.desk))
    return done
