"""When each record goes: set at collection, moved by the events that the register names."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from balie import register
from balie.kernel import Actor
from balie.vault.models import Record

COLLECTED = "item.collected"
_Kind = tuple[int, str, str, str, str]  # version, activity, people, item, holder: records that go by one rule


def wind(record: Record, rule: register.EraseRule, happened: Mapping[str, datetime]) -> None:
    """Set a new record's term: a date when its event has happened already, else the latest date while it waits for it."""
    record.term = rule.term
    if rule.event is None:
        record.review = rule.review
        return
    record.trigger = rule.event
    since = record.collected_at if rule.event == COLLECTED else happened.get(rule.event)
    if since is not None:
        record.happened_at = since
        record.erase_at = moment(rule, since)
    else:
        record.erase_at = latest(rule, record.collected_at)


def start_clock(held_by: UUID | Iterable[UUID], event: str, *, on: datetime, actor: Actor) -> int:
    """An event happened to what holds the records: those that waited for it (or run from its last time) get their date.

    Returns how many. In the caller's transaction; the verb that calls records the evidence.
    """
    waiting = _of(held_by, event, actor)
    return sum(_move(group, on=on) for group in _groups(waiting))


def stop_clock(held_by: UUID | Iterable[UUID], event: str, *, actor: Actor) -> int:
    """The event is taken back (a ticket is opened again): the records wait anew, until their latest date at most."""
    changed = 0
    for kind, rows in _groups(_of(held_by, event, actor)):
        rule = _rule(actor.desk, kind)
        for row in rows:
            row.happened_at, row.erase_at = None, latest(rule, row.collected_at)
        changed += Record.objects.bulk_update(rows, ["happened_at", "erase_at"], batch_size=200)
    return changed


def moment(rule: register.EraseRule, happened: datetime) -> datetime | None:
    """The moment of erasure once the event has happened; None when kept permanently.

    A term in hours ends to the hour; any other at the start (UTC) of the day that the register's arithmetic gives.
    """
    if rule.offset and rule.offset.startswith("PT"):
        return happened + timedelta(hours=int(rule.offset[2:-1]))
    if rule.offset == "P0D" and not rule.month:
        return happened
    day = register.erase_on(rule, happened.astimezone(UTC).date())
    return None if day is None else _start_of(day)


def latest(rule: register.EraseRule, collected: datetime) -> datetime | None:
    """The latest date for what waits for an event that may never come; None where waiting is the point (an account)."""
    day = register.latest_on(rule, collected.astimezone(UTC).date())
    return None if day is None else _start_of(day)


def _of(held_by: UUID | Iterable[UUID], event: str, actor: Actor) -> list[Record]:
    wanted = [held_by] if isinstance(held_by, UUID) else list(held_by)
    rows = Record.objects.filter(desk=actor.desk, held_by__in=wanted, trigger=event)
    return list(rows.defer("sealed"))


def _groups(records: list[Record]) -> Iterable[tuple[_Kind, list[Record]]]:
    groups: dict[_Kind, list[Record]] = {}
    for row in records:
        groups.setdefault((row.term_version, row.activity, row.people, row.item, row.holder), []).append(row)
    return groups.items()


def _rule(desk: str, kind: _Kind) -> register.EraseRule:
    version, activity, people, item, holder = kind
    return register.erase_rule(register.version(desk, version), activity, people, item, holder=holder)  # type: ignore[arg-type]


def _move(group: tuple[_Kind, list[Record]], *, on: datetime) -> int:
    kind, rows = group
    rule = _rule(rows[0].desk, kind)
    handles = [row.handle for row in rows]
    return Record.objects.filter(handle__in=handles).update(happened_at=on, erase_at=moment(rule, on))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
