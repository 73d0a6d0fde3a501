"""Working days of a country: so long a person has to decide, and no holiday counts."""

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

TO_DECIDE = 2  # working days until something undecided is due (mission S3.12)
_SATURDAY = 5


def due(noticed_at: datetime, *, country: str, days: int = TO_DECIDE) -> datetime:
    """The same hour so many working days later: Saturdays, Sundays and the public holidays of the country do not count.

    country: ISO 3166-1 alpha-2; of one that is not known only the weekends are left out.
    """
    at = timezone.localtime(noticed_at)
    while days:
        at += timedelta(days=1)
        days -= is_working_day(at.date(), country=country)
    return at


def is_working_day(day: date, *, country: str) -> bool:
    return day.weekday() < _SATURDAY and day not in _holidays(country.upper(), day.year)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    if country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))
