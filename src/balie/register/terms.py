"""How long: the four forms in which a register says it, and the arithmetic of days. Pure, no clock.

Durations are ISO 8601 (`P2Y`, `P6M`, `P30D`, `P1W`, `PT72H`), events the closed list of the format.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Event = Literal[
    "ticket.closed",
    "ticket.last-contact",
    "account.last-active",
    "account.closed",
    "organisation.left",
    "contract.ended",
    "person.left",
    "contact.removed",
    "purpose.done",
    "item.collected",
    "consent.withdrawn",
    "share.ended",
]
EVENTS: tuple[str, ...] = get_args(Event)

# These happen to a ticket or to what was done with it. When one never comes, nobody misses it, so `latest` ends the waiting.
# All others end a lasting relation (an account, a contract, a list): as long as it lasts, waiting is the point.
PASSING = frozenset({"ticket.closed", "ticket.last-contact", "purpose.done", "consent.withdrawn", "share.ended"})

# Which holder can ever see which event happen; an event that is not here can happen to all.
HAPPENS_TO: Mapping[str, frozenset[str]] = {
    "ticket.closed": frozenset({"ticket"}),
    "ticket.last-contact": frozenset({"ticket"}),
    "account.last-active": frozenset({"account"}),
    "account.closed": frozenset({"account"}),
    "person.left": frozenset({"profile", "account", "contact-list"}),
    "contact.removed": frozenset({"contact-list"}),
    "organisation.left": frozenset({"profile", "account", "contact-list", "ticket", "asset"}),
    "contract.ended": frozenset({"profile", "account", "contact-list", "ticket", "asset", "system"}),
}

_MONTHS = tuple(calendar.month_name)
_WORDS = re.compile(r"([0-9]+) (year|month|week|day|hour)s?")
_ISO = re.compile(r"PT?([0-9]+)([YMWDH])")
_ABOUT_DAYS = {"H": 1 / 24, "D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}


@dataclass(frozen=True, slots=True)
class Keep:
    """One form taken apart. event None: permanent. month 1..12: `each January after`; else offset, P0D for `when`."""

    event: Event | None
    offset: str | None = None
    month: int | None = None


def iso(duration: str) -> str:
    """`2 years` → `P2Y`, `8 hours` → `PT8H`; what is ISO already stays."""
    found = _WORDS.fullmatch(duration)
    if not found:
        return duration
    number, unit = found[1], found[2]
    return f"PT{number}H" if unit == "hour" else f"P{number}{unit[0].upper()}"


def parse(keep: str) -> Keep:
    """Take a `keep` of the register apart. Raises ValueError for what is none of the four forms."""
    if keep == "permanent":
        return Keep(None)
    before, word, event = keep.rpartition(" ")
    if event not in EVENTS or not before:
        raise ValueError(f"«{keep}» names no term")
    return _parsed(f"{before}{word}".strip(), event)  # type: ignore[arg-type]


def _parsed(before: str, event: Event) -> Keep:
    if before in ("when", "on"):
        return Keep(event, "P0D")
    length = before.removesuffix(" after")
    if length.startswith("each ") and length[5:] in _MONTHS:
        return Keep(event, month=_MONTHS.index(length[5:]))
    if not _ISO.fullmatch(iso(length)):
        raise ValueError(f"«{length}» is no length of time")
    return Keep(event, iso(length))


def one_spelling(keep: str) -> str:
    """The same term in the spelling of the canonical form: ISO lengths, and `when` rather than `on`."""
    if keep.startswith("on "):
        return f"when {keep[3:]}"
    length, after, event = keep.partition(" after ")
    return keep if not after or keep.startswith("each ") else f"{iso(length)} after {event}"


def split(duration: str) -> tuple[int, str]:
    """`P6M` → (6, "M"); the units are Y, M, W, D, H. Raises ValueError for another form."""
    found = _ISO.fullmatch(duration)
    if not found:
        raise ValueError(f"«{duration}» is no length of time")
    return int(found[1]), found[2]


def shifted(day: date, duration: str, *, back: bool = False) -> date:
    """That long after (or before) a day. Months end on the same day or the last one; hours count as begun days.

    A day beyond the calendar's last is the last: a question never raises because a number is large.
    """
    number, unit = split(duration)
    if back:
        number = -number
    if unit in "YM":
        return _months_later(day, number * (12 if unit == "Y" else 1))
    days = {"W": number * 7, "D": number, "H": -(-number // 24)}[unit]
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if back else date.max


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_month(day: date, month: int) -> date:
    """The first of the next such month that begins after a day."""
    year = day.year + (month <= day.month)
    return date(year, month, 1) if year <= 9999 else date.max


def about_days(duration: str) -> float:
    """A length in days, near enough to tell the longer of two."""
    number, unit = split(duration)
    return number * _ABOUT_DAYS[unit]
