"""A new version of the register ends some things sooner: what is stored already goes sooner too. Never later (GDPR 5(1)(e))."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balie import register
from balie.kernel import Stop
from balie.vault import clock
from balie.vault.models import Record

SLICE = 1000

# When something happened to what holds records: asked of those who know, for the vault does not.
Happened = Callable[[str, Iterable[UUID]], Mapping[UUID, datetime]]


@dataclass(frozen=True)
class Effect:
    """What a version does to what is stored. sooner: so many records end sooner; due: so many of them at once."""

    sooner: int = 0
    due: int = 0

    def __add__(self, other: "Effect") -> "Effect":
        return Effect(self.sooner + other.sooner, self.due + other.due)


def effect(version: "register.Version", *, happened: Happened, now: datetime) -> Effect:
    """What `shorten` would do now with this version, in force or not; nothing is changed."""
    return _all(version, happened, now, keep=False)


@transaction.atomic
def shorten(version: "register.Version", *, happened: Happened, now: datetime) -> Effect:
    """Let what this desk stored under earlier versions end as this one says, wherever that is sooner.

    Each record keeps the version under which it was collected, and with it purposes and readers; its term is the new one's. What the
    new version no longer names keeps its old term. In the caller's transaction; the verb that calls records the evidence.
    """
    return _all(version, happened, now, keep=True)


def as_in_force(record: Record, version: "register.Version", happened: Mapping[str, datetime]) -> None:
    """Let what is put away or declared anew under an earlier version (its ticket's) end as the one in force says, where that is sooner.

    Else what comes to an old ticket would be kept longer than what it holds already. happened: events that have happened to its holder.
    """
    if version.row is None or version == (now := register.in_force(version.desk)):
        return
    old, new = _rules((version.number, record.activity, record.people, record.item, record.holder), now)
    if new is None or old is None or not _may_be_sooner(old, new):
        return
    since = record.collected_at if new.event == clock.COLLECTED else happened.get(str(new.event))
    if _moves(record, old, new, since):
        _wind(record, new, now, since)


def _all(version: "register.Version", happened: Happened, now: datetime, *, keep: bool) -> Effect:
    found = Effect()
    for kind in _kinds(version.desk):
        old, new = _rules(kind, version)
        if new is not None and old is not None and _may_be_sooner(old, new):
            for some in _slices(version.desk, kind):
                found += _sooner(some, old, new, version, happened, now, keep=keep)
    return found


_Kind = tuple[int, str, str, str, str]


def _kinds(desk: str) -> list[_Kind]:
    rows = Record.objects.filter(desk=desk).order_by()
    return list(rows.values_list("term_version", "activity", "people", "item", "holder").distinct())


def _slices(desk: str, kind: _Kind) -> Iterator[list[Record]]:
    """Records of one kind, some at a time, in the order of their handles."""
    names = ("term_version", "activity", "people", "item", "holder")
    rows = Record.objects.filter(desk=desk, **dict(zip(names, kind, strict=True))).order_by("handle").defer("sealed")
    last: UUID | None = None
    while some := list((rows.filter(handle__gt=last) if last else rows)[:SLICE]):
        yield some
        last = some[-1].handle


def _rules(kind: _Kind, version: "register.Version") -> tuple["register.EraseRule | None", "register.EraseRule | None"]:
    number, activity, people, item, holder = kind
    try:
        old, new = (
            register.erase_rule(one, activity, people, item, holder=holder)  # type: ignore[arg-type]
            for one in (register.version(version.desk, number), version)
        )
    except Stop:
        return None, None  # one of them does not name it
    return old, new


def _may_be_sooner(old: "register.EraseRule", new: "register.EraseRule") -> bool:
    same = (old.event, old.offset, old.month, old.latest) == (new.event, new.offset, new.month, new.latest)
    return not same and new.event is not None


def _sooner(
    rows: list[Record],
    old: "register.EraseRule",
    new: "register.EraseRule",
    version: "register.Version",
    happened: Happened,
    now: datetime,
    *,
    keep: bool,
) -> Effect:
    times = _times(rows, new, happened)
    moved = [row for row in rows if _moves(row, old, new, times.get(row.handle))]
    for row in moved:
        _wind(row, new, version, times.get(row.handle))
    if keep:
        fields = ["term", "trigger", "happened_at", "erase_at", "review", "term_version"]
        Record.objects.bulk_update(moved, fields, batch_size=100)
    return Effect(len(moved), sum(1 for row in moved if row.erase_at and row.erase_at <= now))


def _times(rows: list[Record], new: "register.EraseRule", happened: Happened) -> Mapping[UUID, datetime]:
    """When the new term's event happened, by record."""
    if new.event == clock.COLLECTED:
        return {row.handle: row.collected_at for row in rows}
    known = {row.handle: row.happened_at for row in rows if row.trigger == new.event and row.happened_at}
    others = [row for row in rows if row.trigger != new.event]
    told = happened(str(new.event), {row.held_by for row in others}) if others else {}
    return {**known, **{row.handle: told[row.held_by] for row in others if row.held_by in told}}


def _moves(row: Record, old: "register.EraseRule", new: "register.EraseRule", since: datetime | None) -> bool:
    """Whether a record ends sooner by the new rule: by its day, or by the length of a term that has not begun."""
    day = _day(row, new, since)
    if day is None:
        return False
    if row.erase_at is None or day < row.erase_at:
        return True
    same_event = row.trigger == new.event and old.offset and new.offset
    return bool(same_event and day == row.erase_at and register.shorter(new, old))


def _day(row: Record, new: "register.EraseRule", since: datetime | None) -> datetime | None:
    return clock.moment(new, since) if since else clock.latest(new, row.collected_at)


def _wind(row: Record, new: "register.EraseRule", version: "register.Version", since: datetime | None) -> None:
    row.term, row.trigger, row.happened_at = new.term, str(new.event), since
    row.erase_at, row.review, row.term_version = _day(row, new, since), None, version.number
