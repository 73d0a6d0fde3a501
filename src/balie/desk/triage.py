"""Triage: who handles a ticket, and about which service and of what kind it is."""

from django.db import transaction

from balie import evidence
from balie.desk import placing, rules
from balie.desk.models import Kind, Status, Ticket
from balie.kernel import Actor, Invalid, check, sentence
from balie.people.models import Account


@transaction.atomic
def assign(ticket: Ticket, *, to: Account | None, actor: Actor) -> None:
    """Give a ticket to a colleague, or back to the team. Raises Refused, or Invalid for one who does not cover it."""
    check(rules.assign(ticket, actor))
    if to is not None and to not in rules.may_get(ticket):
        raise Invalid(sentence("This colleague does not handle tickets of this kind: choose another."))
    ticket.assignee = to
    ticket.status = Status.OPEN if ticket.status == Status.NEW and to is not None else ticket.status
    ticket.save(update_fields=["assignee", "status"])
    _record("ticket.assigned", ticket, actor, to=to.handle.hex if to else None)


@transaction.atomic
def sort(ticket: Ticket, *, service: str, kind: str, actor: Actor) -> None:
    """Say which service a ticket is about, and of what kind it is.

    A service of another activity only where the settings say that who asks is recorded at the same place for both: then what was
    said and sent comes under the row of its service, and who asks stays (mission S2.3). Raises Invalid for an unknown service, and
    for one of another activity else: its data stand under other rules. Raises Refused when that row has no place for them.
    """
    check(rules.assign(ticket, actor))
    version = rules.version_of(ticket)
    if kind not in Kind.values:
        raise Invalid(sentence("«{kind}» is no kind of ticket.", kind=kind))
    if not placing.may_stand(version, ticket, service):
        raise Invalid(
            sentence("A ticket stays within its activity: choose a service of «{name}».", name=ticket.activity)
        )
    placing.stand(ticket, service, actor=actor)
    placing.let_go(ticket)
    ticket.kind = kind
    ticket.save(update_fields=["service", "kind", "activity", "team", "assignee"])
    _record("ticket.sorted", ticket, actor, kind=kind)


def opened(ticket: Ticket) -> None:
    """Somebody of the staff opened a ticket: it is unread no longer. The look itself is the evidence of it."""
    if ticket.unread:
        Ticket.objects.filter(pk=ticket.pk, unread=True).update(unread=False)
        ticket.unread = False


def _record(act: str, ticket: Ticket, actor: Actor, **facts: str | None) -> None:
    evidence.record(
        act,
        actor,
        ticket.handle,
        operation="organise",
        activity=rules.version_of(ticket).uri(ticket.activity),
        facts={"service": ticket.service, "team": ticket.team, **facts},
    )
