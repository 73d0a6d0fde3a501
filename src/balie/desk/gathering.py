"""What stands on one ticket, fetched once for a page that asks for it again and again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from balie import recognition, vault
from balie.desk.models import Attachment, Finding, Message, Others, ReporterItem, Ticket
from balie.kernel import Actor
from balie.kernel.prepared import prepared

Masks = dict[UUID, list[recognition.Span]]


@dataclass(frozen=True)
class Gathered:
    """All that is known of a ticket, as of the moment in which it was gathered."""

    ticket: UUID
    messages: list[Message]
    files: dict[UUID, list[Attachment]]
    masks: Masks
    others: list[Others]

    @cached_property
    def written(self) -> dict[str, UUID]:
        return dict(_written(self.ticket))

    def said(self) -> Iterator[UUID | None]:
        """The records of what was said: texts, who wrote them, the names of files."""
        for one in self.messages:
            yield from (one.text, one.sender, one.sender_name, one.account.name if one.account else None)
            yield from (file.name for file in self.files.get(one.handle, ()))


def numbered(number: int, *, actor: Actor) -> Ticket | None:
    """The ticket of this number with its assignee, if the actor may see it."""
    return _numbered.first(number, actor=actor)


def gather(ticket: Ticket, reading: vault.Reading, *others: UUID) -> None:
    """Fetch all of it, and open it through the reading of a page, with the other records that the page opens.

    For whoever only reads: what is written afterwards is not seen on this ticket.
    """
    ticket.gathered = of(ticket)
    name = ticket.assignee.name if ticket.assignee else None
    reading.open([ticket.subject, name, *ticket.gathered.said(), *ticket.gathered.written.values(), *others])


def of(ticket: Ticket) -> Gathered:
    """What was gathered of a ticket; where nothing was, it is fetched now, and not kept."""
    if ticket.gathered:
        return ticket.gathered
    said = messages(ticket)
    return Gathered(ticket.pk, said, _by_message(said), masks([ticket]), list(_others(ticket.pk)))


def messages(ticket: Ticket) -> list[Message]:
    """All that was said, the oldest first, with who of the staff said it."""
    return ticket.gathered.messages if ticket.gathered else _messages(ticket.pk)


def incoming(ticket: Ticket) -> list[Message]:
    """What a requester wrote, the oldest first."""
    return [one for one in messages(ticket) if one.kind == Message.Kind.INCOMING]


def written(ticket: Ticket) -> dict[str, UUID]:
    """What a person wrote down about the requester: the record of each item."""
    return ticket.gathered.written if ticket.gathered else dict(_written(ticket.pk))


def masks(tickets: Iterable[Ticket]) -> Masks:
    """What is masked in each text of these tickets, by the text's handle."""
    known = list(tickets)
    if len(known) == 1 and known[0].gathered:
        return known[0].gathered.masks
    found: Masks = {}
    for record, start, end, label, role in _masked([one.pk for one in known]):
        found.setdefault(record, []).append(recognition.Span(start, end, label, role))
    return found


def others(ticket: Ticket) -> list[Others]:
    """What was noticed of others on a ticket, decided about or not, the oldest first."""
    return ticket.gathered.others if ticket.gathered else list(_others(ticket.pk))


def _by_message(said: Sequence[Message]) -> dict[UUID, list[Attachment]]:
    found = defaultdict[UUID, list[Attachment]](list)
    for file in _files([one.pk for one in said]):
        found[file.message_id].append(file)
    return dict(found)


@prepared
def _numbered(number: int, *, actor: Actor) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(actor).filter(number=number).select_related("assignee")


@prepared
def _messages(ticket: UUID) -> QuerySet[Message]:
    said = Message.objects.filter(ticket=ticket).select_related("account", "moved_from")
    return said.order_by("at", "handle")


@prepared
def _files(messages: list[UUID]) -> QuerySet[Attachment]:
    return Attachment.objects.filter(message__in=messages)


@prepared
def _others(ticket: UUID) -> QuerySet[Others]:
    return Others.objects.filter(ticket=ticket).select_related("message", "attachment", "decided_by").order_by("handle")


@prepared
def _written(ticket: UUID) -> QuerySet[ReporterItem, tuple[str, UUID]]:
    return ReporterItem.objects.filter(ticket=ticket).values_list("item", "record")


@prepared
def _masked(tickets: list[UUID]) -> QuerySet[Finding, tuple[UUID, int, int, str, str]]:
    found = Finding.objects.filter(ticket__in=tickets, masked=True).order_by("start")
    return found.values_list("record", "start", "end", "label", "role")
