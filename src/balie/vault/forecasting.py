"""What goes when: counted by month, kind of data and term, without looking at anything."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, ExpressionWrapper, Q
from django.db.models.fields import BooleanField, CharField
from django.db.models.functions import Cast, Substr

from balie.vault.models import Record


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
    """What of a desk goes in which month, soonest first, then what has no date yet. until: only what has gone by that moment."""
    rows = Record.objects.filter(desk=desk).order_by()
    if until is not None:
        rows = rows.filter(erase_at__lte=until)
    # The month is cut from the moment as it is stored (UTC): a function of Python's for each row would take seconds.
    waits = ExpressionWrapper(Q(happened_at__isnull=True) & ~Q(trigger=""), output_field=BooleanField())
    grouped = rows.annotate(month=Substr(Cast("erase_at", CharField()), 1, 7), waits=waits).values_list(
        "month", "activity", "item", "term", "term_version", "trigger", "waits", "on_hold", "review"
    )
    found = [_going(*row) for row in grouped.annotate(count=Count("pk"))]
    return sorted(found, key=lambda one: (one.month is None, one.month, *_order(one)))


def _order(one: Going) -> tuple[str, str, str, int, bool]:
    return one.activity, one.item, one.term, one.version, one.waits


def _going(month: str | None, *rest: object) -> Going:
    return Going(date.fromisoformat(f"{month}-01") if month else None, *rest)  # type: ignore[arg-type]
