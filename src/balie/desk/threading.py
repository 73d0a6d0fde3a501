"""Which ticket a mail belongs to: the holder of its secret word, or a participant who quotes it, and nobody else."""

import re
from uuid import UUID

from balie import vault
from balie.desk.models import Message, Ticket
from balie.kernel import Actor

_WORD = re.compile(r"([1-9][0-9]{0,8})\.([a-z2-7]{16})")
_NUMBER = re.compile(r"\[(?:[a-z-]+ )?#?([1-9][0-9]{0,8})\]")


def secret_word(ticket: Ticket) -> str:
    """The word by which an answer finds its ticket: `1001.k3j2…`; it stands in Reply-To and in message ids."""
    return f"{ticket.number}.{vault.token(ticket.desk, 'ticket', ticket.handle.hex)}"


def ticket_of(
    *, recipients: tuple[str, ...], quoted_ids: tuple[str, ...], subject: str, sender: str, actor: Actor
) -> Ticket | None:
    """The ticket that a mail joins, or None for a new one.

    A secret word in a recipient's address or in a quoted message id is proof. A number in the subject counts only for someone
    who took part before, from the same address: a stranger who quotes a number starts a ticket of their own.
    """
    for place in (*recipients, *quoted_ids):
        ticket = _by_word(place, actor)
        if ticket is not None:
            return ticket
    return _by_number(subject, sender, actor)


def _by_word(place: str, actor: Actor) -> Ticket | None:
    for number, word in _WORD.findall(place.lower()):
        ticket = Ticket.objects.visible_to(actor).filter(number=int(number)).first()
        if ticket is not None and secret_word(ticket) == f"{number}.{word}":
            return ticket if _stands(ticket) else None
    return None


def _by_number(subject: str, sender: str, actor: Actor) -> Ticket | None:
    numbers = [int(number) for number in _NUMBER.findall(subject.lower())]
    if not numbers or not sender:
        return None
    took_part = {one.held_by for one in vault.find(actor, "email", sender, limit=1000)}
    for ticket in Ticket.objects.visible_to(actor).filter(number__in=numbers):
        if ticket.handle in took_part and _stands(ticket):
            return ticket
    return None


def _stands(ticket: Ticket) -> bool:
    """Whether there is still something to join: a ticket whose messages have been erased, closed or not, is only a number."""
    said = Message.objects.filter(ticket=ticket).values_list("text", "sender", "envelope")
    records: list[UUID] = [one for row in said for one in row if one]
    return bool(vault.describe(ticket.desk, handles=[*records, *([ticket.subject] if ticket.subject else [])]))
