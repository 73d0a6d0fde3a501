"""What is being written: kept while one writes, with its files, and looked at once more before it goes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from balie import vault
from balie.channels.console.attaching import files_of
from balie.channels.console.beside import remarks_of
from balie.channels.console.fragments import asked, fragment
from balie.channels.console.pages import acts
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import again, ticket_of, to_ticket
from balie.desk import conversation, enclosing
from balie.desk.models import Message, Ticket
from balie.kernel import Stop


def _again(request: HttpRequest, *, stop: Stop, **places: object) -> HttpResponse:
    """The page's script is told in one sentence; without it the page comes again, with the sentence on it."""
    if asked(request):
        return fragment(request, "console/_refused.html", {"refused": stop.sentence})
    return again(request, stop=stop, **places)


@require_POST
@acts(again=_again)
def drafts(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Keep what is being written, with the files that were chosen; an empty text throws the draft away.

    To the page's script it says what is worth a second look.
    """
    ticket, kind, text = ticket_of(request, number), _kind(request), request.POST.get("text", "")
    actor = staff_of(request)
    conversation.keep_draft(ticket, kind=kind, text=text, actor=actor)
    if kind == Message.Kind.ANSWER and request.FILES:
        enclosing.keep(ticket, files_of(request), actor=actor)
    if not asked(request):
        return to_ticket(request, ticket, "#write", write=str(kind))
    reading = vault.Reading(actor, "ticket.looked-at", ticket.handle)
    chosen = sum(1 for name in request.POST.getlist("files") if name)  # they go with the form, and are kept nowhere yet
    remarks = remarks_of(ticket, str(kind), text, reading, chosen + len(enclosing.kept(ticket, reading)))
    return fragment(request, "console/_check.html", {"remarks": remarks, "written": bool(text.strip())}, reading)


@require_POST
@acts(again=_again)
def draft_files(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Keep files with the answer that is being written, and say which wait there now."""
    ticket = ticket_of(request, number)
    enclosing.keep(ticket, files_of(request), actor=staff_of(request))
    return _waiting(request, ticket)


@require_POST
@acts(again=_again)
def draft_file_erasure(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """Leave one file out again. What stands in the box is kept first, since the same form carries it."""
    ticket, actor = ticket_of(request, number), staff_of(request)
    if "text" in request.POST:
        conversation.keep_draft(ticket, kind=Message.Kind.ANSWER, text=request.POST["text"], actor=actor)
    enclosing.drop(ticket, handle=handle, actor=actor)
    return _waiting(request, ticket)


def _waiting(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    if not asked(request):
        return to_ticket(request, ticket, "#write", write="answer")
    reading = vault.Reading(staff_of(request), "ticket.looked-at", ticket.handle)
    context = {"files": enclosing.kept(ticket, reading), "number": ticket.number}
    return fragment(request, "console/_draft_files.html", context, reading)


def _kind(request: HttpRequest) -> Message.Kind:
    return Message.Kind.NOTE if request.POST.get("kind") == "note" else Message.Kind.ANSWER
