"""Closing a ticket and opening it again: the clocks that hang on closing start and stop here."""

from django.db import transaction
from django.utils import timezone

from balie import evidence
from balie.desk import clocks, rules
from balie.desk.models import Status, Ticket
from balie.kernel import Actor, check


@transaction.atomic
def close(ticket: Ticket, *, actor: Actor) -> None:
    """Close a ticket: what is kept until closing runs from now. Raises Refused."""
    check(rules.close(ticket, actor))
    ticket.status, ticket.closed_at = Status.CLOSED, timezone.now()
    ticket.save(update_fields=["status", "closed_at"])
    clocks.wind(ticket, actor=actor)
    seconds = int((ticket.closed_at - ticket.opened_at).total_seconds())
    _record("ticket.closed", ticket, actor, seconds=seconds)


@transaction.atomic
def reopen(ticket: Ticket, *, actor: Actor) -> None:
    """Open a closed ticket again: what ran from its closing waits anew. Raises Refused."""
    check(rules.reopen(ticket, actor))
    ticket.status, ticket.closed_at = Status.OPEN, None
    ticket.save(update_fields=["status", "closed_at"])
    clocks.wait_again(ticket, actor=actor)
    _record("ticket.reopened", ticket, actor)


def _record(act: str, ticket: Ticket, actor: Actor, **facts: int) -> None:
    evidence.record(
        act,
        actor,
        ticket.handle,
        operation="use",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"service": ticket.service, "channel": ticket.channel, "team": ticket.team, **facts},
    )
