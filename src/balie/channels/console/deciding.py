"""Deciding about others' data on a ticket: one case, one decision, and the ticket again (mission S3.12)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from balie import vault
from balie.channels.console.pages import Page, acts, page
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import again, page_of, ticket_of, to_ticket
from balie.desk.models import Others, Ticket
from balie.desk.others import deciding, showing
from balie.kernel import Invalid, sentence


@require_POST
@acts(again=again)
def decision(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """Decide it: needed, mask, delete file, message or ticket, ask again."""
    ticket = ticket_of(request, number)
    one, actor = _case(ticket, handle), staff_of(request)
    decided, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    act, _dash, reach = decided.partition("-")
    if decided == "needed":
        deciding.need(one, reason=reason, confirmed="confirm" in request.POST, actor=actor)
    elif decided == "mask":
        deciding.mask(one, reason=reason, actor=actor)
    elif decided == "ask-again":
        deciding.ask_again(one, reason=reason, actor=actor)
    elif act == "delete":
        deciding.erase(one, reach=reach, reason=reason, actor=actor)
    else:
        raise Invalid(sentence("Choose what is to be done with these data."))
    return to_ticket(request, ticket, f"#others-{one.handle}")


@require_POST
@acts(again=again)
def retraction(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """Take the decision back."""
    ticket = ticket_of(request, number)
    one = _case(ticket, handle)
    deciding.retract(one, actor=staff_of(request))
    return to_ticket(request, ticket, f"#others-{one.handle}")


@require_POST
@acts(again=again)
def breach(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """Note that it may be a data breach."""
    ticket = ticket_of(request, number)
    one = _case(ticket, handle)
    deciding.suspect_breach(one, actor=staff_of(request))
    return to_ticket(request, ticket, f"#others-{one.handle}")


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """What is needed, in clear this time: on the whole page until the next one."""
    if request.method != "POST":  # somebody asks for this address again: the ticket, covered
        return HttpResponseRedirect(request.get_full_path().replace(f"/others/{handle}/view", "", 1))
    one = _case(ticket_of(request, number), handle)
    reading = showing.open_text(one, actor=staff_of(request))
    reading.open([one.message.text])
    request.others_uncovered = frozenset({one.handle})  # type: ignore[attr-defined]
    return _whole(request, number=number, reading=reading)


@page
def _whole(request: HttpRequest, number: int, reading: vault.Reading) -> Page:
    made = page_of(request, number)
    return Page(made.template, made.context, (*made.readings, reading))


def _case(ticket: Ticket, handle: UUID) -> Others:
    found = ticket.others.select_related("message", "attachment", "decided_by").filter(handle=handle).first()
    if found is None:
        raise Http404
    found.ticket = ticket
    return found
