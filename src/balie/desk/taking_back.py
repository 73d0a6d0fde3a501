"""Taking an answer back before it goes: what was written is a draft again, as if nobody had pressed the button."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from balie import evidence, post, vault
from balie.desk import closing, conversation, enclosing, intake, joining, rules
from balie.desk.models import Draft, Finding, Message, Status, Ticket
from balie.kernel import Actor, Refused, check, handles, sentence
from balie.kernel.prepared import prepared


@dataclass(frozen=True)
class Waiting:
    """An answer that has not gone. goes_at: when it does at the earliest."""

    message: Message
    goes_at: datetime


def waiting(desk: str, messages: Iterable[Message]) -> dict[UUID, Waiting]:
    """Those of these messages of one desk that are answers nobody tried to send yet, by their handle."""
    answers = {one.handle.hex: one for one in messages if one.kind == Message.Kind.ANSWER}
    rows = post.untried(desk, kind="answer", ref="message", values=answers)
    return {answers[ref].handle: Waiting(answers[ref], row.not_before) for ref, row in rows.items()}


def just_sent(actor: Actor, *, now: datetime | None = None) -> list[Waiting]:
    """The answers of the actor that can still be taken back, the newest first: told on whatever page comes next."""
    at = now or timezone.now()
    since = at - timedelta(seconds=settings.BALIE_UNDO)
    # By their handles, which are in the order of time: few are so young, and this stands on every page.
    mine = [one for one in _young(handles.at(since)) if one.account_id == UUID(actor.handle) and one.at > since]
    found = waiting(actor.desk, mine)
    return sorted((one for one in found.values() if one.goes_at > at), key=lambda one: one.goes_at, reverse=True)


@prepared
def _young(since: UUID) -> QuerySet[Message]:
    return Message.objects.filter(handle__gte=since, kind=Message.Kind.ANSWER).select_related("ticket")


@transaction.atomic
def take_back(message: Message, *, actor: Actor) -> Ticket:
    """An answer that has not gone does not go: its text and its files are a draft of its writer again; the ticket.

    Its message is no more, and the last contact is the one before. Where the writer has begun another answer meanwhile, that
    stands below. A ticket that was closed since is open again. Raises Refused when it has gone, or somebody else wrote it.
    """
    check(rules.take_back(message, actor))
    row = post.untried(message.ticket.desk, kind="answer", ref="message", values=[message.handle.hex])
    if not row or not post.withdraw(row[message.handle.hex]):
        raise Refused(
            sentence("It has gone already and cannot be taken back. Write another answer if something is wrong.")
        )
    ticket = message.ticket
    enclosing.put_back(message, ticket=ticket, actor=actor)
    text = message.text
    message.delete()
    _draft_again(ticket, text, actor)
    _as_before(ticket, actor)
    evidence.record(
        "message.taken-back",
        actor,
        message.handle,
        operation="store",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "service": ticket.service, "channel": ticket.channel},
    )
    return ticket


def _draft_again(ticket: Ticket, text: UUID | None, actor: Actor) -> None:
    """The same sealed record, now of a draft; with what was begun since, both texts in a fresh one."""
    Finding.objects.filter(
        record__in=[text] if text else []
    ).delete()  # they say what is masked for readers of the conversation
    begun = Draft.objects.filter(ticket=ticket, account=UUID(actor.handle), kind=Message.Kind.ANSWER).first()
    if begun is None and text is not None:
        Draft.objects.create(
            ticket=ticket, account_id=UUID(actor.handle), kind=Message.Kind.ANSWER, text=text, kept_at=timezone.now()
        )
        return
    reading = vault.Reading(actor, "ticket.looked-at", ticket.handle)
    both = "\n\n".join(one for one in (reading.text(text), reading.text(begun.text if begun else None)) if one)
    reading.record()
    conversation.keep_draft(ticket, kind=Message.Kind.ANSWER, text=both, actor=actor)
    vault.erase_soon([text] if text else [], actor=actor, why="draft-ended")


def _as_before(ticket: Ticket, actor: Actor) -> None:
    if ticket.status == Status.CLOSED:
        closing.reopen(ticket, actor=actor)
    said = ticket.messages.exclude(kind=Message.Kind.NOTE).exclude(automatic=True).order_by("-at", "-handle").first()
    answered = said is not None and said.kind == Message.Kind.ANSWER
    ticket.status = Status.WAITING if answered else Status.OPEN
    ticket.last_contact_at = joining.last_contact(ticket)
    ticket.save(update_fields=["status", "last_contact_at"])
    intake.contact(ticket, at=ticket.last_contact_at, actor=actor)
