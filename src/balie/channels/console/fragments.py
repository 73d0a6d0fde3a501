"""Fragments: pieces of a page that its script asks for alone, made, recorded and sent as a page is (invariant 5)."""

from collections.abc import Mapping

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from balie import vault
from balie.channels import pages
from balie.channels.console.pages import PART


def asked(request: HttpRequest) -> bool:
    """Whether the page's script asks, and not a browser for a whole page."""
    return PART in request.headers


def fragment(
    request: HttpRequest, template: str, context: Mapping[str, object], *readings: vault.Reading
) -> HttpResponse:
    """The piece with its look recorded first; if recording fails, nothing of it is sent."""
    html = render_to_string(template, dict(context), request)
    try:
        vault.record_looks(readings)
    except DatabaseError:
        return pages.unrecorded(request)
    return HttpResponse(html)
