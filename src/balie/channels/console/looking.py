"""Searching: the words are posted, never in an address, and kept nowhere."""

from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from balie import vault
from balie.channels.console import palette
from balie.channels.console.pages import PART, Page, Said, page
from balie.channels.console.queue import rows_of
from balie.channels.console.requests import staff_of
from balie.desk import looking
from balie.kernel import Invalid


@require_http_methods(["GET", "POST"])
@page
def search(request: HttpRequest, desk: str) -> Page:
    """GET shows the empty form; POST what was found, or why this cannot be asked, with what was typed."""
    if request.headers.get(PART) == palette.PART:
        return palette.page_of(request)
    actor = staff_of(request)
    words = request.POST.get("words", "").strip()
    reading = vault.Reading(actor, "list.looked-at")
    try:
        found = looking.search(words, actor=actor) if words else []
    except Invalid as stop:
        context = {"here": "search", "typed": words, "rows": [], "stop": Said(stop.sentence)}
        return Page("console/search.html", context, status=422)
    return Page("console/search.html", {"here": "search", "typed": words, "rows": rows_of(found, reading)}, (reading,))
