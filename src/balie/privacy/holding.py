"""Holds: a named person says that a ticket's data may not go yet, why, and until when; they go on being used as before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import vault
from balie.desk import holders
from balie.desk.models import Ticket
from balie.kernel import Actor, Invalid, check, sentence
from balie.privacy import rules

# Why data may outlive their term: somebody claims or is claimed against (17(3)(e)), a public body was asked for its documents, or
# they are to be kept in the public interest (17(3)(d)).
REASONS = ("legal-claim", "information-request", "archiving")


@dataclass(frozen=True)
class Held:
    """One hold on a ticket: why, and the day on which it is looked at again."""

    reason: str
    until: date | None


@transaction.atomic
def hold(ticket: Ticket, *, reason: str, until: date | None, actor: Actor) -> int:
    """Keep all that the ticket holds, and what comes to it, until the hold is ended by a person; how many records.

    until: the day on which it is looked at again; a hold never ends by itself, and `prove` tells of one that is over its day.
    Raises Refused for who is not the privacy officer, Invalid for an unknown reason or a day that is not to come.
    """
    check(rules.hold(ticket, actor))
    check_reason(reason, until)
    if any(one.reason == reason for one in of(ticket)):
        raise Invalid(
            sentence("The ticket is held for this reason already. End that hold first, to give it another day.")
        )
    return vault.hold(_records(ticket), reason=reason, until=until, actor=actor)


def check_reason(reason: str, until: date | None) -> None:
    """Raise Invalid for an unknown reason, or a day that is not to come."""
    if reason not in REASONS:
        raise Invalid(sentence("Choose why: {reasons}.", reasons=REASONS))
    if until is None or until <= timezone.now().date():
        raise Invalid(sentence("Say on which day to come this is looked at again."))


@transaction.atomic
def release(ticket: Ticket, *, reason: str, actor: Actor) -> int:
    """End a hold; what was due meanwhile goes with the next sweep. Raises as `hold`."""
    check(rules.hold(ticket, actor))
    if reason not in REASONS:
        raise Invalid(sentence("Choose why: {reasons}.", reasons=REASONS))
    return vault.release(_records(ticket), reason=reason, actor=actor)


def of(ticket: Ticket) -> list[Held]:
    """The holds on a ticket, but for those of an objection, which end with its decision."""
    found = vault.held(ticket.desk, holders.of_ticket(ticket))
    return [Held(reason, until) for reason, until in found if reason in REASONS]


def _records(ticket: Ticket) -> list[UUID]:
    return [one.handle for one in vault.describe(ticket.desk, held_by=holders.of_ticket(ticket))]
