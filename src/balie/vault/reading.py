"""Reading: open records for one page or act, then prove it before the first byte leaves."""

from collections.abc import Iterable
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


class Reading:
    """All that one page or act opens.

    `open` gives values; `record` writes one compact entry with a handle for each person (architecture, invariant 5). What the
    actor's teams do not cover is left out as if it were not there (GDPR 5(1)(b), 32(4)).
    """

    def __init__(self, actor: Actor, act: str, ref: UUID | None = None, *, facts: register.Facts | None = None) -> None:
        self.actor, self.act, self.ref = actor, act, ref
        self.facts = facts or register.Facts()
        self._opened: set[UUID] = set()
        self._activities: set[tuple[int, str]] = set()
        self._seen: dict[tuple[int, str, str, str], bool] = {}  # what was asked of the register already

    def open(self, wanted: Iterable[UUID | None]) -> dict[UUID, Opened]:
        """The values of these records by handle: text, bytes for attachments and raw mail, or Gone."""
        asked = {handle for handle in wanted if handle is not None}
        seen = [row for row in _records(self.actor.desk, asked) if self._may_see(row)]
        keys = store.fetch(row.key for row in seen)
        found: dict[UUID, Opened] = {row.handle: _value(row, keys[row.key]) for row in seen if row.key in keys}
        self._opened.update(found)
        self._activities.update((row.version, row.activity) for row in seen if row.handle in found)
        missing = asked - found.keys()
        if missing:
            lines = Erasure.objects.filter(desk=self.actor.desk, handle__in=missing)
            found.update((line.handle, Gone(line.at, line.why, line.item)) for line in lines)
        return found

    def text(self, handle: UUID | None) -> str:
        """One text, or nothing when it is gone or not to be seen."""
        value = self.open([handle]).get(handle) if handle else None
        return value if isinstance(value, str) else ""

    def record(self) -> None:
        """Write into the evidence what was opened, in a short transaction of its own. Call before anything is sent."""
        if not self._opened:
            return
        with transaction.atomic():
            persons = sorted(rows.values(About, "person", where="record_id", handles=list(self._opened)))
            trace = handles.new()  # one look, though it may take a line for each activity
            for version, activity in sorted(self._activities):
                evidence.record(
                    self.act,
                    self.actor,
                    self.ref,
                    operation="consult",
                    activity=register.version(self.actor.desk, version).uri(activity),
                    about=persons,
                    facts={"items": len(self._opened)},
                    kind="look",
                    trace=trace,
                )
        self._opened.clear()
        self._activities.clear()

    def _may_see(self, row: _Row) -> bool:
        if self.actor.kind == "system":
            return True
        asked = (row.version, row.activity, row.people, row.item)
        if asked not in self._seen:
            version = register.version(self.actor.desk, row.version)
            self._seen[asked] = register.may_see(version, *asked[1:], covers=self.actor.covers, facts=self.facts).yes
        return self._seen[asked]


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
