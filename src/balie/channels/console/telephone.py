"""The telephone: a call is told of, an adviser writes down what was asked, and it is a ticket (mission S4.4)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from balie import vault
from balie.channels.console.call_form import call_shown
from balie.channels.console.pages import Page, Said, acts, page
from balie.channels.console.requests import DeskRequest, staff_of
from balie.desk import phone
from balie.desk.models import Call
from balie.kernel import Actor, Stop


@page
def _form(request: HttpRequest, desk: str, handle: UUID | None = None, stop: Stop | None = None) -> Page:
    actor = staff_of(request)
    call = _call(actor, handle)
    reading = vault.Reading(actor, "call.looked-at", call.handle if call else None)
    shown = {"call": call_shown(request, call, reading), "here": "calls"}
    return Page("console/call.html", {**shown, "stop": Said(stop.sentence)} if stop else shown, (reading,))


@require_http_methods(["GET", "POST"])
@acts(again=_form)
def calls(request: HttpRequest, desk: str) -> HttpResponse:
    """GET shows an empty form, for a call that was not told of; POST makes it a ticket."""
    return _register(request, desk, None) if request.method == "POST" else _form(request, desk=desk)


@require_http_methods(["GET", "POST"])
@acts(again=_form)
def call(request: HttpRequest, desk: str, handle: UUID) -> HttpResponse:
    """GET shows the form with the number that came with the call; POST makes it a ticket."""
    return _register(request, desk, handle) if request.method == "POST" else _form(request, desk=desk, handle=handle)


@require_POST
@acts(again=_form)
def end(request: HttpRequest, desk: str, handle: UUID) -> HttpResponse:
    """Let a call go without writing anything down: its number is erased."""
    actor = staff_of(request)
    phone.end(_call(actor, handle), actor=actor)
    return HttpResponseRedirect(reverse("calls", kwargs={"desk": desk}), status=303)


@csrf_exempt  # told by a machine with a token of its own, not by a browser with a session
@require_POST
def incoming(request: DeskRequest, desk: str) -> HttpResponse:
    """The telephone system tells of a call: form field `number`. 201 with the address of the page that takes it."""
    assert request.actor is not None
    told = phone.incoming(number=request.POST.get("number", ""), actor=request.actor)
    url = reverse("call", kwargs={"desk": desk, "handle": told.handle})
    answer = f"{request.build_absolute_uri(url)}\n"
    return HttpResponse(answer, status=201, content_type="text/plain; charset=utf-8", headers={"Location": url})


def _register(request: HttpRequest, desk: str, handle: UUID | None) -> HttpResponse:
    """Only the way that the caller chose to be reached at is taken; the other field is as if it were empty."""
    actor, typed = staff_of(request), request.POST
    reach = typed.get("reach", "phone")
    ticket = phone.register_call(
        _call(actor, handle),
        number=typed.get("number", "") if reach == "phone" else "",
        email=typed.get("email", "") if reach == "email" else "",
        text=typed.get("text", ""),
        service=typed.get("service", ""),
        kind=typed.get("kind", "question"),
        close=typed.get("then", "close") == "close",
        actor=actor,
    )
    return HttpResponseRedirect(reverse("ticket", kwargs={"desk": desk, "number": ticket.number}), status=303)


def _call(actor: Actor, handle: UUID | None) -> Call | None:
    """The call that waits under this handle; another desk's, or one that is over, is not there."""
    if handle is None:
        return None
    found = next((one for one in phone.waiting(actor) if one.handle == handle), None)
    if found is None:
        raise Http404
    return found
