"""Contact data of a requester: covered on a page until somebody asks for them, and the asking is a look of its own."""

import re

from balie import vault
from balie.desk import conversation, gathering, rules
from balie.desk.models import Ticket
from balie.kernel import Actor, check

CONTACT = ("email", "phone", "mobile", "fax")
SHOWN_FOR = 30  # seconds on a page that runs its script
_COVER = "•••••"


def covered(value: str) -> str:
    """An address or number that says whose it may be and is of no use: `a•••••@example.org`, `•••••31`. Never how long it is."""
    local, at, domain = value.rpartition("@")
    if at:
        return f"{local[:1]}{_COVER}@{domain}"
    digits = re.sub(r"\D", "", value)
    return f"{_COVER}{digits[-2:]}" if len(digits) > 5 else _COVER


def name_or_covered(name: str) -> str:
    """A name as it is; an address that stands in a name's place covered."""
    return covered(name) if "@" in name else name


def reading_of(ticket: Ticket, actor: Actor) -> vault.Reading:
    """The reading for what is asked for: recorded apart from the look at the ticket. Raises Refused."""
    check(rules.look(ticket, actor))
    return vault.Reading(actor, "contact.shown", ticket.handle)


def shown(ticket: Ticket, item: str, reading: vault.Reading) -> str:
    """One of the requester's contact data, through `reading_of`: what was written down, or the address that an answer goes to.

    Empty for what is not there, is gone, or is no contact datum.
    """
    if item not in CONTACT:
        return ""
    if item == "email":
        return conversation.answer_address(ticket, reading)
    return reading.text(gathering.written(ticket).get(item))
