"""The register of the desk for those who work by it: activities, doubts with the officer's reason, versions, the staff's notice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe

from balie import register, vault
from balie.channels import telling
from balie.channels.console import coming, destruction, forecast
from balie.channels.console.pages import Page, page
from balie.channels.console.requests import staff_of
from balie.desk.others import counting
from balie.desk.others.counting import OthersCounted
from balie.kernel import Sentence, Wording
from balie.people import persons
from balie.register import in_use, proposing


@dataclass(frozen=True)
class FiguresShown:
    """So much is kept, about so many persons; erased in thirty days; due and there; waiting for approval; on hold; data of others.

    late: some of what waits does so for longer than its term allows.
    """

    held: int
    persons: int
    erased: int
    overdue: int
    waiting: int
    late: bool
    on_hold: int
    others: OthersCounted


@dataclass(frozen=True)
class ActivityLink:
    name: Wording
    uri: str


@dataclass(frozen=True)
class DoubtShown:
    rule: str
    at: str
    sentence: Sentence | None
    reason: Wording
    by: Wording
    review: date


@dataclass(frozen=True)
class VersionShown:
    """state: `in-force`, `earlier`, `coming`, `withdrawn`. note: why it was withdrawn. day: from which it was or will be in force."""

    number: int
    state: str
    note: str
    day: date | None
    digest: str


@require_safe
@page
def register_page(request: HttpRequest, desk: str) -> Page:
    """What the desk's register says, as it is in force."""
    version = register.in_force(desk)
    going = vault.forecast(desk)
    waiting = destruction.waiting(version)
    shown = {
        "figures": _figures(desk, going, waiting),
        "chart": forecast.chart(desk, going),
        "overdue": forecast.overdue(version),
        "held": forecast.held(desk),
        "coming": coming.shown(request),
        "waiting": waiting,
        "officer": staff_of(request).has("privacy-officer"),
        "proposed": proposing.open_at(desk) is not None,
        "activities": [_link(version, activity) for activity in version.data["activities"]],
        "doubts": list(_doubts(version)),
        "versions": _versions(desk),
    }
    notice = register.notice_for(version, audience="staff", language=telling.language())
    return Page("console/register.html", {"notice": notice, "register": shown, "here": "register"})


def _figures(desk: str, going: Sequence[vault.Going], waiting: Sequence[destruction.WaitingShown]) -> FiguresShown:
    """What is counted for the forecast anyway is not counted twice: that looks at every record."""
    now = timezone.now()
    return FiguresShown(
        held=sum(one.count for one in going),
        persons=persons.known(desk),
        erased=vault.erased_since(desk, now - timedelta(days=30)),
        overdue=sum(one.count for one in vault.overdue(desk, now)),
        waiting=sum(one.count for one in waiting),
        late=any(one.late for one in waiting),
        on_hold=sum(one.count for one in going if one.held),
        others=counting.count(desk, now=now),
    )


def _link(version: register.Version, activity: str) -> ActivityLink:
    return ActivityLink(telling.activity_name(version, activity), version.uri(activity))


def _doubts(version: register.Version) -> Iterator[DoubtShown]:
    said = {(one.rule, one.place): one.say for one in register.lint(version)}
    for answer in version.answers:
        reason, role = version.wording(answer.reason), version.wording(answer.role)
        yield DoubtShown(answer.rule, answer.at, said.get((answer.rule, answer.at)), reason, role, answer.review)


def _versions(desk: str) -> list[VersionShown]:
    """Every version that was approved, the newest first."""
    holds, waits, ended = register.in_force(desk).number, in_use.coming(desk), coming.withdrawn(desk)
    numbers = {*in_use.numbers(desk), *ended, *([waits.number] if waits else [])}
    known = (register.version(desk, number) for number in sorted(numbers, reverse=True))
    return [_version(one, holds, ended) for one in known]


def _version(one: register.Version, holds: int, ended: Mapping[int, str]) -> VersionShown:
    state = "in-force" if one.number == holds else "coming" if one.number > holds else "earlier"
    if one.number in ended:
        state = "withdrawn"
    return VersionShown(one.number, state, ended.get(one.number, ""), one.in_force_since, one.digest)
