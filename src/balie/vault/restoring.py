"""After a restore: replay the erasures that the restored side does not know, before any door opens; then rebuild the index."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import Count, Max, Sum
from django.utils import timezone

from balie import register
from balie.kernel import Actor, Invalid, handles, sentence
from balie.vault import erasing, files, index, putting, sealing
from balie.vault.keys import store
from balie.vault.models import Erasure, Record

UNFINDABLE = ("attachment", "raw-message", "sign-in-secret")


def replay(desk: str) -> int:
    """Erase again what was erased before a restore: how many records.

    Data older than the keys: records whose key is destroyed go, with a ledger line, on hold or not: nobody can read them.
    Keys older than the data: keys of erased records are destroyed anew, and numbers that were given out are never given again.
    Raises Invalid when records are kept whose keys this store never knew: the newest key store must come back. (mission, Beyond 4)
    """
    if _agree() and not _keys_are_older():
        return 0
    actor = Actor.system("restore", desk)
    lost = _lost_keys(desk)
    again = _revived_keys(desk)
    Erasure.objects.filter(pk__in=again).update(key_destroyed_at=None)
    done = sum(
        erasing.erase_rows(
            lost[start : start + erasing.BATCH],
            actor=actor,
            why="erased-before-restore",
            at=timezone.now(),
            all_of=True,
        )
        for start in range(0, len(lost), erasing.BATCH)
    )
    store.bury(desk, _numbers_of_ledger(desk))
    erasing.finish(desk)
    return done + len(again)


def tidy() -> tuple[int, int]:
    """Take away what a crash left: index entries and files without a record. How many of each. Before the doors open only.

    An index that is not there, since no backup holds it, is made anew.
    """
    indexed = list(index.all_handles())
    if not indexed:
        for desk in register.desks():
            rebuild_index(desk)
    return _take_away(indexed, list(files.all_handles()))


def tidy_lately(*, since: timedelta, until: timedelta = timedelta(minutes=2)) -> tuple[int, int]:
    """The same while the doors are open, for acts that were taken back: only what was begun so long ago, and is not under way."""
    now = timezone.now()
    first, last = handles.at(now - since), handles.at(now - until)
    indexed = [handle for handle in index.all_handles(after=first) if handle < last]
    left = [(handle, path) for handle, path in files.all_handles() if first < handle < last]
    return _take_away(indexed, left)


def _take_away(indexed: list[UUID], left: list[tuple[UUID, Path]]) -> tuple[int, int]:
    lost = _unknown(indexed)
    if lost:
        index.remove(lost)
    unknown = set(_unknown([handle for handle, _ in left]))
    stray = [path for handle, path in left if handle in unknown or path.suffix]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(lost), len(stray)


def rebuild_index(desk: str) -> int:
    """Index every record of a desk anew from what is sealed; how many. The index is in no backup."""
    country, count = register.country(register.in_force(desk)), 0
    rows = Record.objects.filter(desk=desk).exclude(item__in=UNFINDABLE)
    batch: list[Record] = []
    for row in rows.iterator(chunk_size=500):
        batch.append(row)
        if len(batch) == 500:
            count += _index(batch, country)
            batch = []
    return count + _index(batch, country)


def _index(rows: list[Record], country: str) -> int:
    keys = store.fetch(row.key for row in rows)
    entries = [putting.entry_of(row, plain_of(row, keys[row.key]), country) for row in rows if row.key in keys]
    kept = [entry for entry in entries if entry]
    index.put(kept)
    return len(kept)


def plain_of(row: Record, key: bytes) -> bytes:
    """What a record holds, as bytes; for the vault's own upkeep, which shows it to nobody."""
    if row.sealed is None:
        return files.read(key, row.handle, row.item)
    return sealing.unseal(key, row.handle, row.item, bytes(row.sealed))


def _agree() -> bool:
    """Whether ledger and key store tell of the same erasures; cheap, so that every start can ask."""
    lines = Erasure.objects.filter(key_destroyed_at__isnull=False).aggregate(count=Count("pk"), keys=Sum("key"))
    return store.destroyed() == (lines["count"], lines["keys"] or 0)


def _keys_are_older() -> bool:
    """Whether the data know of a key that is younger than the youngest of the key store; cheap, like `_agree`."""
    youngest = store.highest()
    known = (rows.aggregate(highest=Max("key"))["highest"] or 0 for rows in (Record.objects, Erasure.objects))
    return max(known) > youngest


def _lost_keys(desk: str) -> list[UUID]:
    """Records whose key is destroyed. Raises Invalid for records whose key the store has never had."""
    found: list[UUID] = []
    unknown = 0
    rows = list(Record.objects.filter(desk=desk).values_list("handle", "key"))
    for start in range(0, len(rows), 5000):
        part = rows[start : start + 5000]
        alive, had = store.living(key for _, key in part), store.known(key for _, key in part)
        found += [handle for handle, key in part if key in had and key not in alive]
        unknown += sum(key not in had for _, key in part)
    if unknown:
        raise Invalid(
            sentence(
                "The key store is older than the data: it does not know the keys of {count} records of «{desk}». Put the newest "
                "key store back, or data that are no newer than this one; nothing of this desk was changed.",
                count=unknown,
                desk=desk,
            )
        )
    return found


def _numbers_of_ledger(desk: str) -> list[int]:
    return list(Erasure.objects.filter(desk=desk).values_list("key", flat=True))


def _revived_keys(desk: str) -> list[int]:
    lines = list(Erasure.objects.filter(desk=desk, key_destroyed_at__isnull=False).values_list("pk", "key"))
    revived: list[int] = []
    for start in range(0, len(lines), 5000):
        part = lines[start : start + 5000]
        alive = store.living(key for _, key in part)
        revived += [pk for pk, key in part if key in alive]
    return revived


def _unknown(wanted: list[UUID]) -> list[UUID]:
    unknown: list[UUID] = []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        known = set(Record.objects.filter(handle__in=part).values_list("handle", flat=True))
        unknown += [handle for handle in part if handle not in known]
    return unknown
