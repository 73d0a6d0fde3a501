"""Tabs: the tickets that a member of staff has open, in the bar until they are closed, on whatever machine."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from balie import recognition, vault
from balie.desk import gathering, rules
from balie.desk.models import Tab, Ticket
from balie.kernel import Actor, check
from balie.kernel.prepared import prepared

MOST = 12


@dataclass(frozen=True)
class Shown:
    """One tab. gist: the subject, masked as on the ticket; empty where there is none."""

    ticket: Ticket
    gist: list[str | recognition.Masked]


def open_(ticket: Ticket, *, actor: Actor) -> None:
    """The actor has this ticket open; one more than twelve, and the one that was opened first is closed. Raises Refused.

    A ticket that holds nothing any more gets no place.

    In no evidence: that somebody looked is there already, and what stands in a bar says no more.
    """
    check(rules.look(ticket, actor))
    account = UUID(actor.handle)
    if _tab.first(account, ticket.pk) is None and not _is_empty(ticket):
        _open(ticket, account)


def _is_empty(ticket: Ticket) -> bool:
    """Whether nothing is left of it to look at; what is open holds something."""
    return ticket.closed_at is not None and not vault.still_holding(ticket.desk, [ticket.handle])


@transaction.atomic
def _open(ticket: Ticket, account: UUID) -> None:
    mine = Tab.objects.filter(account=account)
    last = mine.aggregate(last=Max("place"))["last"] or 0
    Tab.objects.bulk_create([Tab(account_id=account, ticket=ticket, place=last + 1)], ignore_conflicts=True)
    too_many = list(mine.order_by("-place").values_list("pk", flat=True)[MOST:])
    if too_many:
        Tab.objects.filter(pk__in=too_many).delete()


def close(ticket: Ticket, *, actor: Actor) -> None:
    """The actor is done with looking at this ticket."""
    Tab.objects.filter(account=UUID(actor.handle), ticket=ticket).delete()


def close_empty(desk: str) -> int:
    """Close the tabs of tickets that hold nothing any more: there is nothing left to look at. How many."""
    mine = Tab.objects.filter(ticket__desk=desk)
    tickets = set(mine.values_list("ticket", flat=True))
    empty = tickets - vault.still_holding(desk, tickets) if tickets else set()
    return mine.filter(ticket__in=empty).delete()[0] if empty else 0


def open_of(actor: Actor) -> list[Ticket]:
    """The actor's open tickets, of those that may still be seen, in the order in which they were opened."""
    if actor.kind != "staff":
        return []
    mine = _opened(UUID(actor.handle))
    seen = {one.pk: one for one in _visible(mine, actor=actor)} if mine else {}
    return [seen[handle] for handle in mine if handle in seen]


def shown(tickets: list[Ticket], reading: vault.Reading) -> list[Shown]:
    """The tabs with their subjects, opened through one reading."""
    opened = reading.open([one.subject for one in tickets])
    masks = gathering.masks(tickets)
    return [Shown(one, _gist(one, opened, masks)) for one in tickets]


@prepared
def _tab(account: UUID, ticket: UUID) -> QuerySet[Tab, int]:
    return Tab.objects.filter(account=account, ticket=ticket).values_list("pk", flat=True)


@prepared
def _opened(account: UUID) -> QuerySet[Tab, UUID]:
    return Tab.objects.filter(account=account).order_by("place").values_list("ticket", flat=True)


@prepared
def _visible(tickets: list[UUID], *, actor: Actor) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(actor, among=tickets)


def _gist(
    ticket: Ticket, opened: dict[UUID, vault.Opened], masks: dict[UUID, list[recognition.Span]]
) -> list[str | recognition.Masked]:
    text = opened.get(ticket.subject) if ticket.subject else None
    return recognition.mask(text, masks.get(ticket.subject, [])) if isinstance(text, str) and ticket.subject else []
