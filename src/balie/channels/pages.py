"""Pages that say why there is no page: refused, not there, erased, too old a form, out of order. Each names the way out."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from balie.channels.access import ROUTES
from balie.kernel import Sentence, Stop, sentence

STATUS = {"refused": 403, "invalid": 422, "erased": 410, "conflict": 409, "stop": 400}


@dataclass(frozen=True)
class WayOut:
    url: str
    words: str


def stopped(request: HttpRequest, stop: Stop) -> HttpResponse:
    """A refusal for which there is no form to show again."""
    titles = {
        "refused": _("This is refused"),
        "invalid": _("This does not fit"),
        "erased": _("This is no longer here"),
        "conflict": _("Somebody was first"),
    }
    return _page(request, STATUS[stop.code], titles.get(stop.code, _("This is refused")), stop.sentence)


def refused(request: HttpRequest, said: Sentence) -> HttpResponse:
    """Seen, but not this reader's to do."""
    return _page(request, 403, _("This is refused"), said)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:
    """Not there, or not for this reader: the two look the same."""
    said = sentence("There is nothing at this address, or nothing that you may see.")
    return _page(request, 404, _("Nothing here"), said)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the session that it was made for: nothing is done, and what was typed is handed back."""
    said = sentence("This page was open longer than your session. Nothing was sent. Sign in again and send it anew.")
    return _page(request, 403, _("This form is too old"), said)


def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:
    """A request that no page of ours makes."""
    return _page(
        request, 400, _("This cannot be read"), sentence("This request cannot be read. Go back and try again.")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Our own mistake. Nothing of the page that failed is shown."""
    said = sentence("Something went wrong on our side. Nothing half done was kept. Try again.")
    return _page(request, 500, _("Out of order"), said)


def unrecorded(request: HttpRequest) -> HttpResponse:
    """What is shown must stand in the evidence first; while it cannot, nothing is shown (invariant 5)."""
    said = sentence("Your look at this page could not be written down, so it is not shown. Try again in a moment.")
    return _page(request, 503, _("Not shown"), said)


def unreachable(request: HttpRequest) -> HttpResponse:
    """The database is locked, full or away: nothing was changed, and what was typed is handed back."""
    said = sentence("The database cannot be used at this moment. Nothing was changed. Try again in a moment.")
    return _page(request, 503, _("Out of order"), said)


def _page(request: HttpRequest, status: int, title: str, said: Sentence) -> HttpResponse:
    """Made without anything that could be out of order itself: no register, no database, no session.

    What was typed into the form that led here is handed back: nothing that somebody wrote is ever lost.
    """
    typed = request.POST.get("text", "") if request.method == "POST" else ""
    language = (translation.get_language() or "en").partition("-")[0]
    context = {"title": title, "sentence": said, "typed": typed, "language": language, "out": _way_out(request)}
    return HttpResponse(render_to_string("errors/page.html", context), status=status)


def _way_out(request: HttpRequest) -> WayOut:
    actor = getattr(request, "actor", None)
    if actor is not None and actor.kind == "staff":
        return WayOut(reverse("tickets", kwargs={"desk": actor.desk}), _("To the tickets"))
    match = request.resolver_match
    if (
        match is not None
        and (row := ROUTES.get(match.url_name or ""))
        and row.door == "console"
        and "desk" in match.kwargs
    ):
        return WayOut(reverse("sign-in", kwargs={"desk": match.kwargs["desk"]}), _("To sign in"))
    return WayOut(reverse("desks"), _("To the desks"))
