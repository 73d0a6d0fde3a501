"""What will be erased when, what should have gone, what is held: for those who watch over the register."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from balie import register, vault
from balie.channels import clock, telling
from balie.channels.console import destruction
from balie.channels.console.chart import MONTHS, ChartShown, Column, chart_of
from balie.channels.console.held import REASONS
from balie.channels.console.pages import Page, page
from balie.channels.console.requests import staff_of
from balie.kernel import Wording
from balie.privacy import warning

AHEAD = 12  # months that the chart shows
# Which part of a bar an item is in: what people said, files, and all that says who they are and how to reach them.
_SAID = frozenset({"message", "subject"})
_FILES = frozenset({"attachment", "raw-message"})
ON_HOLD = {"objection": gettext_noop("An objection is being weighed"), **REASONS}


@dataclass(frozen=True)
class GoingShown:
    """So many of one item that go under one term. month: None where no date is set yet. note: what that waits for."""

    activity: Wording
    item: Wording
    term: str
    month: date | None
    count: int
    note: str


@dataclass(frozen=True)
class OverdueShown:
    item: Wording
    term: str
    since: datetime
    count: int


@dataclass(frozen=True)
class HeldShown:
    reason: str
    until: date | None
    count: int


@dataclass(frozen=True)
class WarningShown:
    """On a day, so many are told of the end of what they asked, which goes under a term."""

    day: date
    term: str
    due: date
    count: int


@dataclass(frozen=True)
class ForecastShown:
    """The whole page."""

    chart: ChartShown
    going: list[GoingShown]
    overdue: list[OverdueShown]
    held: list[HeldShown]
    warnings: list[WarningShown]
    waiting: list[destruction.WaitingShown]


@require_safe
@page
def forecast(request: HttpRequest, desk: str) -> Page:
    """What goes in which month, by activity, item and term (GDPR 5(1)(e))."""
    return Page(
        "console/forecast.html",
        {
            "here": "register",
            "forecast": _shown(desk),
            "officer": staff_of(request).has("privacy-officer"),
        },
    )


def chart(desk: str, going: Sequence[vault.Going]) -> ChartShown:
    """The months to come, what has a date in each."""
    months = _months(timezone.localdate())
    counted: dict[date, Counter[str]] = {month: Counter() for month in months}
    for one in going:
        if one.month in counted:
            counted[one.month]["withheld" if one.held else _part(one.item)] += one.count
    return chart_of([_column(month, counted[month]) for month in months], MONTHS)


def _shown(desk: str) -> ForecastShown:
    version, going = register.in_force(desk), vault.forecast(desk)
    return ForecastShown(
        chart=chart(desk, going),
        going=[_going(version, register.version(desk, one.version), one) for one in going],
        overdue=overdue(version),
        held=held(desk),
        warnings=[
            WarningShown(one.day, telling.term(version, one.term), one.due, one.count)
            for one in warning.coming(desk, now=timezone.now())
        ],
        waiting=destruction.waiting(version),
    )


def overdue(version: register.Version) -> list[OverdueShown]:
    found = vault.overdue(version.desk, timezone.now())
    return [
        OverdueShown(version.label(one.item), telling.term(version, one.term), one.since, one.count) for one in found
    ]


def held(desk: str) -> list[HeldShown]:
    return [HeldShown(_(ON_HOLD.get(one.reason, one.reason)), one.until, one.count) for one in vault.on_hold(desk)]


def _going(version: register.Version, kept_by: register.Version, one: vault.Going) -> GoingShown:
    name = telling.activity_name(version, one.activity)
    term = telling.term(kept_by, one.term)
    return GoingShown(name, version.label(one.item), term, one.month, one.count, _note(one))


def _note(one: vault.Going) -> str:
    if one.held:
        return _("on hold")
    if one.review is not None:
        return _("kept permanently, looked at again on %(day)s") % {"day": clock.short_day(one.review)}
    if one.month is None:
        return _("lasts until %(event)s") % {"event": telling.event(one.trigger)}
    return _("at the latest") if one.waits else ""


def _part(item: str) -> str:
    return "c1" if item in _SAID else "c3" if item in _FILES else "c2"


def _column(month: date, counted: Counter[str]) -> Column:
    return Column(clock.month(month), tuple((kind, counted[kind]) for kind in ("c1", "c2", "c3", "withheld")))


def _months(today: date) -> list[date]:
    first = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + AHEAD)]
