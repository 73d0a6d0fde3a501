"""How a requester can be reached: covered on the page, shown when somebody asks, and the asking is written down."""

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from balie import vault
from balie.channels import pages
from balie.channels.console.fragments import asked
from balie.channels.console.pages import Page, page
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import page_of, ticket_of
from balie.desk import contacts


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """One address or number in clear, this time: alone for the page's script, else on the whole page until the next one."""
    if request.method != "POST":  # somebody asks for this address again: the ticket, covered
        return HttpResponseRedirect(request.get_full_path().replace("/contact", "", 1))
    ticket = ticket_of(request, number)
    item = request.POST.get("item", "")
    reading = contacts.reading_of(ticket, staff_of(request))
    value = contacts.shown(ticket, item, reading)
    if not value:
        raise Http404
    if asked(request):
        return _alone(request, value, reading)
    request.reached = {item: value}  # type: ignore[attr-defined]
    return _whole(request, number=number, reading=reading)


def _alone(request: HttpRequest, value: str, reading: vault.Reading) -> HttpResponse:
    try:
        reading.record()
    except DatabaseError:
        return pages.unrecorded(request)
    return HttpResponse(value, content_type="text/plain; charset=utf-8")


@page
def _whole(request: HttpRequest, number: int, reading: vault.Reading) -> Page:
    made = page_of(request, number)
    return Page(made.template, made.context, (*made.readings, reading))
