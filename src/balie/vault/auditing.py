"""Do rows, keys, ledger, index and files tell of the same things? Read in slices, so that nobody has to wait for it.

What a put or an erasure of this very moment has begun and not finished is no difference: every finding is looked at twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from balie import register
from balie.vault import files, index, putting, restoring, words
from balie.vault.keys import store
from balie.vault.models import Erasure, Hold, Record

T = TypeVar("T")
SLICE = 5000
GRACE = timedelta(minutes=1)  # how long a put or an erasure may be under way
TIDIED = timedelta(minutes=15)  # by when the worker has taken away what a killed or taken-back act left
FINDABLE = words.TEXTS | words.ADDRESSES | words.NUMBERS | words.NAMES


@dataclass(frozen=True)
class Kind:
    """What records have in common that the register decides about; count: how many there are."""

    version: int
    term_version: int
    activity: str
    people: str
    item: str
    holder: str
    term: str
    trigger: str
    count: int


@dataclass(frozen=True)
class Clock:
    """When one record goes, and from what that follows."""

    handle: UUID
    term_version: int
    activity: str
    people: str
    item: str
    holder: str
    held_by: UUID
    trigger: str
    collected_at: datetime
    happened_at: datetime | None
    erase_at: datetime | None
    review: date | None


@dataclass(frozen=True)
class Held:
    """A hold on one record, and until when it was meant to last."""

    handle: UUID
    reason: str
    until: date | None


@dataclass(frozen=True)
class Unreviewed:
    """So many records kept without an end, whose review was due on a day that has passed."""

    activity: str
    item: str
    term: str
    review: date
    count: int


_KIND = tuple(Kind.__dataclass_fields__)[:-1]
_CLOCK = tuple(Clock.__dataclass_fields__)


def kinds(desk: str) -> list[Kind]:
    """What kinds of records a desk keeps, with their numbers; a few lines, however many records there are."""
    rows = Record.objects.filter(desk=desk).order_by().values_list(*_KIND).annotate(count=Count("pk"))
    return sorted((Kind(*row) for row in rows), key=lambda kind: (kind.activity, kind.people, kind.item, kind.version))


def of_kind(desk: str, kind: Kind, *, limit: int) -> list[UUID]:
    """Handles of records of one kind, the oldest first."""
    same = {name: getattr(kind, name) for name in _KIND}
    return list(Record.objects.filter(desk=desk, **same).order_by("handle").values_list("handle", flat=True)[:limit])


def clocks(desk: str) -> Iterator[Clock]:
    """When each record of a desk goes, in the order of their handles."""
    for row in _sliced(Record.objects.filter(desk=desk), *_CLOCK):
        yield Clock(*row)


def holds(desk: str) -> Iterator[Held]:
    """Every hold of a desk."""
    rows = Hold.objects.filter(record__desk=desk).order_by("pk").values_list("record", "reason", "until")
    for row in rows.iterator(chunk_size=2000):
        yield Held(*row)


def to_review(desk: str, today: date) -> list[Unreviewed]:
    """What is kept without an end and should have been looked at again before a day, counted."""
    due = Record.objects.filter(desk=desk, review__lt=today, erase_at__isnull=True).order_by("review")
    grouped = due.values_list("activity", "item", "term", "review").annotate(count=Count("pk"))
    return [Unreviewed(*row) for row in grouped]


def without_key(desk: str) -> Iterator[UUID]:
    """Records whose key does not live, or is another desk's: nobody can read them again."""
    alive = _living(desk)
    suspects = [
        (handle, key)
        for handle, key in _sliced(Record.objects.filter(desk=desk), "handle", "key")
        if key >= len(alive) or not alive[key]
    ]
    for some in _slices(suspects):
        living = store.living((key for _, key in some), desk=desk)
        standing = set(
            Record.objects.filter(handle__in=[handle for handle, _ in some]).values_list("handle", flat=True)
        )
        yield from (handle for handle, key in some if key not in living and handle in standing)


def outlived(desk: str, now: datetime) -> Iterator[UUID]:
    """Erased records, longer than a minute ago by the ledger, whose key lives still: a backup of the rows would open them."""
    lines = Erasure.objects.filter(desk=desk, at__lt=now - GRACE)
    alive = _living(desk)
    for _, handle, key in _sliced(lines, "pk", "handle", "key"):
        if key < len(alive) and alive[key] and store.living([key]):
            yield handle


def risen(desk: str) -> list[UUID]:
    """Records that the ledger says were erased."""
    erased = Erasure.objects.filter(desk=desk).values("handle")
    return list(Record.objects.filter(desk=desk, handle__in=erased).values_list("handle", flat=True))


def unfindable(desk: str) -> Iterator[UUID]:
    """Records that can be read and have something to be found by, and are not in the index."""
    country = register.country(register.in_force(desk))
    fields = ("handle", "size", "unsearched")
    for some in _slices(_sliced(Record.objects.filter(desk=desk, item__in=FINDABLE), *fields)):
        found = index.known(handle for handle, _, _ in some)
        lost = [handle for handle, size, hidden in some if handle not in found and hidden != [[0, size]]]
        rows = list(Record.objects.filter(handle__in=lost))
        keys = store.fetch(row.key for row in rows)
        for row in rows:
            if row.key in keys and putting.entry_of(row, restoring.plain_of(row, keys[row.key]), country):
                yield row.handle


def stray_entries(now: datetime) -> Iterator[UUID]:
    """Entries of the index that no record of any desk has left there."""
    for some in _slices(index.all_handles()):
        lost = _settled(_unknown(some), now)
        yield from sorted(index.known(lost))


def stray_files(now: datetime) -> Iterator[str]:
    """Files among the sealed ones that belong to no record, by their place below the folder of files."""
    root = Path(settings.BALIE_FILES)
    for some in _slices(path for path in sorted(root.rglob("*")) if path.is_file()):
        named = {path: _named(path) for path in some}
        known = set(some_known(one for one in named.values() if one))
        under_way = {one for one in named.values() if one} - set(_settled([one for one in named.values() if one], now))
        for path, handle in named.items():
            if handle not in under_way and (handle not in known or path.suffix) and path.exists():
                yield str(path.relative_to(root))


def missing_files(desk: str) -> Iterator[UUID]:
    """Records in files of their own whose file is not there, or has another length than what was put away."""
    for handle, size in _sliced(Record.objects.filter(desk=desk, sealed__isnull=True), "handle", "size"):
        path = files.path_of(handle)
        if (not path.exists() or path.stat().st_size != files.length(size)) and some_known([handle]):
            yield handle


def some_known(handles: Iterable[UUID]) -> list[UUID]:
    """Those of these handles that are records."""
    found: list[UUID] = []
    for some in _slices(handles, 500):
        found += Record.objects.filter(handle__in=some).values_list("handle", flat=True)
    return found


def _unknown(handles: list[UUID]) -> list[UUID]:
    known = set(some_known(handles))
    return [handle for handle in handles if handle not in known]


def _settled(handles: list[UUID], now: datetime) -> list[UUID]:
    """Those that nobody is busy with: no erasure of the last minute, and no worker tidying after acts of the last quarter."""
    lines = dict(Erasure.objects.filter(handle__in=handles).values_list("handle", "at"))
    return [
        handle
        for handle in handles
        if (lines[handle] < now - GRACE if handle in lines else _made_at(handle) < now - TIDIED)
    ]


def _made_at(handle: UUID) -> datetime:
    """The time in a handle (RFC 9562, version 7); what is no such handle is as old as can be."""
    millis = handle.int >> 80 if handle.version == 7 else 0
    return datetime.fromtimestamp(min(millis, 4_000_000_000_000) / 1000, UTC)


def _named(path: Path) -> UUID | None:
    try:
        return UUID(path.stem)
    except ValueError:
        return None


def _living(desk: str) -> bytearray:
    """One byte for each key number: 1 where a key of the desk lives."""
    alive = bytearray(store.highest() + 1)
    for number in store.all_living(desk):
        if number < len(alive):
            alive[number] = 1
    return alive


def _sliced(rows: QuerySet[Any], first: str, *fields: str) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of a unique field, a slice at a time."""
    last, ordered = None, rows.order_by(first).values_list(first, *fields)
    while some := list((ordered if last is None else ordered.filter(**{f"{first}__gt": last}))[:SLICE]):
        yield from some
        last = some[-1][0]


def _slices(many: Iterable[T], size: int = SLICE) -> Iterator[list[T]]:
    some: list[T] = []
    for one in many:
        some.append(one)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
