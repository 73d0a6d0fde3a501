"""Who else has a ticket before them, as its head says it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import vault
from balie.desk import presence
from balie.desk.models import Ticket

_DOES = {
    "": ("eye", gettext_noop("{name} is looking too")),
    "answer": ("send", gettext_noop("{name} is writing an answer")),
    "note": ("lock", gettext_noop("{name} is writing a note")),
}


@dataclass(frozen=True)
class CompanyShown:
    """Somebody else at the ticket, in a sentence. writes: an answer or a note, so that two of them would cross."""

    icon: str
    said: str
    writes: bool


def company_of(ticket: Ticket, reading: vault.Reading) -> list[CompanyShown]:
    """Who else is there, those who write first; their names are opened through the page's reading."""
    others = presence.others(ticket, reading.actor)
    names = reading.open([one.account.name for one in others])
    shown = []
    for one in others:
        icon, said = _DOES[one.writing]
        name = names.get(one.account.name)
        shown.append(CompanyShown(icon, _(said).format(name=name if isinstance(name, str) else "?"), bool(one.writing)))
    return shown
