"""What became of mails that were taken in: which ticket each opened or joined."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balie.desk.models import Arrival, Message
from balie.kernel import Actor


@dataclass(frozen=True)
class Outcome:
    """One mail.

    ticket: its number, None until the mail has been read. opened: it is the first of its ticket. unreadable: a code, or nothing.
    """

    arrival: UUID
    arrived_at: datetime
    ticket: int | None
    opened: bool
    unreadable: str


def of(arrivals: Iterable[UUID], *, actor: Actor) -> list[Outcome]:
    """What became of these arrivals at the actor's desk, in the order in which they came."""
    rows = list(Arrival.objects.filter(desk=actor.desk, handle__in=list(arrivals)).order_by("at", "handle"))
    messages = Message.objects.filter(arrival__in=[row.handle for row in rows]).select_related("ticket")
    by_arrival = {message.arrival: message for message in messages}
    return [_outcome(row, by_arrival.get(row.handle)) for row in rows]


def unread(desk: str) -> set[UUID]:
    """The records of mails that were accepted and have not been read: until they are, they are all that there is of them."""
    rows = Arrival.objects.filter(desk=desk, read_at__isnull=True)
    return set(rows.values_list("raw", flat=True))


def _outcome(row: Arrival, message: Message | None) -> Outcome:
    if message is None:
        return Outcome(row.handle, row.at, None, False, "")
    earlier = message.ticket.messages.filter(at__lt=message.at).exists()
    return Outcome(row.handle, row.at, message.ticket.number, not earlier, message.unreadable)
