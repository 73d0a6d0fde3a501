"""Dates and times as a reader expects them: in the reader's language, on the clock of the desk's country."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from django.utils import timezone, translation

from balie.kernel import Wording

_LANGUAGES = ("nl", "fi", "sv", "en")
# The desk's country stands in its register (controller.country); one clock per country is enough for a service desk.
_CAPITALS = {
    "AT": "Vienna", "BE": "Brussels", "BG": "Sofia", "CH": "Zurich", "CZ": "Prague", "DE": "Berlin",
    "DK": "Copenhagen", "EE": "Tallinn", "ES": "Madrid", "FI": "Helsinki", "FR": "Paris", "GR": "Athens",
    "HR": "Zagreb", "HU": "Budapest", "IE": "Dublin", "IT": "Rome", "LI": "Vaduz", "LT": "Vilnius", "LU": "Luxembourg",
    "LV": "Riga", "MT": "Malta", "NL": "Amsterdam", "NO": "Oslo", "PL": "Warsaw", "PT": "Lisbon", "RO": "Bucharest",
    "SE": "Stockholm", "SI": "Ljubljana", "SK": "Bratislava",
}  # fmt: skip
_ELSEWHERE = {"CY": "Asia/Nicosia", "IS": "Atlantic/Reykjavik"}


def zone_of(country: str) -> ZoneInfo:
    """The clock of a country's capital (ISO 3166 code); Brussels for a country that is not in the list."""
    return ZoneInfo(_ELSEWHERE.get(country) or f"Europe/{_CAPITALS.get(country, 'Brussels')}")


def long_day(day: date | datetime) -> str:
    """22 November 2028, in the reader's language; a moment is taken on the desk's clock."""
    return _format(_local_day(day), "long", _language())


def short_day(day: date | datetime) -> str:
    """22 Nov 2028, in the reader's language."""
    return _format(_local_day(day), "medium", _language())


def day_and_month(day: date) -> str:
    """22 Nov, in the reader's language: for a scale of days."""
    return _skeleton(day, "MMMd", _language())


def month(day: date) -> str:
    """Nov, and Jan 2027 where a year begins, in the reader's language: for a scale of months."""
    return _skeleton(day, "yMMM" if day.month == 1 else "MMM", _language())


def month_of(day: date) -> str:
    """Nov 2026, in the reader's language."""
    return _skeleton(day, "yMMM", _language())


def clock(at: datetime) -> str:
    """09:14, as the reader's language writes it."""
    return _time(timezone.localtime(at).replace(second=0, microsecond=0, tzinfo=None), _language())


def second(at: datetime) -> str:
    """09:14:05, as the reader's language writes it: for what happens within the minute."""
    return _time(timezone.localtime(at).replace(microsecond=0, tzinfo=None), _language(), "medium")


def brief(at: datetime, now: datetime) -> str:
    """As short as stays clear: the time today, day and month this year, else the whole date."""
    return briefly(now)(at)


def briefly(now: datetime) -> Callable[[datetime], str]:
    """`brief` for many moments: reader's language and today's date are found out once."""
    zone, language = timezone.get_current_timezone(), _language()
    today = now.astimezone(zone).date()

    def say(at: datetime) -> str:
        here = at.astimezone(zone)
        day = here.date()
        if day == today:
            return _time(here.replace(second=0, microsecond=0, tzinfo=None), language)
        return _skeleton(day, "MMMd", language) if day.year == today.year else _format(day, "medium", language)

    return say


def moment(at: datetime, now: datetime) -> str:
    """Day and time together, for the head of a message."""
    said, time = brief(at, now), clock(at)
    return time if said == time else f"{said}, {time}"


def day_words(day: date | datetime | None) -> Wording:
    """A day as an argument of a sentence: said in whichever language the sentence is said."""
    if day is None:
        return Wording({"en": "?"}, "en")
    here = _local_day(day)
    return Wording({code: _format(here, "long", _locale(code)) for code in _LANGUAGES}, "en")


def _local_day(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def _language() -> str:
    return _locale((translation.get_language() or "en").partition("-")[0])


def _locale(language: str) -> str:
    return "en_GB" if language == "en" else language


@lru_cache(maxsize=4096)
def _format(day: date, style: str, language: str) -> str:
    return format_date(day, style, locale=language)


@lru_cache(maxsize=4096)
def _time(at: datetime, language: str, style: Literal["short", "medium"] = "short") -> str:
    return format_time(at, style, locale=language)


@lru_cache(maxsize=4096)
def _skeleton(day: date, skeleton: str, language: str) -> str:
    return format_skeleton(skeleton, day, locale=language)
