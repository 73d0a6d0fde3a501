"""Mail and calls for the desk's tests: taken in as a door does, without the reading of bytes."""

from datetime import datetime
from itertools import count
from typing import Any

from balie import recognition, vault
from balie.desk import arrivals, conversation, intake, queue
from balie.desk.models import Arrival, Message, Ticket

ALICE = "alice@example.org"
BSN = "111222333"  # fits the check, and is nobody's
_numbers = count(1)


def arrive(cast: Any, raw: bytes = b"", *, sender: str = ALICE, at: datetime | None = None) -> Arrival:
    """A mail that was accepted and not read yet."""
    raw = raw or f"From: {sender}\n\nmail {next(_numbers)}\n".encode("utf-8", "surrogateescape")
    (handle,) = arrivals.take_in([arrivals.Delivery(sender, (cast.address,), raw)], actor=cast.door)
    if at is not None:
        Arrival.objects.filter(handle=handle).update(at=at)
    return Arrival.objects.get(handle=handle)


def mail(
    cast: Any, text: str = "The portal refuses my password.", *, at: datetime | None = None, **more: Any
) -> Message:
    """A mail that came in and was read. more: as the fields of `Incoming`."""
    asked = {"sender": ALICE, "sender_name": "", "recipients": (cast.address,), "subject": "Locked out", **more}
    asked.setdefault("message_id", f"{next(_numbers)}@mail.example.org")
    arrival = arrive(cast, sender=asked["sender"] or "bounce@example.org", at=at)
    return intake.receive(arrival, intake.Incoming(text=text, **asked), actor=cast.door)


def ticket(cast: Any, text: str = "The portal refuses my password.", **more: Any) -> Ticket:
    """The ticket that a mail opened or joined, as the database has it now."""
    return fresh(mail(cast, text, **more).ticket)


def fresh(one: Ticket) -> Ticket:
    return Ticket.objects.get(pk=one.pk)


def items(one: Ticket) -> list[str]:
    """What kinds of data a ticket holds."""
    return sorted(kept.item for kept in vault.describe(one.desk, held_by=[one.handle]))


def said(parts: list[str | recognition.Masked] | None) -> str:
    """Pieces of a text with a sign for what is covered."""
    return "".join(part if isinstance(part, str) else f"[{part.label}]" for part in parts or ())


def shown(one: Ticket, actor: Any) -> list[str]:
    """The conversation as an actor sees it."""
    reading = vault.Reading(actor, "ticket.looked-at", one.handle)
    return [said(message.parts) for message in conversation.shown(one, reading)]


def listed(actor: Any, view: str = "open") -> list[tuple[int, str, str]]:
    """The lines of a list: number, gist, who."""
    reading = vault.Reading(actor, "list.looked-at")
    return [
        (row.ticket.number, said(row.gist), row.who)
        for row in queue.rows(queue.lines(queue.tickets(actor, view)), reading)
    ]
