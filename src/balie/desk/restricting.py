"""Restricting a ticket: what it holds is kept, and not used, while an objection is weighed."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence
from balie.desk import rules
from balie.desk.models import Ticket
from balie.kernel import Actor


@transaction.atomic
def restrict(ticket: Ticket, *, actor: Actor) -> None:
    """From now on only what concerns the objection is said on the ticket (GDPR 4(3), 18(1)(d)); twice is once."""
    if ticket.restricted_at is None:
        _set(ticket, "ticket.restricted", actor)


@transaction.atomic
def lift(ticket: Ticket, *, actor: Actor) -> None:
    """The ticket may be used again, or nothing of it is left to use (GDPR 18(3))."""
    if ticket.restricted_at is not None:
        _set(ticket, "ticket.restriction-lifted", actor)


def restricted(desk: str) -> set[UUID]:
    """The handles of a desk's restricted tickets."""
    rows = Ticket.objects.visible_to(Actor.system("prove", desk)).filter(restricted_at__isnull=False)
    return set(rows.values_list("handle", flat=True))


def _set(ticket: Ticket, act: str, actor: Actor) -> None:
    ticket.restricted_at = timezone.now() if act == "ticket.restricted" else None
    ticket.save(update_fields=["restricted_at"])
    evidence.record(
        act,
        actor,
        ticket.handle,
        operation="restrict",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number},
    )
