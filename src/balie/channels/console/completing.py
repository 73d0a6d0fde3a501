"""What may stand next in a question, for the list under the search field: asked while one types, posted, and kept nowhere."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balie import register, vault
from balie.channels.console import naming
from balie.channels.console.pages import Page, page
from balie.channels.console.requests import staff_of
from balie.desk import completing


@require_POST
@page
def completions(request: HttpRequest, desk: str) -> Page:
    """A list of what may stand where the cursor is; empty where nothing may. It is a part alone: no page shows it."""
    version, cursor = register.in_force(desk), request.POST.get("cursor", "")
    text = request.POST.get("words", "")
    place = int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) < 6 else len(text)

    def say(key: str, value: str) -> str:
        none: dict[UUID, str] = {}
        return naming.word_of(key, value, version, none) if value else _(naming.KEY[key])

    reading = vault.Reading(staff_of(request), "names.looked-at")
    found = completing.completions(text, place, say=say, reading=reading)
    return Page("console/_completions.html", {"found": found}, (reading,), framed=False)
