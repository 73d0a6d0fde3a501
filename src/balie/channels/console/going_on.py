"""Going on after an act: who chose so finds the next ticket of the view, with a line that says what was done."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from balie.channels.console.queue import query_of
from balie.channels.console.requests import account_of, staff_of
from balie.desk import queue, views
from balie.desk.models import Ticket
from balie.people import preferences


@dataclass(frozen=True)
class Next:
    """What comes next in the view that one works from; number: None where this was the last one."""

    number: int | None


def next_of(request: HttpRequest, ticket: Ticket) -> Next | None:
    """The next ticket, asked before the act, while this one still has its place; None where one stays or works from no view."""
    slug = request.GET.get("view", "")
    known = views.known_as(slug, actor=staff_of(request)) if slug else None
    if known is None or preferences.of(account_of(request)).after != "next":
        return None
    return Next(queue.following(known.asked, ticket, actor=staff_of(request)))


def to_next(request: HttpRequest, ticket: Ticket, following: Next | None, *, did: str) -> HttpResponse | None:
    """There, or to the list when nothing is left in it; None where one stays with the ticket."""
    if following is None:
        return None
    place = reverse("tickets", kwargs={"desk": ticket.desk})
    if following.number is not None:
        place = reverse("ticket", kwargs={"desk": ticket.desk, "number": following.number})
    said = urlencode({"did": f"{did}.{ticket.number}"})
    return HttpResponseRedirect(f"{place}{query_of(request)}&{said}", status=303)
