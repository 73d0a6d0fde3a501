"""What happens to every request of both doors: the reader's language and clock, safe headers, refusals as pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from balie import register
from balie.channels import access, pages
from balie.channels.context import CONSOLE_LANGUAGES, PORTAL_LANGUAGES
from balie.kernel import Stop
from balie.register.zones import zone_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    # Not no-referrer: with it browsers send «Origin: null» with our own forms, which the check against forgery must refuse.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class SafeHeaders:
    """Nothing from elsewhere, nothing kept, nothing told on: unless a view says better, no page is stored anywhere.

    Every page says how long it is, or its connection would be closed behind it and the next one would need another.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if isinstance(response, HttpResponse):  # else it comes in parts
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response


class Compressed(GZipMiddleware):
    """Pages go over the line in a fifth of their size, with a length that tells nothing of what they hold (BREACH).

    Below the files of style and script, which are compressed once for all. What people sent along goes as it is: most of it
    is compressed already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            return response
        return super().process_response(request, response)


class Language:
    """The language of the account or the browser, and the clock of the desk's country."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(_preferred(request, _without_door(request))):
            try:
                response = self.get_response(request)
            finally:
                timezone.deactivate()
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        row = access.ROUTES.get(match.url_name or "") if match else None
        console = row is None or row.door == "console"
        translation.activate(_preferred(request, CONSOLE_LANGUAGES if console else PORTAL_LANGUAGES))
        if access.is_desk(desk := kwargs.get("desk")):
            timezone.activate(zone_of(register.in_force(desk).data["controller"]["country"]))


class Refusals:
    """What a verb refuses becomes a page: the form again with what was typed where there is one, else a page of its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError):
            return pages.unreachable(request)
        if not isinstance(error, Stop):
            return None
        match = request.resolver_match
        again = getattr(match.func, "again", None) if match else None
        if match and again and error.code != "erased":
            shown: HttpResponse = again(request, stop=error, **match.kwargs)
            shown.status_code = pages.STATUS[error.code]
            return shown
        return pages.stopped(request, error)


def _without_door(request: HttpRequest) -> tuple[str, ...]:
    """An address that is no page's has no door: to whoever has been at the console it speaks as the console does."""
    return CONSOLE_LANGUAGES if settings.SESSION_COOKIE_NAME in request.COOKIES else PORTAL_LANGUAGES


def _preferred(request: HttpRequest, among: tuple[str, ...]) -> str:
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    wished = (language.partition("-")[0] for language, _ in asked)
    return next((language for language in wished if language in among), "en")
