"""Data of somebody else, as a ticket's page tells of them: what was noticed, what can be decided, and what was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from balie import vault
from balie.desk import conversation, gathering
from balie.desk.models import Others, Ticket
from balie.desk.others import asking_again, deciding, noticing, rules, showing
from balie.kernel import Sentence, Wording, sentence

_CONDITION = sentence("Without these data of another the question cannot be answered.")
_SAID = {
    "needed": sentence("Needed for the answer. They go when the ticket is closed."),
    "masked": sentence("Masked for good."),
    "file-deleted": sentence("The file is deleted."),
    "message-deleted": sentence("The message is deleted."),
    "ticket-deleted": sentence("The ticket is deleted."),
    "asked-again": sentence("Deleted, and asked for again without them."),
    "lapsed": sentence("Nobody decided in two working days: deleted, and asked for again without them."),
    "gone": sentence("Gone with what they stood in."),
}
# What can be decided with one key: the decision, the key's code, and what the button says.
_MASK, _ASK = ("mask", "others-mask"), ("ask-again", "others-ask")
_DELETIONS = (
    ("delete-file", "others-file", gettext_noop("Delete the file")),
    ("delete-message", "others-message", gettext_noop("Delete the message")),
    ("delete-ticket", "others-ticket", gettext_noop("Delete the ticket")),
)


@dataclass(frozen=True)
class DeletionShown:
    value: str
    key: str
    name: str


@dataclass(frozen=True)
class OthersShown:
    """One case. said: what was decided, once it was; goes_at: when that is carried out, while it can be taken back by the reader.

    open: it waits for a decision; due: until when. reason: of what is needed, in the words of who decided. may_show: the reader may
    ask to see what is needed. refusal: why the reader cannot decide; mask_refusal, ask_refusal: why not so.
    """

    handle: UUID
    url: str
    file: str
    kinds: list[Sentence]
    said: Sentence | None
    open: bool
    due: datetime
    overdue: bool
    erases: bool
    goes_at: datetime | None
    seconds: int
    may_retract: bool
    reason: str
    may_show: bool
    condition: Wording | Sentence
    deletions: list[DeletionShown]
    refusal: Sentence | None
    mask_refusal: Sentence | None
    ask_refusal: Sentence | None
    breach: bool
    may_suspect: bool


def others_of(ticket: Ticket, reading: vault.Reading) -> dict[UUID, list[OthersShown]]:
    """By message: what was noticed of others in it and in its files."""
    found: dict[UUID, list[OthersShown]] = {}
    cases = gathering.others(ticket)
    reasons = reading.open([one.reason for one in cases])
    for one in cases:
        one.ticket = ticket
        reason = reasons.get(one.reason) if one.reason else None
        found.setdefault(one.message_id, []).append(_shown(one, reading, reason if isinstance(reason, str) else ""))
    return found


def undecided(cases: Iterable[OthersShown]) -> int:
    return sum(one.open for one in cases)


def uncovered(request: HttpRequest) -> frozenset[UUID]:
    """The cases that the reader just asked to see: they stand in clear on this page."""
    found: frozenset[UUID] = getattr(request, "others_uncovered", frozenset())
    return found


def _shown(one: Others, reading: vault.Reading, reason: str) -> OthersShown:
    actor, now = reading.actor, timezone.now()
    needed = one.outcome == Others.Outcome.NEEDED and one.done_at is None
    goes_at = deciding.until(one) if one.done_at is None and not needed else None
    ticket = one.ticket
    return OthersShown(
        handle=one.handle,
        url=reverse("ticket", kwargs={"desk": ticket.desk, "number": ticket.number}) + f"/others/{one.handle}",
        file=conversation.name_of(one.attachment, ticket, reading) if one.attachment is not None else "",
        kinds=_kinds(one),
        said=_SAID.get(one.outcome),
        open=not one.outcome,
        due=one.due_at,
        overdue=not one.outcome and one.due_at <= now,
        erases=rules.erases_undecided(one),
        goes_at=goes_at,
        seconds=max(0, int((goes_at - now).total_seconds())) if goes_at else 0,
        may_retract=one.outcome != "" and rules.retract(one, actor) is None,
        reason=reason,
        may_show=needed and one.attachment is None and not showing.stands_open(one, actor),
        condition=rules.condition(one) or _CONDITION,
        deletions=[
            DeletionShown(*each) for each in _DELETIONS if one.attachment is not None or each[0] != "delete-file"
        ],
        refusal=rules.decide(one, actor),
        mask_refusal=rules.mask(one, actor),
        ask_refusal=rules.ask_again(one, actor),
        breach=one.breach,
        may_suspect=rules.suspect_breach(one, actor) is None,
    )


def _kinds(one: Others) -> list[Sentence]:
    return list({each: asking_again.kind(each) for each in one.kinds if each != noticing.CLOSED}.values()) or [
        asking_again.kind(noticing.CLOSED)
    ]
