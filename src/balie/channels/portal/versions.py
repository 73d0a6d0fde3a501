"""The address of one activity in one version of a register: what every entry of the evidence points at."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balie import register
from balie.channels.activities import activity_shown
from balie.channels.context import shown_languages
from balie.kernel import Invalid


@require_safe
def activity(request: HttpRequest, desk: str, activity: str, number: int) -> HttpResponse:
    """What an activity said in a version. An internal one is for the desk's own staff; for others it is not there."""
    version = _version(desk, number)
    act = version.data["activities"].get(activity)
    if act is None or (act.get("notice", "public") != "public" and not _is_staff(request, desk)):
        raise Http404
    shown = {
        "activity": activity_shown(version, activity),
        "version": version,
        "in_force": register.in_force(desk).number == number,
        "languages": shown_languages(version.languages),
    }
    return render(request, "portal/version.html", shown)


def _version(desk: str, number: int) -> register.Version:
    try:
        return register.version(desk, number)
    except Invalid:
        raise Http404 from None


def _is_staff(request: HttpRequest, desk: str) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.desk == desk
