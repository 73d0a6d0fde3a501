"""The privacy notice of a desk: made from the register alone, in each of its languages; as it is, and as it was."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from balie import register
from balie.channels import publishing
from balie.channels.context import shown_languages
from balie.kernel import Invalid
from balie.register import in_use


@dataclass(frozen=True)
class ComingShown:
    """What the version to come says otherwise, and from which day. itself: it is the one that is read here."""

    number: int
    day: date | None
    itself: bool
    changes: register.Comparison


@require_safe
def notice(request: HttpRequest, desk: str) -> HttpResponse:
    """The public notice in the language asked for (`?language=`), the reader's own, or the register's first."""
    return _page(request, register.in_force(desk))


@require_safe
def notice_version(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """The public notice as it was in an earlier version, with what changed since, or as it will be from a day to come."""
    return _page(request, published(desk, number))


def _page(request: HttpRequest, version: register.Version) -> HttpResponse:
    language, in_force = _language(request, version), register.in_force(version.desk)
    with translation.override(language):
        shown = {
            "notice": register.notice_for(version, audience="public", language=language),
            "version": version,
            "languages": shown_languages(version.languages),
            "numbers": in_use.numbers(version.desk),
            "since": _changes_since(version, in_force, language),
            "coming": _coming(version, in_force, language),
        }
        response = render(request, "portal/notice.html", shown)
    response.headers["Content-Language"] = language
    return response


@require_safe
def notice_pdf(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """The public notice of a version as a PDF, in the language asked for: to be saved, printed, sent on."""
    version = published(desk, number)
    language = _language(request, version)
    response = HttpResponse(publishing.kept_pdf(version, language), content_type="application/pdf")
    name = f"privacy-notice-{desk}-{number}-{language}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = language
    return response


def published(desk: str, number: int) -> register.Version:
    """A version that is, was or is going to be in force: what anybody may read. Raises Http404 for any other."""
    coming = in_use.coming(desk)
    try:
        version = register.version(desk, number)
    except Invalid:
        raise Http404 from None
    if number not in in_use.numbers(desk) and version != coming:
        raise Http404
    return version


def _coming(version: register.Version, in_force: register.Version, language: str) -> ComingShown | None:
    """What will be different, on the notice in force and on that of the version to come itself."""
    coming = in_use.coming(version.desk)
    if coming is None or version not in (in_force, coming):
        return None
    compared = register.compared(in_force, coming, language=language, audience="public")
    return ComingShown(coming.number, coming.in_force_since, version == coming, compared)


def _changes_since(version: register.Version, in_force: register.Version, language: str) -> register.Comparison | None:
    """What the public is told otherwise now; None where this is what it is told now."""
    if version.number >= in_force.number:
        return None
    return register.compared(version, in_force, language=language, audience="public")


def _language(request: HttpRequest, version: register.Version) -> str:
    wished = (request.GET.get("language", ""), (translation.get_language() or "").partition("-")[0])
    return next((one for one in wished if one in version.languages), version.languages[0])
