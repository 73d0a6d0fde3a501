"""The register of the desk for those who work by it: activities, doubts with the officer's reason, versions, the staff's notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe

from balie import register, vault
from balie.channels import telling
from balie.channels.console import forecast
from balie.channels.console.pages import Page, page
from balie.kernel import Sentence, Wording
from balie.register import proposing


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
    number: int
    in_force: bool
    adopted_at: date | None
    digest: str


@require_safe
@page
def register_page(request: HttpRequest, desk: str) -> Page:
    """What the desk's register says, as it is in force."""
    version = register.in_force(desk)
    going = vault.forecast(desk)
    shown = {
        "figures": vault.figures(desk, timezone.now()),
        "chart": forecast.chart(desk, going),
        "overdue": forecast.overdue(version),
        "held": forecast.held(desk),
        "proposed": proposing.open_at(desk) is not None,
        "activities": [_link(version, activity) for activity in version.data["activities"]],
        "doubts": list(_doubts(version)),
        "versions": _versions(desk),
    }
    notice = register.notice_for(version, audience="staff", language=telling.language())
    return Page("console/register.html", {"notice": notice, "register": shown, "here": "register"})


def _link(version: register.Version, activity: str) -> ActivityLink:
    return ActivityLink(telling.activity_name(version, activity), version.uri(activity))


def _doubts(version: register.Version) -> Iterator[DoubtShown]:
    said = {(one.rule, one.place): one.say for one in register.lint(version)}
    for answer in version.answers:
        reason, role = version.wording(answer.reason), version.wording(answer.role)
        yield DoubtShown(answer.rule, answer.at, said.get((answer.rule, answer.at)), reason, role, answer.review)


def _versions(desk: str) -> list[VersionShown]:
    """Every version, the one in force first."""
    newest = register.in_force(desk).number
    known = (register.version(desk, number) for number in range(newest, 0, -1))
    return [VersionShown(one.number, one.number == newest, one.in_force_since, one.digest) for one in known]
