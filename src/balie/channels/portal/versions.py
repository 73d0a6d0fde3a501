"""The address of one activity in one version of a register: what every entry of the evidence points at."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balie import register
from balie.channels.activities import activity_shown
from balie.channels.context import shown_languages
from balie.channels.portal.notice import published


@require_safe
def activity(request: HttpRequest, desk: str, activity: str, number: int) -> HttpResponse:
    """What an activity said in a version. An internal one is for the desk's own staff; for others it is not there."""
    version = published(desk, number)
    act = version.data["activities"].get(activity)
    if act is None or (act.get("notice", "public") != "public" and not _is_staff(request, desk)):
        raise Http404
    shown = {
        "activity": activity_shown(version, activity),
        "version": version,
        "state": _state(number, register.in_force(desk).number),
        "languages": shown_languages(version.languages),
    }
    return render(request, "portal/version.html", shown)


def _state(number: int, in_force: int) -> str:
    """`in-force`, `earlier` or `coming`."""
    if number == in_force:
        return "in-force"
    return "earlier" if number < in_force else "coming"


def _is_staff(request: HttpRequest, desk: str) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.desk == desk
