"""How tickets and staff stand to one another: who follows a ticket, and which tickets belong together."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from balie import evidence
from balie.desk import rules
from balie.desk.models import Follow, Link, Message, Ticket
from balie.kernel import Actor, check
from balie.kernel.prepared import prepared
from balie.people import accounts


@dataclass(frozen=True)
class Related:
    """A ticket that belongs to another. how: `linked`, `merged-here` or `merged-into`."""

    ticket: Ticket
    how: str


@transaction.atomic
def follow(ticket: Ticket, *, actor: Actor) -> None:
    """From now on what others say on this ticket is news to the actor; twice is once. Raises Refused."""
    check(rules.look(ticket, actor))
    account = accounts.account_of(actor)
    if Follow.objects.filter(ticket=ticket, account=account).exists():
        return
    Follow.objects.create(ticket=ticket, account=account, seen_at=timezone.now())
    _record("ticket.followed", ticket, actor)


@transaction.atomic
def unfollow(ticket: Ticket, *, actor: Actor) -> None:
    """What happens on this ticket is no news to the actor any more. Raises Refused."""
    check(rules.look(ticket, actor))
    gone, _ = Follow.objects.filter(ticket=ticket, account=UUID(actor.handle)).delete()
    if gone:
        _record("ticket.unfollowed", ticket, actor)


def follows(ticket: Ticket, actor: Actor) -> bool:
    """Whether the actor follows this ticket."""
    return actor.kind == "staff" and bool(_follow(ticket.pk, UUID(actor.handle)))


def followed(actor: Actor) -> QuerySet[Follow, UUID]:
    """The tickets that a member of staff follows, by handle."""
    return Follow.objects.filter(account=UUID(actor.handle)).values_list("ticket", flat=True)


def followed_by(actor: Actor) -> Q:
    """The condition of the view `following`."""
    if actor.kind != "staff":
        return Q(pk=None)
    return Q(pk__in=followed(actor))


def looked(ticket: Ticket, *, actor: Actor) -> bool:
    """The actor has seen all that stands on a followed ticket: it is news no more. With the look, which the evidence has.

    Whether the actor follows it; where not, nothing is written, and nobody waits for it.
    """
    is_followed = follows(ticket, actor)
    if is_followed:
        Follow.objects.filter(ticket=ticket, account=UUID(actor.handle)).update(seen_at=timezone.now())
    return is_followed


def news(actor: Actor, tickets: Iterable[UUID]) -> set[UUID]:
    """Which of these tickets, by handle, the actor follows and has not looked at since somebody else wrote there; one query."""
    if actor.kind != "staff":
        return set()
    return set(_said_since(list(tickets), UUID(actor.handle)))


@transaction.atomic
def link(ticket: Ticket, *, to: Ticket, actor: Actor) -> None:
    """Two tickets belong together, whoever asks on each: nothing of one is shown to the other's requester. Twice is once.

    Raises Refused.
    """
    check(rules.link(ticket, to, actor))
    one, other = _in_order(ticket, to)
    _, fresh = Link.objects.get_or_create(one=one, other=other)
    if fresh:
        _record("ticket.linked", ticket, actor, other=to.number)


@transaction.atomic
def unlink(ticket: Ticket, *, to: Ticket, actor: Actor) -> None:
    """Two tickets do not belong together after all. Raises Refused."""
    check(rules.link(ticket, to, actor))
    one, other = _in_order(ticket, to)
    gone, _ = Link.objects.filter(one=one, other=other).delete()
    if gone:
        _record("ticket.unlinked", ticket, actor, other=to.number)


def related(ticket: Ticket, actor: Actor) -> list[Related]:
    """The tickets that belong to this one, of those that the actor may see; the oldest first."""
    how = dict.fromkeys(_linked(ticket), "linked")
    how |= dict.fromkeys(_merged_here(ticket.pk), "merged-here")
    if ticket.merged_into_id is not None:
        how[ticket.merged_into_id] = "merged-into"
    if not how:
        return []
    rows: QuerySet[Ticket] = Ticket.objects.visible_to(actor).filter(pk__in=how).select_related("assignee")
    return [Related(one, how[one.pk]) for one in rows.order_by("number")]


def _linked(ticket: Ticket) -> list[UUID]:
    return [other if one == ticket.pk else one for one, other in _links(ticket.pk)]


@prepared
def _follow(ticket: UUID, account: UUID) -> QuerySet[Follow, int]:
    return Follow.objects.filter(ticket=ticket, account=account).values_list("pk", flat=True)


@prepared
def _said_since(tickets: list[UUID], account: UUID) -> QuerySet[Message, UUID]:
    mine = Q(ticket__follows__account=account, at__gt=F("ticket__follows__seen_at"))
    said = Message.objects.filter(mine, ticket__in=tickets).exclude(account=account)
    return said.values_list("ticket", flat=True)


@prepared
def _merged_here(ticket: UUID) -> QuerySet[Ticket, UUID]:
    return Ticket.objects.filter(merged_into=ticket).values_list("pk", flat=True)


@prepared
def _links(ticket: UUID) -> QuerySet[Link, tuple[UUID, UUID]]:
    return Link.objects.filter(Q(one=ticket) | Q(other=ticket)).values_list("one", "other")


def _in_order(ticket: Ticket, to: Ticket) -> tuple[Ticket, Ticket]:
    one, other = sorted((ticket, to), key=lambda each: each.pk)
    return one, other


def _record(act: str, ticket: Ticket, actor: Actor, **facts: int) -> None:
    evidence.record(
        act,
        actor,
        ticket.handle,
        operation="link" if act in ("ticket.linked", "ticket.unlinked") else "organise",
        activity=rules.version_of(ticket).uri(ticket.activity),
        facts={"ticket": ticket.number, **facts},
    )
