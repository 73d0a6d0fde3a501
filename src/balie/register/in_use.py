"""Which version is in force, and what an earlier one said: built once in a process, then a small query at most.

A version is built from its row and never changes. Which one is in force is asked of the database at most once a second, so a
new one is obeyed everywhere within a second of its adoption, and at once where it was adopted. One that was approved for a day to
come is in force from the midnight with which that day begins, whether or not anything of this program runs then: it is a question
of the clock, not of a job.
"""

import time
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.utils import timezone

from balie.kernel import Invalid, sentence
from balie.register import compiling
from balie.register.doubts import answer_of
from balie.register.models import Adopted, Compiled, Reach
from balie.register.reach import Decided, Scope, decisions
from balie.register.reading import read
from balie.register.versions import Version, settings_name, version_of
from balie.register.zones import zone_of

_FRESH = 1.0  # seconds
_KNOWN = 60.0  # seconds; a version never changes, but one whose adoption was rolled back never was

_desks: list[tuple[float, list[str]]] = []
_seen: dict[str, tuple[float, Version]] = {}
_decided: dict[str, tuple[float, frozenset[Decided]]] = {}
_known: dict[tuple[str, int], tuple[float, Version]] = {}


def in_force(desk: str) -> Version:
    """The version in force at a desk. Raises Invalid for a desk without one."""
    known = _seen.get(desk)
    if known and time.monotonic() - known[0] < _FRESH:
        return known[1]
    version = _of(_until_now(desk).values_list("pk", "adopted_at").first(), desk)
    _seen[desk] = time.monotonic(), version
    return version


def version(desk: str, number: int) -> Version:
    """One version of a desk's register: in force, earlier, or approved for a day to come. Raises Invalid for one that never was."""
    known = _known.get((desk, number))
    if known and time.monotonic() - known[0] < _KNOWN:
        return known[1]
    rows = Adopted.objects.filter(desk_id=desk, number=number)
    found = _of(rows.values_list("pk", "adopted_at").first(), desk)
    _known[desk, number] = time.monotonic(), found
    return found


def numbers(desk: str) -> list[int]:
    """The versions that are or were in force at a desk, by number, the newest first."""
    return list(_until_now(desk).values_list("number", flat=True))


def before(desk: str, number: int) -> Version:
    """The version that was, or is, in force before one came or was to come. Raises Invalid for the first."""
    return _of(_until_now(desk).filter(number__lt=number).values_list("pk", "adopted_at").first(), desk)


def coming(desk: str) -> Version | None:
    """The version that is approved for a day to come, if there is one."""
    rows = Adopted.objects.filter(desk_id=desk, coming__outcome="", valid_from__gt=timezone.now())
    key = rows.values_list("pk", "adopted_at").first()
    return built(*key) if key else None


def decided(desk: str) -> frozenset[Decided]:
    """The decisions of a desk that a purpose reaches older data, as they hold now (`reach.py`)."""
    known = _decided.get(desk)
    if known and time.monotonic() - known[0] < _FRESH:
        return known[1]
    rows = Reach.objects.filter(desk_id=desk, outcome="approved")
    found = frozenset(as_decided(one) for one in rows)
    _decided[desk] = time.monotonic(), found
    return found


def as_decided(row: Reach) -> Decided:
    """A decision as the questions ask it."""
    weighed = Scope(row.scope["said"], frozenset(row.scope["items"]), frozenset(row.scope["to"]))
    return Decided(row.activity, row.purpose, row.number, row.ground, weighed)  # type: ignore[arg-type]


def reached_since(desk: str, covers: frozenset[str]) -> frozenset[tuple[str, int]]:
    """For teams that cover only purposes of an activity: from which version on its tickets are theirs to see, where not from the first.

    A purpose that a version added does not reach the tickets of earlier ones, but where that was decided for all of them.
    """
    now = in_force(desk)
    parts = frozenset(one for one in covers if "/" in one and one.partition("/")[0] not in covers)
    return _reached(now, parts, decided(desk)) if parts and now.number > 1 else frozenset()


@lru_cache(maxsize=256)
def _reached(now: Version, parts: frozenset[str], decided_: frozenset[Decided]) -> frozenset[tuple[str, int]]:
    found: dict[str, int] = {}
    for activity in {one.partition("/")[0] for one in parts}:
        for number in numbers(now.desk):
            if not _has(version(now.desk, number), now, activity, parts, decided_):
                break
            found[activity] = number
    return frozenset((activity, first) for activity, first in found.items() if first > 1)


def _has(v: Version, now: Version, activity: str, parts: frozenset[str], decided_: frozenset[Decided]) -> bool:
    """Whether a version has one of these purposes, or it was decided that one reaches what was collected under it."""
    mine = {one.partition("/")[2] for one in parts if one.partition("/")[0] == activity}
    if not mine.isdisjoint(v.data["activities"].get(activity, {}).get("purposes", {})):
        return True
    found = [one for purpose in mine for one in decisions(now, activity, purpose, decided_)]
    return any(one.ground != "consent" and v.number < one.before for one in found)


def desks() -> list[str]:
    """The slugs of the desks that have a register in force, in alphabetical order."""
    if not _desks or time.monotonic() - _desks[0][0] >= _FRESH:
        found = list(Adopted.objects.order_by("desk_id").values_list("desk_id", flat=True).distinct())
        _desks[:] = [(time.monotonic(), found)]
    return list(_desks[0][1])


def forget(desk: str) -> None:
    """The version in force at a desk, or what was decided about it, has changed: look again."""
    _seen.pop(desk, None)
    _decided.pop(desk, None)
    _desks.clear()


def forget_all() -> None:
    """Look at the database again for everything: after a restore, or between tests."""
    _desks.clear()
    _seen.clear()
    _decided.clear()
    _reached.cache_clear()
    _known.clear()


@lru_cache(maxsize=256)
def built(row: int, adopted_at: datetime) -> Version:
    """The version of a row. adopted_at belongs to the key: a row that was rolled back may leave its number to another."""
    kept = Adopted.objects.select_related("compiled").get(pk=row)
    name = f"{kept.desk_id}.yaml"
    fitting = _compiled(kept)
    files = (
        compiling.documents(fitting, name=name)
        if fitting
        else (read(kept.text, name=name), read(kept.settings_text, name=settings_name(name)))
    )
    country = files[0].data["controller"]["country"]  # type: ignore[index,call-overload]
    return version_of(
        *files,
        number=kept.number,
        answers=tuple(answer_of(one) for one in kept.answers),
        in_force_since=kept.valid_from.astimezone(zone_of(str(country))).date(),
        row=row,
        known_digest=kept.digest if fitting else "",
    )


def seal_of(kept: Adopted, plain: str) -> str:
    """What a compiled copy of this version is checked by."""
    return compiling.seal(plain, kept.digest, kept.text, kept.settings_text)


def _compiled(kept: Adopted) -> str:
    """The compiled copy of a version if it fits; empty for one that has none or whose copy does not."""
    copy: Compiled | None = getattr(kept, "compiled", None)
    return copy.plain if copy and copy.digest == seal_of(kept, copy.plain) else ""


def _until_now(desk: str) -> QuerySet[Adopted]:
    """What is or was in force at a desk, the newest first."""
    rows = Adopted.objects.filter(desk_id=desk, valid_from__lte=timezone.now())
    return rows.exclude(coming__outcome="withdrawn").order_by("-number")


def _of(key: tuple[int, datetime] | None, desk: str) -> Version:
    if key is None:
        raise Invalid(
            sentence("The desk «{desk}» has no such register; put one in force first.", desk=desk), clause="30(1)"
        )
    return built(*key)
