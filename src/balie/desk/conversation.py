"""What is said on a ticket: answers to the requester, notes behind the counter, drafts of both."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from balie import evidence, post, recognition, vault
from balie.desk import clocks, enclosing, folding, gathering, intake, looking_through, rules
from balie.desk.models import Attachment, Draft, Message, Status, Ticket
from balie.desk.others import showing
from balie.kernel import Actor, Conflict, Invalid, check, sentence
from balie.kernel.prepared import prepared
from balie.people import accounts


@transaction.atomic
def answer(
    ticket: Ticket, *, text: str, files: Sequence[intake.File] = (), actor: Actor, seen: UUID | None = None
) -> Message:
    """Answer the requester by mail: kept, and left in the outbox. The ticket waits for the requester from now on.

    It goes after as many seconds as BALIE_UNDO says; until then `taking_back.take_back` makes it a draft again. files: what goes
    along, with those that wait in the draft. seen: the message that the writer saw last; when the requester has written or a
    colleague has answered since, Conflict is raised and nothing is sent. Raises Refused when a rule says no (S0.5: while a placeholder
    stands; files that the register does not declare), Invalid when there is no text, or the files are empty or too large.
    """
    check(rules.answer(ticket, actor))
    _nothing_new(ticket, seen, actor)
    message = _say(ticket, Message.Kind.ANSWER, text, actor)
    enclosing.enclose(message, files, ticket=ticket, actor=actor)
    post.add(
        ticket.desk,
        kind="answer",
        refs={"ticket": ticket.handle.hex, "message": message.handle.hex},
        not_before=message.at + timedelta(seconds=settings.BALIE_UNDO),
    )
    intake.contact(ticket, at=message.at, actor=actor)
    ticket.status = Status.WAITING
    ticket.assignee = ticket.assignee or message.account
    ticket.save(update_fields=["status", "assignee"])
    _record("message.answered", ticket, message, actor)
    return message


def answered(ticket: Ticket) -> Message | None:
    """The message that an answer goes to: the newest that a person sent. Machines are answered only where nobody else wrote."""
    return max(gathering.incoming(ticket), key=lambda one: (not one.automatic, one.at, one.handle), default=None)


def answer_address(ticket: Ticket, reading: vault.Reading) -> str:
    """Where an answer goes: the address that a person wrote down, else that of the message that is answered; else nothing."""
    asked = answered(ticket)
    return reading.text(gathering.written(ticket).get("email")) or (reading.text(asked.sender) if asked else "")


@transaction.atomic
def note(ticket: Ticket, *, text: str, actor: Actor) -> Message:
    """Write a note that stays behind the counter. Raises Refused, or Invalid when there is no text."""
    check(rules.note(ticket, actor))
    message = _say(ticket, Message.Kind.NOTE, text, actor)
    if ticket.status == Status.NEW:
        ticket.status = Status.OPEN
        ticket.save(update_fields=["status"])
    _record("message.noted", ticket, message, actor)
    return message


@transaction.atomic
def keep_draft(ticket: Ticket, *, kind: str, text: str, actor: Actor) -> Draft | None:
    """Keep what an agent is writing, an answer or a note; an empty text throws the draft away. Raises Refused, or Invalid."""
    check(rules.note(ticket, actor))
    if kind not in (Message.Kind.ANSWER, Message.Kind.NOTE):
        raise Invalid(sentence("«{kind}» is nothing that an agent writes: an answer or a note.", kind=kind))
    account = accounts.account_of(actor)
    old = Draft.objects.filter(ticket=ticket, account=account, kind=kind).first()
    if old is not None:
        _throw_away([old], actor)
    if not text.strip():
        return None
    record, _ = _put(ticket, text, actor)
    draft = Draft.objects.create(ticket=ticket, account=account, kind=kind, text=record, kept_at=timezone.now())
    evidence.record("draft.kept", actor, ticket.handle, operation="store", activity=_uri(ticket))
    return draft


def drafts_of(ticket: Ticket, reading: vault.Reading) -> dict[str, str]:
    """The texts that the reading agent was writing on this ticket, by kind."""
    if reading.actor.kind != "staff":
        return {}
    mine = _drafts(ticket.pk, UUID(reading.actor.handle))
    opened = reading.open([draft.text for draft in mine])
    return {draft.kind: text for draft in mine if isinstance(text := opened.get(draft.text), str)}


@prepared
def _drafts(ticket: UUID, account: UUID) -> QuerySet[Draft]:
    return Draft.objects.filter(ticket=ticket, account=account)


@dataclass(frozen=True)
class Shown:
    """One message as an agent may see it. stretches: its text, folded and masked; None when it is gone, and `gone` says why."""

    message: Message
    who: str
    stretches: list[folding.Stretch] | None
    gone: vault.Gone | None = None
    files: list["ShownFile"] = field(default_factory=list)

    @property
    def parts(self) -> list[str | recognition.Masked] | None:
        """The whole text in order, with what is masked."""
        return None if self.stretches is None else [part for one in self.stretches for part in one.parts]


@dataclass(frozen=True)
class ShownFile:
    """A file as an agent may see it; gone: its name is erased, and the file with it."""

    attachment: Attachment
    name: str
    gone: bool = False


def name_of(file: Attachment, ticket: Ticket, reading: vault.Reading) -> str:
    """The name of a file, opened through one reading, without what is masked; nothing when it is gone."""
    masks = showing.masks_for(ticket, gathering.masks([ticket]), gathering.others(ticket), reading.actor)
    return _masked_name(reading.open([file.name]).get(file.name), masks.get(file.name, []))


def shown(ticket: Ticket, reading: vault.Reading, *, uncovered: frozenset[UUID] = frozenset()) -> list[Shown]:
    """The conversation, oldest first, opened through one reading and masked where something undeclared, or somebody else's, was
    recognised. uncovered: cases of others' data that the reader just asked to see (see `others.showing`)."""
    all_ = gathering.of(ticket)
    opened = reading.open(all_.said())
    masks = showing.masks_for(ticket, all_.masks, all_.others, reading.actor, uncovered=uncovered)
    return [_shown(one, all_, opened, masks) for one in all_.messages]


def _shown(
    message: Message, all_: gathering.Gathered, opened: dict[UUID, vault.Opened], masks: gathering.Masks
) -> Shown:
    text = opened.get(message.text) if message.text else None
    return Shown(
        message,
        _who(message, opened),
        folding.stretches(text, masks.get(message.text, []), message.folds)
        if isinstance(text, str) and message.text
        else None,
        text if isinstance(text, vault.Gone) else None,
        [_file(file, opened, masks) for file in all_.files.get(message.handle, ()) if file.name in opened],
    )


def _who(message: Message, opened: dict[UUID, vault.Opened]) -> str:
    places = (message.account.name,) if message.account else (message.sender_name, message.sender)
    return next((value for place in places if place and isinstance(value := opened.get(place), str)), "")


def _file(file: Attachment, opened: dict[UUID, vault.Opened], masks: dict[UUID, list[recognition.Span]]) -> ShownFile:
    value = opened.get(file.name)
    return ShownFile(file, _masked_name(value, masks.get(file.name, [])), isinstance(value, vault.Gone))


def _masked_name(value: vault.Opened | None, spans: list[recognition.Span]) -> str:
    name = value.decode("utf-8", "replace") if isinstance(value, bytes) else ""
    return "".join(part if isinstance(part, str) else "…" for part in recognition.mask(name, spans))


def _say(ticket: Ticket, kind: Message.Kind, text: str, actor: Actor) -> Message:
    if not text.strip():
        raise Invalid(sentence("There is no text yet: write something first."))
    account = accounts.account_of(actor)
    _throw_away(list(Draft.objects.filter(ticket=ticket, account=account, kind=kind)), actor)
    record, seen = _put(ticket, text.strip(), actor)
    looking_through.note(
        ticket, {record: seen}
    )  # the answer goes out as written; the desk sees it masked like all else
    return Message.objects.create(ticket=ticket, kind=kind, account=account, at=timezone.now(), text=record)


def _put(ticket: Ticket, text: str, actor: Actor) -> tuple[UUID, list[looking_through.Seen]]:
    about = (ticket.requester_id,) if ticket.requester_id else ()
    seen = looking_through.look(ticket, text, by=looking_through.Writer(staff=True))
    item = vault.Item(
        *(ticket.activity, rules.group_of(ticket), "message", text, "ticket", ticket.handle, about, "staff"),
        unsearched=looking_through.hidden(seen),
    )
    (record,) = vault.put([item], actor=actor, version=rules.version_of(ticket))
    clocks.wind(ticket, actor=actor)
    return record, seen


def _throw_away(drafts: list[Draft], actor: Actor) -> None:
    records = [draft.text for draft in drafts]
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    if records:
        vault.erase_soon(records, actor=actor, why="draft-ended")


def new_since(ticket: Ticket, seen: UUID, *, actor: Actor) -> list[Message]:
    """What the requester wrote and colleagues answered after the message that somebody saw last, the oldest first.

    By handle, which is when a message was written here: a mail may have been read long after it came.
    """
    newer = ticket.messages.filter(handle__gt=seen).exclude(kind=Message.Kind.NOTE)
    newer = newer.exclude(kind=Message.Kind.ANSWER, automatic=True)  # what the software asked is nobody's answer
    mine = Q(kind=Message.Kind.ANSWER, account=UUID(actor.handle))
    return list(newer.exclude(mine).select_related("account").order_by("handle"))


def _nothing_new(ticket: Ticket, seen: UUID | None, actor: Actor) -> None:
    if seen is None:
        return
    if Message.objects.filter(handle=seen).exclude(ticket=ticket).exists():
        raise Conflict(
            sentence("What you saw last stands on another ticket now. Read this one first; your text is kept.")
        )
    new = new_since(ticket, seen, actor=actor)
    if any(one.kind == Message.Kind.INCOMING for one in new):
        raise Conflict(sentence("A new message came in while you were writing. Read it first; your text is kept."))
    if new:
        raise Conflict(sentence("A colleague answered while you were writing. Read it first; your text is kept."))


def _record(act: str, ticket: Ticket, message: Message, actor: Actor) -> None:
    evidence.record(
        act,
        actor,
        message.handle,
        operation="record" if message.kind == Message.Kind.NOTE else "transmit",
        activity=_uri(ticket),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "service": ticket.service, "channel": ticket.channel},
    )


def _uri(ticket: Ticket) -> str:
    return rules.version_of(ticket).uri(ticket.activity)
