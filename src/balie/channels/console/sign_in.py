"""Signing in and out: address and password, then a one-time code; the session ends with the browser."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_http_methods, require_POST

from balie.channels.console.pages import Said, acts
from balie.kernel import Stop
from balie.people import sign_in

_PAGES = frozenset({"tickets", "ticket", "search", "calls", "call", "desk-register"})


def _address_form(request: HttpRequest, *, desk: str, stop: Stop | None = None) -> HttpResponse:
    context = {"typed": {"email": request.POST.get("email", "")}, "stop": Said(stop.sentence) if stop else None}
    return render(request, "console/sign_in.html", context)


def _code_form(request: HttpRequest, *, desk: str, stop: Stop | None = None) -> HttpResponse:
    return render(request, "console/sign_in_code.html", {"stop": Said(stop.sentence) if stop else None})


@require_http_methods(["GET", "POST"])
@acts(again=_address_form)
def address(request: HttpRequest, desk: str) -> HttpResponse:
    """GET shows the form; POST is the first half: address and password."""
    if request.method == "GET":
        request.session["then"] = _inside(request.GET.get("then", ""), desk)
        return _address_form(request, desk=desk)
    presented = sign_in.present(desk, **_typed(request, "email", "password"), source=_source(request))
    request.session["half"] = presented.hex
    return HttpResponseRedirect(reverse("sign-in-code", kwargs={"desk": desk}), status=303)


@require_http_methods(["GET", "POST"])
@acts(again=_code_form)
def code(request: HttpRequest, desk: str) -> HttpResponse:
    """GET shows the form; POST is the second half, and from here on the session is somebody's."""
    half = request.session.get("half")
    if not half:
        return HttpResponseRedirect(reverse("sign-in", kwargs={"desk": desk}), status=303)
    if request.method == "GET":
        return _code_form(request, desk=desk)
    account = sign_in.confirm(desk, UUID(half), **_typed(request, "code"), source=_source(request))
    then = request.session.get("then") or reverse("tickets", kwargs={"desk": desk})
    request.session.flush()
    request.session["account"], request.session["desk"] = account.handle.hex, desk
    rotate_token(request)
    return HttpResponseRedirect(then, status=303)


@require_POST
def out(request: HttpRequest, desk: str) -> HttpResponse:
    """End the session."""
    sign_in.sign_out(desk, UUID(request.session["account"]))
    request.session.flush()
    return HttpResponseRedirect(reverse("sign-in", kwargs={"desk": desk}), status=303)


def _typed(request: HttpRequest, *names: str) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in names}


def _inside(then: str, desk: str) -> str:
    """Where to go after signing in, if that is a page of this desk; nothing otherwise.

    It stands in the session's row, where nobody's words may stand: the pages named here have numbers and handles in their
    addresses and no texts (invariant 1).
    """
    try:
        match = resolve(then)
    except Resolver404:
        return ""
    return then if match.url_name in _PAGES and match.kwargs["desk"] == desk else ""


def _source(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
