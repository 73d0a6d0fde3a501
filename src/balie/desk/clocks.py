"""Clocks: what is put away late runs from what has happened to its ticket already."""

from balie import vault
from balie.desk.models import Ticket
from balie.kernel import Actor

BY_CLOSING = ("ticket.closed", "purpose.done")  # what happens when a ticket is closed


def wind(ticket: Ticket, *, actor: Actor) -> None:
    """What was just put away for a ticket runs from its last contact, and from its closing if it is closed (GDPR 5(1)(e)).

    Without it a note on a closed ticket would wait for an event that has been, and stay until its latest date.
    """
    vault.start_clock(ticket.handle, "ticket.last-contact", on=ticket.last_contact_at, actor=actor)
    if ticket.closed_at is not None:
        for event in BY_CLOSING:
            vault.start_clock(ticket.handle, event, on=ticket.closed_at, actor=actor)


def wait_again(ticket: Ticket, *, actor: Actor) -> None:
    """A closed ticket is open again: what ran from its closing waits anew, until its latest date at most."""
    for event in BY_CLOSING:
        vault.stop_clock(ticket.handle, event, actor=actor)
