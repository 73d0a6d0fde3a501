"""Looking for a ticket again: by its number, by words, by a name, an address or a number and their beginnings."""

from uuid import UUID

from balie import vault
from balie.desk.models import Ticket
from balie.kernel import Actor

MOST = 50
RECORDS = 2000  # looked at: one long conversation has many and must not hide a ticket of years ago


def search(words: str, *, actor: Actor) -> list[Ticket]:
    """The tickets that fit, best first: the number itself, then who it is about, then what is said in it.

    Only what the actor may see; nothing tells that there is more. words: as typed; they stand in no log and no address.
    """
    text = words.strip()
    if not text:
        return []
    visible = Ticket.objects.visible_to(actor).select_related("assignee")
    found = {ticket.handle: ticket for ticket in _by_number(text, actor)}
    about, said = vault.find_beginning(actor, text, limit=RECORDS), vault.search(actor, text, limit=RECORDS)
    order = [one.held_by for one in (*about, *said)]
    wanted: list[UUID] = list(dict.fromkeys(order))
    rows = {ticket.handle: ticket for ticket in visible.filter(handle__in=wanted[:500])}
    found |= {handle: rows[handle] for handle in wanted if handle in rows}
    return list(found.values())[:MOST]


def _by_number(text: str, actor: Actor) -> list[Ticket]:
    digits = text.lstrip("#")
    if not digits.isdecimal() or len(digits) > 9:
        return []
    return list(Ticket.objects.visible_to(actor).filter(number=int(digits)).select_related("assignee"))
