"""The queue: views with their counts, and the rows that a list shows."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from balie import recognition, vault
from balie.desk.conversation import masked_spans
from balie.desk.models import Message, Status, Ticket
from balie.kernel import Actor

_OPEN = ~Q(status=Status.CLOSED)


@dataclass(frozen=True)
class View:
    """A list that an agent works from; count: how many tickets stand in it."""

    slug: str
    count: int


@dataclass(frozen=True)
class Row:
    """One line of a list. gist: the subject, or the beginning of what was asked, masked as on the ticket."""

    ticket: Ticket
    gist: list[str | recognition.Masked]
    who: str


def _conditions(actor: Actor) -> dict[str, Q]:
    mine = Q(assignee=UUID(actor.handle)) if actor.kind == "staff" else Q(pk=None)
    return {
        "open": _OPEN,
        "mine": _OPEN & mine,
        "unassigned": _OPEN & Q(assignee=None),
        "waiting": Q(status=Status.WAITING),
        "closed": Q(status=Status.CLOSED),
    }


def views(actor: Actor) -> list[View]:
    """The views of the actor's desk, in their order, with counts of what the actor may see."""
    visible = Ticket.objects.visible_to(actor)
    return [View(slug, visible.filter(condition).count()) for slug, condition in _conditions(actor).items()]


def tickets(actor: Actor, view: str) -> QuerySet[Ticket]:
    """The tickets of one view, the one longest without contact first (closed: the newest first); an unknown view is `open`."""
    conditions = _conditions(actor)
    rows = Ticket.objects.visible_to(actor).filter(conditions.get(view, conditions["open"])).select_related("assignee")
    return rows.order_by("-closed_at" if view == "closed" else "last_contact_at", "number")


def rows(listed: list[Ticket], reading: vault.Reading) -> list[Row]:
    """The lines for these tickets, opened through one reading: two queries for ten as for one."""
    first = _first_messages(listed)
    wanted: list[UUID | None] = []
    for ticket in listed:
        message = first.get(ticket.handle)
        wanted += [ticket.subject, ticket.assignee.name if ticket.assignee else None]
        wanted += [message.text if not ticket.subject else None, message.sender] if message else []
    opened = reading.open(wanted)
    masks = masked_spans(*listed)
    return [_row(ticket, first.get(ticket.handle), opened, masks) for ticket in listed]


def _first_messages(listed: list[Ticket]) -> dict[UUID, Message]:
    found: dict[UUID, Message] = {}
    messages = Message.objects.filter(ticket__in=listed, kind=Message.Kind.INCOMING).order_by("at")
    for message in messages:
        found.setdefault(message.ticket_id, message)
    return found


def _row(
    ticket: Ticket,
    message: Message | None,
    opened: dict[UUID, vault.Opened],
    masks: dict[UUID, list[recognition.Span]],
) -> Row:
    record = ticket.subject or (message.text if message else None)
    text = opened.get(record) if record else None
    sender = opened.get(message.sender) if message and message.sender else None
    gist = recognition.mask(text, masks.get(record, [])) if isinstance(text, str) and record else []
    return Row(ticket, _beginning(gist), sender if isinstance(sender, str) else "")


def _beginning(parts: list[str | recognition.Masked], most: int = 120) -> list[str | recognition.Masked]:
    found: list[str | recognition.Masked] = []
    for part in parts:
        text = re.sub(r"\s+", " ", part)[:most] if isinstance(part, str) else None
        found.append(part if text is None else text)
        most -= len(text or "........")
        if most <= 0:
            break
    return found
