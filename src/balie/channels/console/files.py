"""Attachments: handed out one by one, recorded before the first byte leaves, never run in the browser."""

from uuid import UUID

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from balie import vault
from balie.channels import pages
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import ticket_of
from balie.desk import conversation
from balie.kernel import Erased, sentence


@require_safe
def attachment(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """One file of a visible ticket, to be saved. Raises Erased when its term has passed."""
    ticket = ticket_of(request, number)
    message = ticket.messages.filter(attachments__handle=handle).first()
    if message is None:
        raise Http404
    file = message.attachments.get(handle=handle)
    reading = vault.Reading(staff_of(request), "attachment.taken", ticket.handle)
    content = reading.open([file.content]).get(file.content)
    name = conversation.name_of(file, ticket, reading)
    if isinstance(content, vault.Gone):
        raise Erased(sentence("This attachment has been erased. Nothing of it is left."))
    if not isinstance(content, bytes):
        raise Http404
    try:
        reading.record()
    except DatabaseError:
        return pages.unrecorded(request)
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name or "attachment") or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
