"""Searching: the words are posted, never in an address, and kept nowhere."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from balie import vault
from balie.channels.console import naming, palette
from balie.channels.console.choices import Choice
from balie.channels.console.pages import PART, Page, Said, page
from balie.channels.console.queue import rows_of
from balie.channels.console.requests import staff_of
from balie.desk import looking
from balie.kernel import Invalid

_ORDERS = {"": gettext_noop("Best on top"), "newest": naming.SORT["newest"], "oldest": naming.SORT["oldest"]}


@require_http_methods(["GET", "POST"])
@page
def search(request: HttpRequest, desk: str) -> Page:
    """GET shows the empty form; POST what was found, or why this cannot be asked, with what was typed."""
    if request.headers.get(PART) == palette.PART:
        return palette.page_of(request)
    actor = staff_of(request)
    words, order = request.POST.get("words", "").strip(), request.POST.get("order", "")
    asked = f"{words} sort:{order}" if order else words
    orders = [Choice(value, _(word), value == order) for value, word in _ORDERS.items()]
    shown: dict[str, object] = {"here": "search", "typed": words, "orders": orders, "rows": []}
    reading = vault.Reading(actor, "list.looked-at")
    try:
        found = looking.search(asked, actor=actor) if words else []
    except Invalid as stop:
        return Page("console/search.html", {**shown, "stop": Said(stop.sentence)}, status=422)
    return Page("console/search.html", {**shown, "rows": rows_of(found, reading)}, (reading,))
