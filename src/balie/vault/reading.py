"""Reading: open records for one page or act, then prove it before the first byte leaves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from balie import evidence, register
from balie.kernel import Actor, handles, rows
from balie.vault import files, sealing
from balie.vault.keys import store
from balie.vault.models import About, Erasure, Record


@dataclass(frozen=True)
class Gone:
    """What stands in the place of a record that was erased: when, and why (a term's name, or the kind of request)."""

    at: datetime
    why: str
    item: str


Opened = str | bytes | Gone


class _Row(NamedTuple):
    """What opening a record needs of it."""

    handle: UUID
    desk: str
    version: int
    activity: str
    people: str
    item: str
    key: int
    sealed: bytes | memoryview | None


class _Known(NamedTuple):
    """What was opened, and under which version and activity; of what is gone, only that."""

    value: Opened
    under: tuple[int, str] | None = None


class Reading:
    """All that one page or act opens.

    `open` gives values; `record` writes one compact entry with a handle for each person (architecture, invariant 5). What the
    actor's teams do not cover is left out as if it were not there (GDPR 5(1)(b), 32(4)).
    """

    def __init__(self, actor: Actor, act: str, ref: UUID | None = None, *, facts: register.Facts | None = None) -> None:
        self.actor, self.act, self.ref = actor, act, ref
        self.facts = facts or register.Facts()
        self._known: dict[UUID, _Known | None] = {}  # what was asked for already is not fetched again
        self._opened: set[UUID] = set()
        self._activities: set[tuple[int, str]] = set()
        self._seen: dict[tuple[int, str, str, str], bool] = {}  # what was asked of the register already

    def open(self, wanted: Iterable[UUID | None]) -> dict[UUID, Opened]:
        """The values of these records by handle: text, bytes for attachments and raw mail, or Gone."""
        asked = {handle for handle in wanted if handle is not None}
        if fresh := asked - self._known.keys():
            self._known |= self._fetched(fresh)
        found = {handle: known for handle in asked if (known := self._known[handle]) is not None}
        self._opened.update(handle for handle, one in found.items() if one.under is not None)
        self._activities.update(one.under for one in found.values() if one.under is not None)
        return {handle: one.value for handle, one in found.items()}

    def _fetched(self, fresh: set[UUID]) -> "dict[UUID, _Known | None]":
        seen = [row for row in _records(self.actor.desk, fresh) if self._may_see(row)]
        keys = store.fetch(row.key for row in seen)
        found: dict[UUID, _Known | None] = dict.fromkeys(fresh)
        for row in seen:
            if row.key in keys:
                found[row.handle] = _Known(_value(row, keys[row.key]), (row.version, row.activity))
        if missing := [handle for handle, known in found.items() if known is None]:
            lines = Erasure.objects.filter(desk=self.actor.desk, handle__in=missing)
            found |= {line.handle: _Known(Gone(line.at, line.why, line.item)) for line in lines}
        return found

    def text(self, handle: UUID | None) -> str:
        """One text, or nothing when it is gone or not to be seen."""
        value = self.open([handle]).get(handle) if handle else None
        return value if isinstance(value, str) else ""

    def record(self) -> None:
        """Write into the evidence what was opened, in a short transaction of its own. Call before anything is sent."""
        record_looks([self])

    def _may_see(self, row: _Row) -> bool:
        if self.actor.kind == "system":
            return True
        asked = (row.version, row.activity, row.people, row.item)
        if asked not in self._seen:
            version = register.version(self.actor.desk, row.version)
            self._seen[asked] = register.may_see(version, *asked[1:], covers=self.actor.covers, facts=self.facts).yes
        return self._seen[asked]


def record_looks(readings: Iterable[Reading]) -> None:
    """Write into the evidence what all these opened, in one short transaction: a look for each reading, with a line for each
    activity. Call before anything is sent; if it fails, nothing may be.
    """
    owed = [one for one in readings if one._opened]
    if not owed:
        return
    with transaction.atomic():
        persons = _persons({handle for one in owed for handle in one._opened})
        evidence.record_all(line for one in owed for line in _lines(one, persons))
    for one in owed:
        one._opened, one._activities = set(), set()


def _lines(reading: Reading, persons: dict[UUID, set[UUID]]) -> Iterator[evidence.Done]:
    about = sorted(set().union(*(persons.get(handle, ()) for handle in reading._opened)))
    trace = handles.new()  # one look, though it may take a line for each activity
    for version, activity in sorted(reading._activities):
        yield evidence.Done(
            reading.act,
            reading.actor,
            reading.ref,
            operation="consult",
            activity=register.version(reading.actor.desk, version).uri(activity),
            about=about,
            facts={"items": len(reading._opened)},
            kind="look",
            trace=trace,
        )


def _persons(opened: set[UUID]) -> dict[UUID, set[UUID]]:
    """Whom each record is about."""
    found: dict[UUID, set[UUID]] = {}
    for handle, (person,) in rows.chosen(About, ["person"], where="record_id", handles=list(opened)):
        found.setdefault(handle, set()).add(handles.read(person))
    return found


def _records(desk: str, asked: set[UUID]) -> list[_Row]:
    found = rows.chosen(Record, _Row._fields[1:], where="handle", handles=list(asked))
    return [row for handle, values in found if (row := _Row(handle, *values)).desk == desk]


def _value(row: _Row, key: bytes) -> str | bytes:
    if row.sealed is None:
        value = files.read(key, row.handle, row.item)
    else:
        value = sealing.unseal(key, row.handle, row.item, bytes(row.sealed))
    return value if row.item in BINARY else value.decode("utf-8", "surrogatepass")


BINARY = frozenset({"attachment", "raw-message"})
