"""Erasing: rows and a ledger line in one transaction, then the index, then the key, and only then is it done.

Two stores cannot commit together, so the order is fixed and each step may be repeated: `finish` carries on where a crash cut off.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from balie import evidence, register
from balie.kernel import Actor, log
from balie.vault import files, index
from balie.vault.keys import store
from balie.vault.models import About, Erasure, Hold, Record

BATCH = 500


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
        rows = list((asked if all_of else _free(asked, as_of or at)).defer("sealed"))
        if not rows:
            return 0
        _prove(rows, actor=actor, why=why)
        Erasure.objects.bulk_create([_line(row, actor, why, at) for row in rows])
        gone = [row.handle for row in rows]
        About.objects.filter(record__in=gone)._raw_delete("default")
        Hold.objects.filter(record__in=gone)._raw_delete("default")
        Record.objects.filter(handle__in=gone)._raw_delete("default")
    return len(rows)


def finish(desk: str | None = None, *, older_than: timedelta = timedelta(0)) -> int:
    """Carry out what the ledger says and has not seen done: index, file, key, log. How many lines were finished."""
    lines = Erasure.objects.filter(key_destroyed_at__isnull=True, at__lte=timezone.now() - older_than)
    if desk is not None:
        lines = lines.filter(desk=desk)
    done = 0
    while batch := list(lines.order_by("pk")[:BATCH]):
        if not _finish(batch):
            break
        done += len(batch)
    return done


def _finish(lines: list[Erasure]) -> bool:
    try:
        index.remove(line.handle for line in lines)
        for line in lines:
            files.remove(line.handle)
        store.destroy(line.key for line in lines)
    except (index.InUse, OperationalError):
        log.say("erasure.waits", lines=len(lines))
        return False
    Erasure.objects.filter(pk__in=[line.pk for line in lines]).update(key_destroyed_at=timezone.now())
    return True


def _free(records: QuerySet[Record], as_of: datetime) -> QuerySet[Record]:
    return records.filter(Q(not_before__isnull=True) | Q(not_before__lte=as_of.date()), on_hold=False)


def _prove(rows: list[Record], *, actor: Actor, why: str) -> None:
    persons = About.objects.filter(record__in=[row.handle for row in rows]).values_list("person", flat=True)
    for version, activity in sorted({(row.version, row.activity) for row in rows}):
        count = sum((row.version, row.activity) == (version, activity) for row in rows)
        evidence.record(
            "records.erased",
            actor,
            rows[0].held_by,
            operation="erase",
            activity=register.version(actor.desk, version).uri(activity),
            about=sorted(set(persons)),
            facts={"why": why, "records": count},
        )


def _line(row: Record, actor: Actor, why: str, at: datetime) -> Erasure:
    return Erasure(
        handle=row.handle,
        desk=row.desk,
        version=row.version,
        activity=row.activity,
        item=row.item,
        held_by=row.held_by,
        why=why,
        by=str(actor),
        at=at,
        key=row.key,
    )


def _batches(handles: list[UUID]) -> Iterable[list[UUID]]:
    return (handles[start : start + BATCH] for start in range(0, len(handles), BATCH))


def erase_soon(wanted: Iterable[UUID], *, actor: Actor, why: str, as_of: datetime | None = None) -> int:
    """Erase records as part of the caller's transaction; index, file and key follow when it has been committed.

    What is on hold or may not be destroyed yet stays. as_of: for a sweep of a later moment than the clock's.
    """
    done = erase_rows(list(wanted), actor=actor, why=why, at=timezone.now(), as_of=as_of)
    transaction.on_commit(lambda: finish(actor.desk))
    return done
