"""What records hang on at a desk: which of these handles are there, and when something last happened to the tickets among them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balie.desk.models import Arrival, Call, Message, Ticket
from balie.kernel import Actor
from balie.people.models import Account


@dataclass(frozen=True)
class Times:
    """The moments of a ticket from which terms run. closed: None while it is open."""

    closed: datetime | None
    last_contact: datetime


def times(desk: str, handles: Collection[UUID]) -> dict[UUID, Times]:
    """The moments of those of these handles that are tickets of the desk."""
    rows = Ticket.objects.filter(desk=desk, handle__in=handles).values_list("handle", "closed_at", "last_contact_at")
    return {handle: Times(closed, last_contact) for handle, closed, last_contact in rows}


def numbers(handles: Collection[UUID], *, actor: Actor) -> dict[UUID, int]:
    """The numbers of those of these handles that are tickets which the actor may see."""
    return dict(Ticket.objects.visible_to(actor, among=handles).values_list("handle", "number"))


def standing(desk: str, handles: Collection[UUID]) -> set[UUID]:
    """Those of these handles that are a ticket, an arrival, a call or an account of the desk."""
    found: set[UUID] = set()
    for kind in (Ticket, Arrival, Call, Account):
        missing = [handle for handle in handles if handle not in found]
        if missing:
            found.update(kind._default_manager.filter(desk=desk, handle__in=missing).values_list("handle", flat=True))
    return found


def of_ticket(ticket: Ticket) -> list[UUID]:
    """What holds the data of a ticket: itself, and its mails as they came."""
    arrivals = Message.objects.filter(ticket=ticket, arrival__isnull=False).values_list("arrival", flat=True)
    return [ticket.handle, *(arrival for arrival in arrivals if arrival)]
