"""Who acts: the session's account, or the telephone system by its token; and whether they may come to the route they ask for."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from balie.channels import access, pages
from balie.channels.console.requests import DeskRequest
from balie.channels.context import CONSOLE_LANGUAGES
from balie.kernel import Actor, Refused
from balie.people import accounts
from balie.people.models import Account


class WhoActs:
    """Sets `request.actor` and `request.account`, then asks the access table. A route without a row is not there."""

    def __init__(self, get_response: Callable[[DeskRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: DeskRequest) -> HttpResponseBase:
        request.actor = request.account = None
        return self.get_response(request)

    def process_view(
        self, request: DeskRequest, view: object, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        route = match.url_name if match else None
        row = access.ROUTES.get(route or "")
        _recognise(request, row, kwargs.get("desk", ""))
        verdict = access.admit(route, request.actor, kwargs.get("desk"))
        if verdict.kind == "sign-in":
            return _to_sign_in(request, kwargs["desk"])
        if verdict.kind == "hidden":
            return pages.not_found(request)
        return pages.refused(request, verdict.sentence) if verdict.sentence is not None else None


def _recognise(request: DeskRequest, row: access.Row | None, desk: str) -> None:
    if row is not None and row.audience == "system-token":
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        request.actor = access.telephone(desk, token.strip()) if scheme.lower() == "bearer" else None
        return
    account = _account(request)
    if account is None:
        return
    request.account, request.actor = account, accounts.actor_of(account)
    if row is not None and row.door == "console" and account.language in CONSOLE_LANGUAGES:
        translation.activate(account.language)


def _account(request: DeskRequest) -> Account | None:
    handle, desk = request.session.get("account", ""), request.session.get("desk", "")
    if not handle:
        return None
    try:
        return accounts.account_of(Actor("staff", UUID(handle).hex, desk))
    except Refused:
        return None  # the account has ended since


def _to_sign_in(request: DeskRequest, desk: str) -> HttpResponse:
    """A page is asked for again after signing in; a form is not sent twice, its text is handed back."""
    if request.method != "GET":
        return pages.stale_form(request)
    return HttpResponseRedirect(f"{reverse('sign-in', kwargs={'desk': desk})}?then={quote(request.path)}")
