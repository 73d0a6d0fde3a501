"""The privacy notice of a desk: made from the register alone, in each of its languages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from balie import register
from balie.channels.context import shown_languages


@require_safe
def notice(request: HttpRequest, desk: str) -> HttpResponse:
    """The public notice in the language asked for (`?language=`), the reader's own, or the register's first."""
    version = register.in_force(desk)
    language = _language(request, version)
    with translation.override(language):
        told = register.notice_for(version, audience="public", language=language)
        shown = {"notice": told, "version": version, "languages": shown_languages(version.languages)}
        response = render(request, "portal/notice.html", shown)
    response.headers["Content-Language"] = language
    return response


def _language(request: HttpRequest, version: register.Version) -> str:
    wished = (request.GET.get("language", ""), (translation.get_language() or "").partition("-")[0])
    return next((one for one in wished if one in version.languages), version.languages[0])
