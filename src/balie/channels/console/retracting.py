"""An answer that has not gone is taken back by who wrote it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from balie.channels.console.pages import acts
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import again, ticket_of, to_ticket
from balie.desk import taking_back


@require_POST
@acts(again=again)
def retraction(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """Take the answer back: what was written stands in its box again."""
    ticket = ticket_of(request, number)
    message = ticket.messages.filter(handle=handle).first()
    if message is None:
        raise Http404
    message.ticket = ticket
    taking_back.take_back(message, actor=staff_of(request))
    return to_ticket(request, ticket, "#write", write="answer")
