"""Ordering what was recorded, making it leaves of the tree, and signing the root: from then on a change shows."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from balie.evidence import notes, terms, tiles
from balie.evidence.leaves import leaf
from balie.evidence.merkle import leaf_hash
from balie.evidence.models import Entry, Log
from balie.evidence.notes import Checkpoint, Signer
from balie.kernel import Conflict, Stop, sentence

BATCH = 1000  # an entry waits no longer than that many others take, and the write lock is held for milliseconds

Waiting = tuple[int, str, int, bytes]  # id, kind, at, commitment


def seal(signer_for: Callable[[str], Signer], *, now: datetime | None = None) -> int:
    """Seal what every desk has recorded: leaves, tiles and a signed checkpoint, in one transaction a thousand entries.

    signer_for: gives the signer of a desk. Returns how many entries were sealed. Two callers at once do no harm: each
    entry gets one place. What a crash interrupts is sealed next time. Conflict when the log of a desk does not
    fit its last checkpoint: nothing is ever signed on top of a break; Invalid when a desk has lost its key. Both are raised
    when the other desks are done. Architecture, "The evidence".
    """
    moment = now or timezone.now()
    desks = Entry.objects.filter(index__isnull=True).values_list("desk", flat=True).distinct().order_by("desk")
    total = 0
    broken: Stop | None = None
    for desk in desks:
        try:
            total += _seal_desk(desk, signer_for(desk), moment)
        except Stop as found:  # the other desks' evidence must not wait for this one's
            broken = found
    if broken:
        raise broken
    return total


def checkpoint(desk: str) -> str | None:
    """The newest signed checkpoint of a desk (C2SP tlog-checkpoint), None before anything was sealed."""
    return Log.objects.filter(desk=desk).exclude(note="").values_list("note", flat=True).first()


def _seal_desk(desk: str, signer: Signer, now: datetime) -> int:
    total = count = _seal_some(desk, signer, now)
    while count == BATCH:
        total += (count := _seal_some(desk, signer, now))
    return total


@transaction.atomic
def _seal_some(desk: str, signer: Signer, now: datetime) -> int:
    log, _ = Log.objects.select_for_update().get_or_create(desk=desk)  # whoever holds this row is the sealer
    unsealed = Entry.objects.filter(desk=desk, index__isnull=True).order_by("id")
    rows: list[Waiting] = list(unsealed.values_list("id", "kind", "at", "commitment")[:BATCH])  # type: ignore[arg-type]
    if not rows:
        return 0
    tree = _tree(log, signer)
    ends = _ends(log, rows)
    for (_id, kind, _at, commitment), end in zip(rows, ends, strict=True):
        tree.add(leaf_hash(leaf(kind, end, commitment)))
    tiles.keep(desk, tree)
    _number(rows, ends, log.size)
    log.size, log.sealed_at = tree.size, now
    log.note = notes.sign(Checkpoint(signer.origin, tree.size, tree.root()).text(), signer)
    log.save(update_fields=["size", "note", "sealed_at"])
    return len(rows)


def _tree(log: Log, signer: Signer) -> tiles.Growing:
    """The tree as it was signed last; Conflict when that is not what the tables hold."""
    try:
        tree = tiles.Growing(log.size, tiles.kept(log.desk))
        signed = notes.opened(log.note, notes.vkey(signer.origin, signer.public_key)) if log.note else ""
    except ValueError:
        raise _broken(log.desk) from None
    if signed != (Checkpoint(signer.origin, tree.size, tree.root()).text() if tree.size else ""):
        raise _broken(log.desk)
    return tree


def _broken(desk: str) -> Conflict:
    return Conflict(
        sentence(
            "The evidence of desk {desk} does not fit its last checkpoint, so nothing is signed on top of it: "
            "«balie evidence verify» says where it breaks.",
            desk=desk,
        )
    )


def _ends(log: Log, rows: list[Waiting]) -> list[int]:
    """The day on which each entry's term ends; worked out once a day and kind, since entries come in crowds."""
    known: dict[tuple[str, int], int] = {}
    for _id, kind, at, _commitment in rows:
        if (kind, at // 86_400_000) not in known:
            known[kind, at // 86_400_000] = terms.last_day(at, log.looks if kind == "look" else log.acts)
    return [known[kind, at // 86_400_000] for _id, kind, at, _commitment in rows]


def _number(rows: list[Waiting], ends: list[int], first: int) -> None:
    """One prepared statement for all rows: the framework's bulk update costs ten times the rest of the sealing."""
    changes = [(first + place, end, row[0]) for place, (row, end) in enumerate(zip(rows, ends, strict=True))]
    with connection.cursor() as cursor:
        cursor.executemany('UPDATE evidence_entry SET "index" = %s, expires = %s WHERE id = %s', changes)
