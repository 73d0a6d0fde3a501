"""The right to object: an agent writes it down, the data rest, a named person decides (GDPR 21; missions S0.9, S0.12)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from balie.channels.console.pages import acts
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import again, ticket_of, to_ticket
from balie.privacy import objections


@require_POST
@acts(again=again)
def recorded(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Write down that the requester objects."""
    ticket = ticket_of(request, number)
    objections.record(ticket, actor=staff_of(request))
    return to_ticket(request, ticket, "#objection")


@require_POST
@acts(again=again)
def decision(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """Decide it: one person, one ticket, one reason, nothing chosen beforehand."""
    ticket = ticket_of(request, number)
    found = next((one for one in objections.of(ticket) if one.handle == handle), None)
    if found is None:
        raise Http404
    outcome, _slash, reason = request.POST.get("decision", "").partition("/")
    text = request.POST.get("why", "")
    objections.decide(found, outcome=outcome, reason=reason, text=text, actor=staff_of(request))
    return to_ticket(request, ticket, "#objection")
