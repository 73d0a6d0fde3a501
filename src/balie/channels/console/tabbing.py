"""A ticket is put away: it stands in the bar no longer."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import ticket_of
from balie.desk import tabs


@require_POST
def tab_end(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Close the tab of a ticket. Whoever looked at that ticket goes to the list, anybody else stays."""
    ticket = ticket_of(request, number)
    tabs.close(ticket, actor=staff_of(request))
    stay = _own(request.POST.get("stay", ""), desk)
    return HttpResponseRedirect(stay or reverse("tickets", kwargs={"desk": desk}), status=303)


def _own(place: str, desk: str) -> str:
    """A path of this desk's pages and nothing else: where somebody stood when they closed a tab."""
    return place if place.startswith(f"/{desk}/") and "//" not in place and "\\" not in place else ""
