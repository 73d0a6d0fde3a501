"""What is done to a ticket: each view fetches through the funnel, calls one verb, and shows the ticket again."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from balie.channels.console.attaching import files_of
from balie.channels.console.going_on import next_of, to_next
from balie.channels.console.pages import acts
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import again, ticket_of, to_ticket
from balie.desk import closing, conversation, reporter, rules, triage
from balie.desk.models import Ticket
from balie.kernel import Invalid, sentence
from balie.people.models import Account


@require_POST
@acts(again=again)
def answers(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Send an answer to the requester, with files if any were chosen."""
    ticket = ticket_of(request, number)
    seen = _handle(request.POST.get("seen", ""))
    text, files, following = request.POST.get("text", ""), files_of(request), next_of(request, ticket)
    conversation.answer(ticket, text=text, files=files, actor=staff_of(request), seen=seen)
    return to_next(request, ticket, following, did="answered") or to_ticket(request, ticket, "#latest")


@require_POST
@acts(again=again)
def notes(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Keep a note for colleagues."""
    ticket = ticket_of(request, number)
    conversation.note(ticket, text=request.POST.get("text", ""), actor=staff_of(request))
    return to_ticket(request, ticket, "#latest")


@require_POST
@acts(again=again)
def assignment(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Give the ticket to a colleague, or to nobody."""
    ticket = ticket_of(request, number)
    triage.assign(ticket, to=_colleague(ticket, request.POST.get("to", "")), actor=staff_of(request))
    return to_ticket(request, ticket)


@require_POST
@acts(again=again)
def sorting(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Say which service the ticket is about and of what kind it is."""
    ticket = ticket_of(request, number)
    triage.sort(ticket, **_typed(request, "service", "kind"), actor=staff_of(request))
    return to_ticket(request, ticket)


@require_POST
@acts(again=again)
def closure(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Close the ticket."""
    ticket = ticket_of(request, number)
    following = next_of(request, ticket)
    closing.close(ticket, actor=staff_of(request))
    return to_next(request, ticket, following, did="closed") or to_ticket(request, ticket)


@require_POST
@acts(again=again)
def reopening(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Open a closed ticket again."""
    ticket = ticket_of(request, number)
    closing.reopen(ticket, actor=staff_of(request))
    return to_ticket(request, ticket)


@require_POST
@acts(again=again)
def items(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Write one thing down about the requester, with what was confirmed and agreed."""
    ticket = ticket_of(request, number)
    confirmed, consent = request.POST.getlist("confirm"), request.POST.getlist("consent")
    typed = _typed(request, "item", "value")
    reporter.write(ticket, **typed, confirmed=confirmed, consent=consent, actor=staff_of(request))
    return to_ticket(request, ticket, f"#field-{request.POST.get('item', '')}")


@require_POST
@acts(again=again)
def item_erasure(request: HttpRequest, desk: str, number: int, item: str) -> HttpResponse:
    """Strike one thing out."""
    ticket = ticket_of(request, number)
    reporter.strike(ticket, item=item, actor=staff_of(request))
    return to_ticket(request, ticket, f"#field-{item}")


def _colleague(ticket: Ticket, chosen: str) -> Account | None:
    if chosen == "nobody":
        return None
    found = next((account for account in rules.may_get(ticket) if account.handle.hex == chosen), None)
    if found is None:
        raise Invalid(sentence("Choose a colleague who handles tickets of this kind."))
    return found


def _handle(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _typed(request: HttpRequest, *names: str) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in names}
