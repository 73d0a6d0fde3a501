"""What is said of a ticket and others: followed, linked, merged, split. Each view calls one verb."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from balie import vault
from balie.channels.console.pages import Page, Said, acts, page
from balie.channels.console.requests import staff_of
from balie.channels.console.ticket import again, ticket_of, to_ticket
from balie.desk import joining, relations, rules, tabs
from balie.desk.models import Message, Ticket
from balie.kernel import Invalid, Sentence, Stop, sentence


@require_POST
@acts(again=again)
def following(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Follow the ticket, or no longer."""
    ticket = ticket_of(request, number)
    verb = relations.unfollow if request.POST.get("follow") == "no" else relations.follow
    verb(ticket, actor=staff_of(request))
    return to_ticket(request, ticket)


@require_POST
@acts(again=again)
def links(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Say that another ticket belongs to this one; or that both are to be one, which is asked first."""
    ticket, other = ticket_of(request, number), _named(request)
    if request.POST.get("then") == "merge":
        asked = reverse("merging", kwargs={"desk": desk, "number": number})
        return HttpResponseRedirect(f"{asked}?into={other.number}", status=303)
    relations.link(ticket, to=other, actor=staff_of(request))
    return to_ticket(request, ticket, "#related")


@require_POST
@acts(again=again)
def link_end(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """Say that it does not after all."""
    ticket = ticket_of(request, number)
    actor = staff_of(request)
    other = Ticket.objects.visible_to(actor).filter(handle=handle).first()
    if other is None:
        raise Http404
    relations.unlink(ticket, to=other, actor=actor)
    return to_ticket(request, ticket, "#related")


def _merge_again(request: HttpRequest, *, stop: Stop, number: int, **asked: object) -> HttpResponse:
    return _asked(request, number=number, stop=stop)


@require_http_methods(["GET", "HEAD", "POST"])
@acts(again=_merge_again)
def merging(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Ask whether two tickets are to become one, since that cannot be undone; and make them one."""
    return _merge(request, number) if request.method == "POST" else _asked(request, number=number)


def _merge(request: HttpRequest, number: int) -> HttpResponse:
    ticket, into = ticket_of(request, number), _named(request)
    joining.merge(ticket, into=into, actor=staff_of(request))
    return to_ticket(request, into, "#latest")


@page
def _asked(request: HttpRequest, number: int, stop: Stop | None = None) -> Page:
    """Both tickets, what will happen, and the button; or why it cannot be."""
    ticket, actor = ticket_of(request, number), staff_of(request)
    into = _found(request, request.POST.get("into", "") or request.GET.get("into", ""))
    reading = vault.Reading(actor, "ticket.looked-at", ticket.handle)
    refusal: Sentence | None = None if into is None else rules.merge(ticket, into, actor)
    if into is None:
        refusal = sentence("There is no such ticket.")
    both = tabs.shown([one for one in (ticket, into) if one is not None], reading)
    context = {"both": both, "refusal": refusal, "stop": Said(stop.sentence) if stop else None, "here": "tickets"}
    return Page("console/merging.html", context, (reading,))


@require_POST
@acts(again=again)
def splitting(request: HttpRequest, desk: str, number: int, handle: UUID) -> HttpResponse:
    """Make one message a ticket of its own, and show that."""
    fresh = joining.split(_message(request, number, handle), actor=staff_of(request))
    return to_ticket(request, fresh)


def _named(request: HttpRequest) -> Ticket:
    """The other ticket, by the number that was typed. Raises Invalid when there is none that the reader may see."""
    found = _found(request, request.POST.get("into", ""))
    if found is None:
        raise Invalid(sentence("There is no ticket with this number, or none that you may see."))
    return found


def _found(request: HttpRequest, typed: str) -> Ticket | None:
    digits = typed.strip().lstrip("#")
    if not digits.isdecimal() or len(digits) > 9:
        return None
    return Ticket.objects.visible_to(staff_of(request)).filter(number=int(digits)).select_related("assignee").first()


def _message(request: HttpRequest, number: int, handle: UUID) -> Message:
    message = ticket_of(request, number).messages.filter(handle=handle).select_related("ticket").first()
    if message is None:
        raise Http404
    return message
