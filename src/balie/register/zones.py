"""The clock by which a desk lives: that of its country. A day of the register begins at midnight there."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from balie.register.versions import Version

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


def zone(version: Version) -> ZoneInfo:
    """The clock of a desk."""
    return zone_of(version.data["controller"]["country"])


def midnight(version: Version, day: date) -> datetime:
    """The moment with which a day begins at a desk."""
    return datetime.combine(day, time.min, zone(version))


def day_at(version: Version, moment: datetime) -> date:
    """Which day it is at a desk."""
    return moment.astimezone(zone(version)).date()
