"""How long entries are kept: a term for acts and one for looks, of each desk, as its register says."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from balie.evidence.models import Log

_DURATION = re.compile(r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?")
_FIRST = date(1970, 1, 1)


def set_terms(desk: str, *, acts: str, looks: str) -> None:
    """From now on, what this desk seals is kept this long; what is sealed already keeps the term it was sealed under.

    acts, looks: ISO 8601 durations as `P5Y`, at least a day. ValueError for anything else. Mission, Beyond 5.
    """
    for term in (acts, looks):
        if last_day(0, term) < 1:
            raise ValueError(f"«{term}» is too short a term for evidence")
    Log.objects.update_or_create(desk=desk, defaults={"acts": acts, "looks": looks})


def last_day(at: int, term: str) -> int:
    """The day, counted from 1970-01-01, on which a term ends that began at `at` (milliseconds since 1970)."""
    parts = _DURATION.fullmatch(term)
    if parts is None or term.endswith("T"):
        raise ValueError(f"«{term}» is no ISO 8601 duration as P5Y")
    years, months, weeks, days, hours = (int(part or 0) for part in parts.groups())
    start = datetime.fromtimestamp(at / 1000, UTC).date()
    return (_months_later(start, years * 12 + months) + timedelta(weeks=weeks, days=days, hours=hours) - _FIRST).days


def day_number(moment: datetime) -> int:
    """The day of a moment (UTC), counted from 1970-01-01."""
    return (moment.astimezone(UTC).date() - _FIRST).days


def day(number: int) -> date:
    return _FIRST + timedelta(days=number)


def _months_later(start: date, months: int) -> date:
    """A term from 31 January of one month ends on the last day of February: the shorter month gives way."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
