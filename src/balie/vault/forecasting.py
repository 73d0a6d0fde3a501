"""What goes when: counted by month, kind of data and term, without looking at anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, ExpressionWrapper, Q
from django.db.models.fields import BooleanField, CharField
from django.db.models.functions import Cast, Substr

from balie.vault.models import Forecast, Record


@dataclass(frozen=True)
class Going:
    """So many records that go in one month.

    month: its first day, None for what has no date. waits: the month is the latest; an event that has not come sets the date.
    held: on hold, so that it does not go before the hold ends. trigger, review: what ends, or questions, what has no date.
    version: in whose words the term is told: a later one may call another length by the same name.
    """

    month: date | None
    activity: str
    item: str
    term: str
    version: int
    trigger: str
    waits: bool
    held: bool
    review: date | None
    count: int


def forecast(desk: str, *, until: datetime | None = None) -> list[Going]:
    """What of a desk goes in which month, soonest first, then what has no date yet. until: only what has gone by that moment.

    Without a moment it costs a line for each month and kind of data, however much is kept: the database counts all along.
    """
    return _sorted(_going(*row) for row in (_counted(desk) if until is None else _looked_at(desk, until)))


def miscounted(desk: str) -> list[Going]:
    """Lines of the forecast that do not tell what is kept, as it is kept; costs a look at every record."""
    told = {_going(*row) for row in _counted(desk)}
    return _sorted({_going(*row) for row in _looked_at(desk, None)} ^ told)


_Row = tuple[Any, ...]
_ALIKE = ("month", "activity", "item", "term", "term_version", "trigger", "waits")


def _counted(desk: str) -> Iterable[_Row]:
    rows = Forecast.objects.filter(desk=desk, count__gt=0)
    for *alike, review, count in rows.values_list(*_ALIKE, "held", "review", "count"):
        yield (*alike, date.fromisoformat(review) if review else None, count)


def _looked_at(desk: str, until: datetime | None) -> Iterable[_Row]:
    rows = Record.objects.filter(desk=desk).order_by()
    if until is not None:
        rows = rows.filter(erase_at__lte=until)
    # The month is cut from the moment as it is stored (UTC): a function of Python's for each row would take seconds.
    waits = ExpressionWrapper(Q(happened_at__isnull=True) & ~Q(trigger=""), output_field=BooleanField())
    grouped = rows.annotate(month=Substr(Cast("erase_at", CharField()), 1, 7), waits=waits)
    return grouped.values_list(*_ALIKE, "on_hold", "review").annotate(count=Count("pk"))


def _sorted(found: Iterable[Going]) -> list[Going]:
    return sorted(found, key=lambda one: (one.month is None, one.month, *_order(one)))


def _order(one: Going) -> tuple[str, str, str, int, bool]:
    return one.activity, one.item, one.term, one.version, one.waits


def _going(month: str | None, *rest: Any) -> Going:
    return Going(date.fromisoformat(f"{month}-01") if month else None, *rest)
