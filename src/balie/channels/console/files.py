"""Attachments: handed out one by one, recorded before the first byte leaves, never run in the browser."""

from uuid import UUID

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from balie import vault
from balie.channels import pages
from balie.channels.console.pages import acts
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import again, ticket_of
from balie.desk import conversation
from balie.desk.models import Attachment, Others, Ticket
from balie.desk.others import opening as openings
from balie.desk.others import showing
from balie.kernel import Erased, Refused, sentence


@require_safe
def attachment(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """One file of a visible ticket, to be saved. Raises Erased when its term has passed, Refused while it is held back."""
    ticket = ticket_of(request, number)
    file, case = _file(ticket, handle)
    if showing.holds_back(file, case, staff_of(request)):
        raise Refused(showing.HELD_BACK)
    return _taken(request, ticket, file, vault.Reading(staff_of(request), "attachment.taken", ticket.handle))


@require_POST
@acts(again=again)
def opening(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """A file that is held back, all the same: with a reason, which stands on the ticket."""
    ticket = ticket_of(request, number)
    file, case = _file(ticket, handle)
    reason = request.POST.get("reason", "")
    return _taken(request, ticket, file, openings.open_file(file, case, reason=reason, actor=staff_of(request)))


def _file(ticket: Ticket, handle: UUID) -> tuple[Attachment, Others | None]:
    message = ticket.messages.filter(attachments__handle=handle).first()
    if message is None:
        raise Http404
    message.ticket = ticket
    file = message.attachments.get(handle=handle)
    file.message = message
    case = ticket.others.select_related("message", "attachment", "decided_by").filter(attachment=file).first()
    if case is not None:
        case.ticket = ticket
    return file, case


def _taken(request: HttpRequest, ticket: Ticket, file: Attachment, reading: vault.Reading) -> HttpResponse:
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
