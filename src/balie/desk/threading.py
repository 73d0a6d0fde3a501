"""Which ticket a mail belongs to: the holder of its secret word, or a participant who quotes it, and nobody else."""

import re
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from balie import vault
from balie.desk.models import Message, Ticket
from balie.kernel import Actor

MOST = 50  # words or numbers of one mail that are looked at

_WORD = re.compile(r"([1-9][0-9]{0,8})\.([a-z2-7]{16})")
_NUMBER = re.compile(r"\[(?:[a-z-]+ )?#?([1-9][0-9]{0,8})\]")
_NUMBER_IN_ADDRESS = re.compile(r"\+([1-9][0-9]{0,8})\.[^@]*@")


def secret_word(ticket: Ticket) -> str:
    """The word by which an answer finds its ticket: `1001.k3j2…`. It stands in Reply-To and in the envelope, and nowhere else."""
    return f"{ticket.number}.{vault.token(ticket.desk, 'ticket', ticket.handle.hex)}"


def mark(ticket: Ticket) -> str:
    """What message ids of ours say of their ticket, in the same form. It goes wherever a mail is passed on, and is no secret:
    it says that a mail is about this ticket, not that its sender has a place there."""
    return f"{ticket.number}.{vault.token(ticket.desk, 'mark', ticket.handle.hex)}"


def ticket_of(
    *,
    recipients: tuple[str, ...],
    quoted_ids: tuple[str, ...],
    subject: str,
    sender: str,
    actor: Actor,
    provenance: Mapping[str, object] | None = None,
) -> Ticket | None:
    """The ticket that a mail joins, or None for a new one.

    The secret word in a recipient's address is proof. The mark in a quoted message id and the number in the subject are known to
    many: they count only for someone who took part before, from the same address, and never when the domain of that address
    does not vouch for the mail (`dmarc`: `fail`). Whoever else quotes them starts a ticket of their own.
    """
    if (held := _first_standing(_worded(recipients, secret_word, actor))) is not None:
        return held
    if not sender or (provenance or {}).get("dmarc") == "fail":
        return None
    quoted = [*_worded(quoted_ids, mark, actor), *_numbered(_NUMBER.findall(subject.lower()), actor)]
    if not quoted:
        return None
    took_part = {one.held_by for one in vault.find(actor, "email", sender, limit=1000)}
    return _first_standing(one for one in quoted if one.handle in took_part)


def may_belong_to(
    *, recipients: tuple[str, ...], quoted_ids: tuple[str, ...], subject: str, actor: Actor
) -> Ticket | None:
    """The ticket that a mail quotes, whoever wrote it, so that an agent can be shown it: what a mail that joined none may be about.
    It proves nothing."""
    in_addresses = [number for one in recipients for number in _NUMBER_IN_ADDRESS.findall(one)]
    numbers = [*in_addresses, *_NUMBER.findall(subject.lower())]
    return _first_standing([*_worded(quoted_ids, mark, actor), *_numbered(numbers, actor)])


def _worded(places: Iterable[str], word_of: Callable[[Ticket], str], actor: Actor) -> list[Ticket]:
    """The tickets whose word stands in one of these places, in their order."""
    words = [(number, f"{number}.{word}") for place in places for number, word in _WORD.findall(place.lower())][:MOST]
    known = {one.number: one for one in _called([number for number, _ in words], actor)}
    found = [
        known[int(number)] for number, word in words if int(number) in known and word_of(known[int(number)]) == word
    ]
    return list(dict.fromkeys(_now(one) for one in found))


def _numbered(numbers: Iterable[str], actor: Actor) -> list[Ticket]:
    """The tickets that these numbers stand for now, in their order."""
    return list(dict.fromkeys(_now(one) for one in _called(numbers, actor)))


def _called(numbers: Iterable[str], actor: Actor) -> list[Ticket]:
    """The tickets that have these numbers, in their order."""
    wanted = list(dict.fromkeys(int(number) for number in numbers))[:MOST]
    found = Ticket.objects.visible_to(actor).filter(number__in=wanted) if wanted else []
    return sorted(found, key=lambda one: wanted.index(one.number))


def _now(ticket: Ticket) -> Ticket:
    """Where a ticket's matter is now: what was merged into another goes on there. It ends, since none is merged into itself."""
    while ticket.merged_into is not None:
        ticket = ticket.merged_into
    return ticket


def _first_standing(tickets: Iterable[Ticket]) -> Ticket | None:
    return next((one for one in tickets if _stands(one)), None)


def _stands(ticket: Ticket) -> bool:
    """Whether there is still something to join: a ticket whose messages have been erased, closed or not, is only a number."""
    said = Message.objects.filter(ticket=ticket).values_list("text", "sender", "envelope")
    records: list[UUID] = [one for row in said for one in row if one]
    return bool(vault.describe(ticket.desk, handles=[*records, *([ticket.subject] if ticket.subject else [])]))
