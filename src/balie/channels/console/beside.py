"""What stands beside a conversation: which tickets belong to it, what waits with the answer, and the look before that goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from balie import recognition, vault
from balie.desk import checking, conversation, enclosing, gathering, relations, rules, tabs
from balie.desk.models import Message, Ticket
from balie.kernel import Conflict, Stop

_NAMES = ("name", "first-name", "family-name")


@dataclass(frozen=True)
class RelatedShown:
    """A ticket that belongs here. how: `linked`, `merged-here`, `merged-into`. gist: its subject, where it has one."""

    handle: UUID
    number: int
    url: str
    status: str
    gist: Sequence[str | recognition.Masked]
    how: str


@dataclass(frozen=True)
class BesideShown:
    """asker: whom an answer goes to, in a name. into: the ticket that this one was merged into. new: what came in while
    somebody wrote, as places in the conversation. remarks: by kind of draft."""

    asker: str
    follows: bool
    related: list[RelatedShown]
    into: RelatedShown | None
    may_link: bool
    may_split: bool
    files: list[enclosing.Kept]
    remarks: dict[str, list[checking.Remark]]
    new: frozenset[UUID]


def beside_of(
    ticket: Ticket,
    reading: vault.Reading,
    request: HttpRequest,
    stop: Stop | None,
    drafts: Mapping[str, str],
    *,
    follows: bool,
) -> BesideShown:
    """All of it, opened through the reading of the ticket's page."""
    actor, related, files = reading.actor, _related(ticket, reading), enclosing.kept(ticket, reading)
    handles = rules.handle(ticket, actor) is None
    return BesideShown(
        asker=addressee(ticket, reading),
        follows=follows,
        related=[one for one in related if one.how != "merged-into"],
        into=next((one for one in related if one.how == "merged-into"), None),
        may_link=handles,
        may_split=handles and len(gathering.incoming(ticket)) > 1 and rules.unrestricted(ticket) is None,
        files=files,
        remarks={kind: remarks_of(ticket, kind, text, reading, len(files)) for kind, text in drafts.items()},
        new=_new(ticket, request, stop, reading),
    )


def addressee(ticket: Ticket, reading: vault.Reading) -> str:
    """Whom an answer goes to, by the name that was written down, else that of the mail; nothing where no name is known."""
    rows = {item: record for item, record in gathering.written(ticket).items() if item in _NAMES}
    opened = reading.open(rows.values())
    written = [value for item in _NAMES if isinstance(value := opened.get(rows.get(item, ticket.handle)), str)]
    if written:
        return written[0] if "name" in rows else " ".join(written)
    asked = conversation.answered(ticket)
    name = reading.text(asked.sender_name) if asked else ""
    return "" if "@" in name else name


def remarks_of(ticket: Ticket, kind: str, text: str, reading: vault.Reading, files: int) -> list[checking.Remark]:
    """What is worth a second look: of an answer all of it, of a note what the register does not have or would rather not."""
    if not text.strip():
        return []
    found = checking.before(ticket, text, files=files, address=conversation.answer_address(ticket, reading))
    return found if kind == Message.Kind.ANSWER else [one for one in found if one.code in ("avoided", "undeclared")]


def _related(ticket: Ticket, reading: vault.Reading) -> list[RelatedShown]:
    found = relations.related(ticket, reading.actor)
    shown = tabs.shown([one.ticket for one in found], reading)
    return [
        RelatedShown(one.ticket.handle, one.ticket.number, _url(one.ticket), one.ticket.status, seen.gist, one.how)
        for one, seen in zip(found, shown, strict=True)
    ]


def _url(ticket: Ticket) -> str:
    return reverse("ticket", kwargs={"desk": ticket.desk, "number": ticket.number})


def _new(ticket: Ticket, request: HttpRequest, stop: Stop | None, reading: vault.Reading) -> frozenset[UUID]:
    """Where something came in while an answer was written: what that was, by the message that its writer had seen."""
    if not isinstance(stop, Conflict):
        return frozenset()
    try:
        seen = UUID(request.POST.get("seen", ""))
    except ValueError:
        return frozenset()
    return frozenset(one.handle for one in conversation.new_since(ticket, seen, actor=reading.actor))
