"""Under which row of the register the data of a ticket stand: who asks at one place, what it is about at that of its service (S2.3)."""

from balie import register, vault
from balie.desk import rules
from balie.desk.models import Ticket
from balie.kernel import Actor

SAID = frozenset({"message", "attachment", "raw-message", "approval"})  # what it is about; all else is about who asks


def services(ticket: Ticket) -> list[register.Service]:
    """The services that a ticket may be about: those of its activity, and those for which who asks is recorded where it is now."""
    version = rules.version_of(ticket)
    return [one for one in version.services.values() if may_stand(version, ticket, one.id)]


def may_stand(version: register.Version, ticket: Ticket, service: str) -> bool:
    """May this ticket come under the row of this service? Not where that would put who asks to another use (GDPR 5(1)(b))."""
    if service not in version.services:
        return False
    within = register.activity_of(version, service) == ticket.activity
    return within or register.asker(version, service) == rules.asker_of(ticket)


def stand(ticket: Ticket, service: str, *, actor: Actor) -> None:
    """Put what is kept for a ticket under the rows of a service, and its team with it; the caller saves the ticket.

    Raises Refused with the sentence of the first item for which those rows have no place; then nothing has moved.
    """
    version = rules.version_of(ticket)
    asker, matter = register.asker(version, service), register.matter(version, service)
    if (asker, matter) == (rules.asker_of(ticket), (ticket.activity, rules.group_of(ticket))):
        ticket.service = service
        return
    happened = {"ticket.last-contact": ticket.last_contact_at}
    if ticket.closed_at is not None:
        happened |= dict.fromkeys(("ticket.closed", "purpose.done"), ticket.closed_at)
    vault.declare(
        ticket.handle,
        lambda item: matter if item in SAID else asker,
        version=version,
        actor=actor,
        happened=happened,
    )
    if ticket.activity != matter[0]:
        ticket.activity, ticket.team = matter[0], register.team_for(version, matter[0])
    ticket.service = service


def let_go(ticket: Ticket) -> None:
    """A colleague whose teams do not cover where a ticket stands now has it no longer."""
    if ticket.assignee is not None and ticket.assignee not in rules.may_get(ticket):
        ticket.assignee = None
