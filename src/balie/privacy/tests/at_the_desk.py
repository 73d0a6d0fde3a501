"""Tickets for the tests of the duties: mail taken in as a door does, without the reading of it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from balie.desk import arrivals, intake
from balie.desk.models import Arrival, Ticket

ALICE = "alice@example.org"
TEXT = "The portal refuses my password since Tuesday."


def mail_in(
    cast: Any,
    *,
    sender: str = ALICE,
    subject: str = "Locked out",
    text: str = TEXT,
    files: tuple[intake.File, ...] = (),
    at: datetime | None = None,
) -> Ticket:
    """A mail that came in and was read; its ticket."""
    raw = f"From: {sender}\nSubject: {subject}\n\n{text} {timezone.now().isoformat()}".encode()
    (handle,) = arrivals.take_in([arrivals.Delivery(sender, (cast.address,), raw)], actor=cast.door)
    if at is not None:
        Arrival.objects.filter(handle=handle).update(at=at)
    incoming = intake.Incoming(
        sender=sender,
        sender_name="Alice Example",
        recipients=(cast.address,),
        subject=subject,
        text=text,
        files=files,
        message_id="m1@example.org",
    )
    message = intake.receive(Arrival.objects.get(handle=handle), incoming, actor=cast.door)
    return Ticket.objects.get(handle=message.ticket_id)
