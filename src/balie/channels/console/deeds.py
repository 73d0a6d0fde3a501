"""What was done with data under each activity, by the evidence and in numbers; and when what is looked at again."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_safe

from balie import evidence, register
from balie.channels import clock, telling
from balie.channels.console.chart import MONTHS, ChartShown, Column, chart_of
from balie.channels.console.forecast import ON_HOLD
from balie.channels.console.pages import Page, page
from balie.channels.console.requests import staff_of
from balie.kernel import Wording
from balie.people import accounts
from balie.privacy import reviewing

BACK = 12  # months that a chart shows
LAST = 8  # kinds of act of which the last is told, under one activity
# What acts are told together as, each with the class of its fill; what fits none is told as a number only.
KINDS = {
    "collected": ("c1", gettext_noop("Came in, or written down")),
    "read": ("c2", gettext_noop("Looked at")),
    "sent": ("c3", gettext_noop("Answered and sent")),
    "erased": ("withheld", gettext_noop("Erased")),
    "restricted": ("", gettext_noop("Held or restricted")),
    "refused": ("", gettext_noop("Refused")),
    "other": ("", gettext_noop("All else")),
}
_OPERATIONS = {
    **dict.fromkeys(("collect", "record"), "collected"),
    **dict.fromkeys(("consult", "retrieve"), "read"),
    **dict.fromkeys(("transmit", "disseminate", "make-available"), "sent"),
    **dict.fromkeys(("erase", "destroy", "anonymise"), "erased"),
    "restrict": "restricted",
}
_REFUSED = frozenset({"objection.rejected"})
_ROLES = {
    "agent": gettext_noop("agent"),
    "privacy-officer": gettext_noop("privacy officer"),
    "administrator": gettext_noop("administrator"),
}


@dataclass(frozen=True)
class KindShown:
    """How often acts of one kind were done. fill: the class of its colour, empty where the chart leaves it out."""

    name: str
    fill: str
    count: int


@dataclass(frozen=True)
class DeedShown:
    """The last act of one kind: its code in the evidence, the handle of what it was done to, in which role, when."""

    act: str
    handle: str
    who: str
    at: datetime


@dataclass(frozen=True)
class ActivityShown:
    """name: None for what is under no activity."""

    code: str
    name: Wording | None
    uri: str
    kinds: list[KindShown]
    all: int
    chart: ChartShown
    last: list[DeedShown]


@dataclass(frozen=True)
class ReviewShown:
    """what: is looked at again. overdue: its day has passed."""

    day: date
    what: str
    where: str
    overdue: bool


@require_safe
@page
def deeds(request: HttpRequest, desk: str) -> Page:
    """Twelve months of acts by activity, and the days of review."""
    actor, version = staff_of(request), register.in_force(desk)
    shown = {
        "here": "register",
        "activities": _activities(version, last=actor.has("privacy-officer")),
        "reviews": [_review(version, one) for one in reviewing.reviews(desk)],
        "legend": [KindShown(_(name), fill, 0) for fill, name in KINDS.values() if fill],
    }
    return Page("console/deeds.html", shown)


def _activities(version: register.Version, *, last: bool) -> list[ActivityShown]:
    months = _months(timezone.now().date())
    found: dict[str, list[evidence.Counted]] = {}
    for one in evidence.counted(version.desk, since=months[0]):
        found.setdefault(one.activity, []).append(one)
    newest = {code: _newest(rows) for code, rows in found.items()} if last else {}
    told = _told(version.desk, [place for places in newest.values() for place in places])
    names = [*version.data["activities"], *sorted(found.keys() - version.data["activities"].keys() - {""}), ""]
    return [_activity(version, code, found.get(code, []), months, told.get(code, [])) for code in names]


def _activity(
    version: register.Version,
    code: str,
    rows: list[evidence.Counted],
    months: list[date],
    last: list[DeedShown],
) -> ActivityShown:
    by_month: dict[date, Counter[str]] = {month: Counter() for month in months}
    for one in rows:
        by_month[one.month][_kind(one)] += one.times
    totals = sum(by_month.values(), Counter[str]())
    known = code in version.data["activities"]
    return ActivityShown(
        code=code or "none",
        name=telling.activity_name(version, code) if known else Wording({"en": code}, "en") if code else None,
        uri=version.uri(code) if known else "",
        kinds=[KindShown(_(name), fill, totals[kind]) for kind, (fill, name) in KINDS.items()],
        all=totals.total(),
        chart=chart_of([_column(month, by_month[month]) for month in months], MONTHS),
        last=last,
    )


def _column(month: date, counted: Counter[str]) -> Column:
    return Column(clock.month(month), tuple((fill, counted[kind]) for kind, (fill, _name) in KINDS.items() if fill))


def _kind(one: evidence.Counted) -> str:
    if one.act in _REFUSED:
        return "refused"
    return "read" if one.kind == "look" else _OPERATIONS.get(one.operation, "other")


def _newest(rows: list[evidence.Counted]) -> list[int]:
    """The place of the last entry of each act, the newest first."""
    places: dict[str, int] = {}
    for one in rows:
        places[one.act] = max(places.get(one.act, 0), one.last)
    return sorted(places.values(), reverse=True)[:LAST]


def _told(desk: str, places: list[int]) -> dict[str, list[DeedShown]]:
    found = evidence.entries(desk, places)
    roles = _roles(desk, [one.actor for one in found])
    told: dict[str, list[DeedShown]] = {}
    for one in found:
        told.setdefault(one.activity, []).append(DeedShown(one.act, one.ref, roles[one.actor], one.at))
    return told


def _roles(desk: str, actors: Iterable[str]) -> Mapping[str, str]:
    """In which role each acted: of staff the roles of the account, never a name."""
    named = {actor: actor.partition(":") for actor in actors}
    staff = [UUID(handle) for kind, _colon, handle in named.values() if kind == "staff"]
    roles = accounts.roles(desk, staff)
    return {actor: _role(kind, handle, roles) for actor, (kind, _colon, handle) in named.items()}


def _role(kind: str, handle: str, roles: Mapping[UUID, list[str]]) -> str:
    if kind == "system":
        return _("the software (%(act)s)") % {"act": handle}
    if kind != "staff":
        return _("requester")
    mine = roles.get(UUID(handle), [])
    return ", ".join(_(_ROLES[role]) for role in mine if role in _ROLES) or _("staff")


def _review(version: register.Version, one: reviewing.Review) -> ReviewShown:
    what, where = _what(version, one)
    return ReviewShown(one.day, what, where, one.day < timezone.localdate())


def _what(version: register.Version, one: reviewing.Review) -> tuple[str, str]:
    if one.kind == "register":
        return _("The register"), ""
    if one.kind == "term":
        return _("The term «%(term)s»") % {"term": one.name}, ""
    if one.kind == "doubt":
        return _("The answer to doubt %(rule)s") % {"rule": one.name}, one.at
    counted = ngettext("%(n)s item", "%(n)s items", one.count) % {"n": one.count}
    if one.kind == "hold":
        return _("On hold: %(reason)s") % {"reason": _(ON_HOLD.get(one.name, one.name))}, counted
    item = version.label(one.name).read(telling.language())
    return _("Kept permanently: %(item)s") % {"item": item}, counted


def _months(today: date) -> list[date]:
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - BACK + 1, last + 1)]
