"""The requester's contact data as a ticket's page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from balie import vault
from balie.desk import contacts, rules
from balie.desk.models import Ticket
from balie.kernel import Wording


@dataclass(frozen=True)
class ContactShown:
    """One way to reach a requester. value: in clear, when it was just asked for; else empty."""

    item: str
    label: Wording
    covered: str
    value: str = ""

    @property
    def told(self) -> str:
        """What the page says of it now."""
        return self.value or self.covered


def reached(request: HttpRequest) -> Mapping[str, str]:
    """What was just asked for, by item: it stands in clear on this page."""
    found: Mapping[str, str] = getattr(request, "reached", {})
    return found


def contacts_of(ticket: Ticket, reading: vault.Reading, request: HttpRequest) -> list[ContactShown]:
    """The ways to reach the requester, covered but for what was just asked for."""
    clear = reached(request)
    known = {item: contacts.shown(ticket, item, reading) for item in contacts.CONTACT}
    return [
        ContactShown(item, label_of(ticket, item), contacts.covered(value), clear.get(item, ""))
        for item, value in known.items()
        if value
    ]


def told_address(known: list[ContactShown]) -> str:
    """Where an answer goes, as the page says it now; nothing where there is no address."""
    return next((one.told for one in known if one.item == "email"), "")


def label_of(ticket: Ticket, item: str) -> Wording:
    return rules.version_of(ticket).label(item)
