"""The declaration of destruction: what was destroyed, under which term, who approved it, when, and how; handles and counts alone.

Of a list that a person approved, or of a month in which the sweep carried out what the register declares by itself.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from balie import evidence, register, vault
from balie.evidence import notes
from balie.privacy.models import Destruction


@dataclass(frozen=True)
class Line:
    """So many records that are alike. year: in which they were collected; None where that went with them. version: of the register."""

    activity: str
    item: str
    term: str
    version: int
    year: int | None
    handles: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.handles)


@dataclass(frozen=True)
class Declaration:
    """Everything that a declaration says; no personal data.

    handle: of the list; empty for a month. month: its first day. by: who approved, as the evidence writes it. sweeps: when the sweep
    ran in the month and how many records each took, from the evidence. note: the digest, signed with the key of the evidence.
    """

    desk: str
    lines: tuple[Line, ...]
    handle: str = ""
    begun_at: datetime | None = None
    approved_at: datetime | None = None
    by: str = ""
    carried_out_at: datetime | None = None
    stayed: tuple[str, ...] = ()
    month: date | None = None
    sweeps: tuple[tuple[datetime, int], ...] = ()
    note: str = ""

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)

    def plain(self) -> dict[str, object]:
        """For programs; what the digest is made of."""
        found = {
            "desk": self.desk,
            "list": self.handle,
            "month": f"{self.month:%Y-%m}" if self.month else "",
            "begun": _iso(self.begun_at),
            "approved": _iso(self.approved_at),
            "approved-by": self.by,
            "carried-out": _iso(self.carried_out_at),
            "records": self.count,
            "stayed": list(self.stayed),
            "sweeps": [{"at": _iso(at), "records": count} for at, count in self.sweeps],
            "destroyed": [_plain(self.desk, line) for line in self.lines],
        }
        return {key: value for key, value in found.items() if value not in ("", [])}


def lines_of(listed: Sequence[vault.Listed]) -> list[dict[str, Any]]:
    """A list as it is kept with its approval."""
    groups: dict[tuple[str, str, str, int, int], list[str]] = {}
    for one in listed:
        key = (one.activity, one.item, one.term, one.version, one.collected_at.astimezone(UTC).year)
        groups.setdefault(key, []).append(one.handle.hex)
    names = ("activity", "item", "term", "version", "year")
    return [{**dict(zip(names, key, strict=True)), "handles": handles} for key, handles in sorted(groups.items())]


def of_list(destruction: Destruction) -> Declaration:
    """What was destroyed of an approved list; of one that is still being carried out, what was approved."""
    stayed = frozenset(destruction.stayed)
    lines = tuple(_line(one, stayed) for one in destruction.lines)
    by = f"staff:{destruction.approved_by_id.hex}" if destruction.approved_by_id else ""
    return Declaration(
        desk=destruction.desk,
        lines=tuple(line for line in lines if line.handles),
        handle=destruction.handle.hex,
        begun_at=destruction.begun_at,
        approved_at=destruction.approved_at,
        by=by,
        carried_out_at=destruction.carried_out_at,
        stayed=tuple(destruction.stayed),
        note=destruction.note,
    )


def of_month(desk: str, month: date) -> Declaration:
    """What the sweep destroyed by itself in a month (UTC), from the ledger, with the sweeps that the evidence knows.

    What went with an approved list stands in that list's declaration.
    """
    begin, end = _bounds(month)
    approved = _approved(desk, begin, end)
    groups: dict[tuple[str, str, str, int], list[str]] = {}
    for one in vault.swept(desk, begin, end):
        if one.handle.hex not in approved:
            groups.setdefault((one.activity, one.item, one.why, one.version), []).append(one.handle.hex)
    lines = tuple(Line(*key, None, tuple(sorted(handles))) for key, handles in sorted(groups.items()))
    made = Declaration(desk=desk, lines=lines, month=begin.date(), sweeps=tuple(_sweeps(desk, begin, end)))
    return replace(made, note=_note(made))


def months(desk: str) -> list[date]:
    """The months (UTC) in which the sweep destroyed anything, the newest first."""
    first, last = vault.erased_between(desk)
    found, month = [], first.date().replace(day=1) if first else None
    while month and last and month <= last.date():
        if vault.swept(desk, *_bounds(month), limit=1):
            found.append(month)
        month = _bounds(month)[1].date()
    return found[::-1]


def all_of(desk: str) -> Iterator[Declaration]:
    """Every declaration that a desk can make: of its approved lists, then of the months, the newest first."""
    for row in Destruction.objects.filter(desk=desk, approved_at__isnull=False).order_by("-approved_at"):
        yield of_list(row)
    for month in months(desk):
        yield of_month(desk, month)


def digest(destruction: Destruction) -> str:
    """SHA-256 of a declaration in canonical form, in hexadecimal: what is signed and what the evidence keeps."""
    return digest_of(of_list(destruction))


def digest_of(declaration: Declaration) -> str:
    text = json.dumps(declaration.plain(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def signed(destruction: Destruction) -> str:
    """A signed note: which list, how many records, and the digest of the declaration."""
    return _note(of_list(destruction))


def _note(declaration: Declaration) -> str:
    which = declaration.handle or f"{declaration.month:%Y-%m}"
    lines = (f"balie/{declaration.desk}/destruction", which, str(declaration.count), digest_of(declaration))
    return notes.sign("\n".join(lines) + "\n", vault.signer_for(declaration.desk))


def _line(one: dict[str, Any], stayed: frozenset[str]) -> Line:
    handles = tuple(handle for handle in one["handles"] if handle not in stayed)
    return Line(one["activity"], one["item"], one["term"], one["version"], one["year"], handles)


def _plain(desk: str, line: Line) -> dict[str, object]:
    version = register.version(desk, line.version)
    found: dict[str, object] = {
        "activity": version.uri(line.activity),
        "item": line.item,
        "term": line.term,
        "records": line.count,
        "handles": list(line.handles),
    }
    return {**found, "collected": line.year} if line.year else found


def _approved(desk: str, begin: datetime, end: datetime) -> set[str]:
    """Handles of what went with approved lists that may have been carried out in a month."""
    rows = Destruction.objects.filter(desk=desk, approved_at__lt=end).exclude(carried_out_at__lt=begin)
    return {handle for row in rows for line in row.lines for handle in line["handles"]}


def _sweeps(desk: str, begin: datetime, end: datetime) -> Iterable[tuple[datetime, int]]:
    for at, facts in evidence.of_desk(desk, "retention.swept", begin, end):
        yield at, int(facts.get("records") or 0)


def _bounds(month: date) -> tuple[datetime, datetime]:
    first = month.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return datetime.combine(first, time.min, tzinfo=UTC), datetime.combine(after, time.min, tzinfo=UTC)


def _iso(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""
