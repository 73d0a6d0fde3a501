"""Reading what was recorded: followers by cursor, and who has looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from balie.evidence.models import Entry
from balie.kernel.prepared import prepared


@dataclass(frozen=True)
class SealedEntry:
    """One sealed entry, for a follower. Its fields are those of `record`; at: when, UTC."""

    index: int
    desk: str
    trace: UUID
    act: str
    operation: str
    actor: str
    ref: UUID | None
    about: tuple[UUID, ...]
    activity: str
    facts: Mapping[str, str | int | float | bool | None]
    kind: str
    at: datetime

    @property
    def cursor(self) -> int:
        """Where a follower goes on that has done with this entry."""
        return self.index + 1


def after(desk: str, cursor: int, limit: int = 1000) -> list[SealedEntry]:
    """Up to `limit` sealed entries of a desk from `cursor` on, in order. A follower begins at 0 and keeps `.cursor`.

    Only sealed entries: what a follower has read no longer changes its place. Entries past their term are passed over.
    """
    rows = Entry.objects.filter(desk=desk, index__gte=cursor, salt__isnull=False).order_by("index")[:limit]
    return [_sealed(row) for row in rows]


def seen_by(desk: str, ref: UUID) -> list[tuple[str, int, datetime]]:
    """Who has looked at what this handle names: actor, how often, when last (UTC); the latest first. Beyond 5."""
    return [(actor, times, _moment(last)) for actor, times, last in _looks(desk, ref)]


@prepared
def _looks(desk: str, ref: UUID) -> QuerySet[Entry, tuple[str, int, int]]:
    looks = Entry.objects.filter(desk=desk, ref=ref, kind="look").values("actor")  # past its term it names nothing
    counted = looks.annotate(times=Count("trace", distinct=True), last=Max("at"))
    return counted.order_by("-last", "actor").values_list("actor", "times", "last")


def _sealed(row: Entry) -> SealedEntry:
    assert row.index is not None
    assert row.trace is not None
    assert row.at is not None
    return SealedEntry(
        index=row.index,
        desk=row.desk,
        trace=UUID(bytes=bytes(row.trace)),
        act=row.act,
        operation=row.operation,
        actor=row.actor,
        ref=row.ref,
        about=tuple(UUID(one) for one in row.about),
        activity=row.activity,
        facts=row.facts,
        kind=row.kind,
        at=_moment(row.at),
    )


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)
