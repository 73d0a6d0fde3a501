"""Searching: the words are posted, never in an address, and kept nowhere."""

from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from balie import vault
from balie.channels.console.pages import Page, page
from balie.channels.console.queue import rows_of
from balie.channels.console.requests import staff_of
from balie.desk import looking


@require_http_methods(["GET", "POST"])
@page
def search(request: HttpRequest, desk: str) -> Page:
    """GET shows the empty form; POST what was found."""
    actor = staff_of(request)
    words = request.POST.get("words", "").strip()
    reading = vault.Reading(actor, "list.looked-at")
    rows = rows_of(looking.search(words, actor=actor), reading) if words else []
    return Page("console/search.html", {"here": "search", "typed": words, "rows": rows}, (reading,))
