"""The privacy officer holds a ticket's data beyond their term, or lets them go."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from balie.channels.console.pages import acts
from balie.channels.console.proposing import day_of
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import again, ticket_of, to_ticket
from balie.privacy import holding


@require_POST
@acts(again=again)
def holds(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Hold what the ticket holds."""
    ticket = ticket_of(request, number)
    until = day_of(request.POST.get("until", ""))
    holding.hold(ticket, reason=request.POST.get("reason", ""), until=until, actor=staff_of(request))
    return to_ticket(request, ticket, "#holds")


@require_POST
@acts(again=again)
def hold_end(request: HttpRequest, desk: str, number: int, reason: str) -> HttpResponse:
    """End a hold."""
    ticket = ticket_of(request, number)
    holding.release(ticket, reason=reason, actor=staff_of(request))
    return to_ticket(request, ticket, "#holds")
