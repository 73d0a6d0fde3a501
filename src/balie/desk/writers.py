"""Who has been in touch, found by how a name, an address or a number begins."""

from dataclasses import dataclass
from uuid import UUID

from balie import vault
from balie.desk.models import Ticket
from balie.kernel import Actor

LOOKED_AT = 30  # records that are opened to find a few different people among them


@dataclass(frozen=True)
class Contact:
    """One name, address or number, and the newest ticket on which it stands."""

    value: str
    ticket: int


def beginning(text: str, *, reading: vault.Reading, most: int = 4) -> list[Contact]:
    """Those that begin so, each once, the newest first; three signs at least. Only of tickets that the reader may see.

    What is opened for it stands in the evidence with the reading. The text is kept nowhere.
    """
    found = vault.find_beginning(reading.actor, text.strip(), limit=LOOKED_AT) if len(text.strip()) > 2 else []
    numbers = _numbers({one.held_by for one in found}, reading.actor)
    seen = [one for one in found if one.held_by in numbers]
    opened, known = reading.open(one.handle for one in seen), dict[str, Contact]()
    for one in seen:
        value = opened.get(one.handle)
        if isinstance(value, str) and len(value) < 120:
            known.setdefault(value.casefold(), Contact(value, numbers[one.held_by]))
    return list(known.values())[:most]


def _numbers(handles: set[UUID], actor: Actor) -> dict[UUID, int]:
    return dict(Ticket.objects.visible_to(actor).filter(handle__in=handles).values_list("handle", "number"))
