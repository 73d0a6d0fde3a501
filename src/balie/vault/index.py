"""The search index: keyed hashes only, in a file of its own that no backup holds and that is rebuilt after a restore.

Written before the data commit and cleaned after an erasure, so that what is kept can be found, and what is gone cannot.
SQLite's FTS5 through apsw, contentless, told to forget at once (`secure-delete`, delete command); what a record was indexed with
stands beside it, so that taking it out needs no look at the record.
"""

import os
import threading
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from uuid import UUID

import apsw
from django.conf import settings
from django.db import OperationalError

RANKED = 500  # so many of the newest hits are ranked
RANKED_UP_TO = 10_000  # of more hits none is: for its weight each of them would be counted
WORTH_REWRITING = 500  # removing one record in so many is worth writing the index anew
PATIENCE = 30_000  # milliseconds that a writer waits for another
_SCHEMA = """
CREATE TABLE IF NOT EXISTS doc (id INTEGER PRIMARY KEY, handle BLOB NOT NULL UNIQUE, held_by BLOB NOT NULL, words TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5(words, content='', tokenize='ascii');
CREATE TABLE IF NOT EXISTS mark (mark BLOB NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (mark, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mark_of ON mark (id);
"""


@dataclass(frozen=True)
class Entry:
    """What one record can be found by: hashes of words in their order, and marks (whole values and beginnings)."""

    handle: UUID
    held_by: UUID
    words: list[str] = field(default_factory=list)
    marks: frozenset[bytes] = frozenset()


@dataclass(frozen=True)
class Found:
    """A record that fits, and what holds it."""

    handle: UUID
    held_by: UUID


Order = Literal["best", "newest", "oldest"]


class InUse(Exception):  # noqa: N818 - says it better than InUseError
    """A reader kept the index's log from being emptied."""


_local = threading.local()


def put(entries: Iterable[Entry]) -> None:
    """Index records; one that stands already is replaced. Raises OperationalError when the file is locked or the disk is full."""
    fresh = list(entries)
    if not fresh:
        return
    with _writing() as db:
        for entry in fresh:
            _take_out(db, entry.handle)
            words = " ".join(entry.words)
            db.execute(
                "INSERT INTO doc (handle, held_by, words) VALUES (?, ?, ?)",
                (entry.handle.bytes, entry.held_by.bytes, words),
            )
            number = db.last_insert_rowid()
            if words:
                db.execute("INSERT INTO word (rowid, words) VALUES (?, ?)", (number, words))
            db.executemany("INSERT INTO mark (mark, id) VALUES (?, ?)", [(mark, number) for mark in entry.marks])


def held_by(holder: UUID, handles: Sequence[UUID]) -> int:
    """Say of these records that one thing holds them; of how many it was not said yet."""
    wanted, changed = [handle.bytes for handle in handles], 0
    with _writing() as db:
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            places = ",".join("?" * len(some))
            db.execute(
                f"UPDATE doc SET held_by = ? WHERE held_by <> ? AND handle IN ({places})",  # noqa: S608 - question marks
                (holder.bytes, holder.bytes, *some),
            )
            changed += db.changes()
    return changed


def remove(handles: Iterable[UUID]) -> None:
    """Take records out, so that nothing of them is left in the file. Safe to repeat.

    A few are taken out word by word, each at its place; when there are many, writing the index anew without them is faster.
    """
    gone = known(handles)
    if gone:
        with _writing() as db:
            anew = len(gone) * WORTH_REWRITING > _most(db)
            if anew:
                db.execute("INSERT INTO word (word, rank) VALUES ('secure-delete', 0)")
            for handle in gone:
                _take_out(db, handle)
            if anew:
                db.execute("INSERT INTO word (word) VALUES ('optimize')")
                db.execute("INSERT INTO word (word, rank) VALUES ('secure-delete', 1)")
    truncate_log()


@contextmanager
def together() -> Iterator[None]:
    """What is put within is one commit; what is put meanwhile is found at once, by this thread."""
    with _writing():
        yield


def merge(pages: int = 500) -> bool:
    """Bring the index a step nearer to one piece, by about so many pages of 4 kB; whether there was anything to do."""
    with _writing() as db:
        before = db.total_changes()
        db.execute("INSERT INTO word (word, rank) VALUES ('merge', ?)", (-pages,))
        return db.total_changes() - before > 1


def truncate_log() -> None:
    """Empty the index's write-ahead log. Raises InUse when a reader keeps it; repeating finishes it."""
    try:
        _connection().wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    except apsw.BusyError as busy:
        raise InUse("the log of the index is in use") from busy


def by_words(
    groups: Sequence[tuple[str, ...]],
    *,
    phrases: Sequence[Sequence[str]] = (),
    order: Order = "best",
    limit: int,
    skip: int = 0,
    within: Set[UUID] | None = None,
) -> list[Found]:
    """Records that hold a word of each group and each phrase as a chain.

    order: `best` ranks the RANKED newest of them and tells of no other (of more than RANKED_UP_TO hits: simply the newest); or by
    when they were indexed. skip: pass over so many. within: only what one of these holds, one record of each.
    """
    asked = ["(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in groups]
    query = " AND ".join([*asked, *(f'"{" ".join(chain)}"' for chain in phrases)])
    by = {"newest": "rowid DESC", "oldest": "rowid"}.get(order, "")
    least = 0
    if not by:
        by, least = _rank(query)
        skip, limit = min(skip, RANKED), min(limit, RANKED - min(skip, RANKED))
    rows = _connection().execute(
        f"SELECT handle, held_by FROM doc JOIN (SELECT rowid AS hit FROM word WHERE word MATCH ? AND rowid >= ? ORDER BY {by} LIMIT ? OFFSET ?) ON id = hit",  # noqa: S608, E501 - one of three fixed words
        (query, least, limit if within is None else -1, skip),
    )
    return [Found(UUID(bytes=handle), UUID(bytes=held_by)) for handle, held_by in _chosen(rows, limit, within)]


def _rank(query: str) -> tuple[str, int]:
    """How the best are found, and the record from which on: ranking costs a look at each, so that of many the newest are ranked."""
    counted = "SELECT count(*) FROM (SELECT 1 FROM word WHERE word MATCH ? LIMIT ?)"
    ((hits,),) = _connection().execute(counted, (query, RANKED_UP_TO + 1))
    assert isinstance(hits, int)
    if hits > RANKED_UP_TO:
        return "rowid DESC", 0
    if hits <= RANKED:
        return "rank", 0
    last = "SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
    ((least,),) = _connection().execute(last, (query, RANKED - 1))
    assert isinstance(least, int)
    return "rank", least


def _chosen(rows: apsw.Cursor, limit: int, within: Set[UUID] | None) -> Iterator[tuple[bytes, bytes]]:
    """Row by row until there are enough, so that no more is read than is wanted."""
    wanted = None if within is None else {holder.bytes for holder in within}
    for handle, held_by in rows:
        if wanted is not None:
            if held_by not in wanted:
                continue
            wanted.discard(held_by)
        yield handle, held_by
        limit -= 1
        if limit <= 0:
            break
    rows.close()


def by_marks(marks: Iterable[bytes], *, limit: int) -> list[Found]:
    """Records that carry one of these marks, the newest first."""
    wanted = list(marks)
    places = ",".join("?" * len(wanted))
    rows = _connection().execute(
        f"SELECT DISTINCT id, handle, held_by FROM doc JOIN mark USING (id) WHERE mark IN ({places}) ORDER BY id DESC LIMIT ?",  # noqa: S608 - places are question marks
        (*wanted, limit),
    )
    return [Found(UUID(bytes=handle), UUID(bytes=held_by)) for _, handle, held_by in rows]


def all_handles(*, after: UUID | None = None) -> Iterator[UUID]:
    """What the index holds, oldest first, read in slices: a long look would keep the log from being emptied."""
    last = after.bytes if after else b""
    slices = "SELECT handle FROM doc WHERE handle > ? ORDER BY handle LIMIT 5000"
    while rows := list(_connection().execute(slices, (last,))):
        for (last,) in rows:
            yield UUID(bytes=last)


def known(handles: Iterable[UUID]) -> set[UUID]:
    """Those of these records that can be found."""
    wanted, found = [handle.bytes for handle in handles], set[UUID]()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        places = ",".join("?" * len(some))
        rows = _connection().execute(f"SELECT handle FROM doc WHERE handle IN ({places})", some)  # noqa: S608 - question marks
        found.update(UUID(bytes=handle) for (handle,) in rows)
    return found


def clear() -> None:
    """Empty the whole index; the vault fills it again from its records."""
    with _writing() as db:
        db.execute("DROP TABLE word")
        db.execute("DELETE FROM mark")
        db.execute("DELETE FROM doc")
        db.execute(_SCHEMA)
        db.execute("INSERT INTO word (word, rank) VALUES ('secure-delete', 1)")
    truncate_log()


def close() -> None:
    """Close this thread's connection: before a fork, a restore, or between tests."""
    db = getattr(_local, "db", None)
    if db is not None:
        db.close()
        _local.db = None


os.register_at_fork(before=close)


def _most(db: apsw.Connection) -> int:
    """About how many records are indexed: never fewer than there are."""
    ((most,),) = db.execute("SELECT coalesce(max(id), 0) FROM doc")
    assert isinstance(most, int)
    return most


def _take_out(db: apsw.Connection, handle: UUID) -> None:
    row = db.execute("SELECT id, words FROM doc WHERE handle = ?", (handle.bytes,)).fetchone()
    if row is None:
        return
    number, words = row
    if words:
        db.execute("INSERT INTO word (word, rowid, words) VALUES ('delete', ?, ?)", (number, words))
    db.execute("DELETE FROM mark WHERE id = ?", (number,))
    db.execute("DELETE FROM doc WHERE id = ?", (number,))


@contextmanager
def _writing() -> Iterator[apsw.Connection]:
    """One transaction. What stops it is told as the other databases tell it, so that a door knows what to answer."""
    try:
        db = _connection()
        with db:
            yield db
    except (apsw.BusyError, apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise OperationalError(f"the index cannot be written: {type(error).__name__}") from error


def _connection() -> apsw.Connection:
    path = str(settings.BALIE_INDEX)
    db: apsw.Connection | None = getattr(_local, "db", None)
    if db is None or _local.path != path:
        close()
        db = _opened(path)
        _local.db, _local.path = db, path
    return db


def _opened(path: str) -> apsw.Connection:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    db = apsw.Connection(path)
    db.set_busy_timeout(PATIENCE)
    db.transaction_mode = "IMMEDIATE"  # a writer waits at its beginning, where nothing has to be taken back
    db.pragma("journal_mode", "wal")
    db.pragma("synchronous", "FULL")
    db.pragma("secure_delete", 1)
    db.pragma("temp_store", "memory")
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'mark_of'").fetchone():
        with db:
            db.execute(_SCHEMA)
            db.execute("INSERT INTO word (word, rank) VALUES ('secure-delete', 1)")
    return db
