"""Intake: what a door delivered becomes a message on a ticket, with what the register declares and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence, register, vault
from balie.desk import (
    acknowledging,
    clocks,
    deliveries,
    envelopes,
    looking_into,
    looking_through,
    numbering,
    rules,
    threading,
)
from balie.desk.models import Arrival, Attachment, Channel, Kind, Message, Status, Ticket
from balie.desk.others import noticing
from balie.kernel import Actor, rows
from balie.people import persons
from balie.people.models import Person

Provenance = str | int | list[str]


@dataclass(frozen=True)
class File:
    """A file that came along: its name, what is in it and of what kind it says it is."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    inline: bool = False


@dataclass(frozen=True)
class Incoming:
    """A mail as it was read. automatic: written by a machine, so never answered by one.

    folds: stretches of the text (start, end, kind) that are folded where it is shown. protection: `signed`, `encrypted`.
    provenance: what was found out about who sent it, in codes. reports: of a delivery report, what it says of each recipient:
    action and status code. copied: the addresses that stand beside the sender's, to whom it went as well.
    """

    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    files: tuple[File, ...] = ()
    message_id: str = ""
    quoted_ids: tuple[str, ...] = ()
    automatic: bool = False
    unreadable: str = ""
    folds: tuple[tuple[int, int, str], ...] = ()
    protection: str = ""
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    reports: tuple[tuple[str, str], ...] = ()
    copied: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Part:
    """One thing that a mail brings: where it goes on the message, the register's word for it, and what it is.

    text: what a person will read of it, so that it is looked through first.
    """

    slot: str
    word: str
    value: str | bytes
    text: str = ""


@transaction.atomic
def receive(arrival: Arrival, incoming: Incoming, *, actor: Actor) -> Message:
    """A mail joins its ticket or opens one, at the desk at which it arrived. Doing it twice does it once.

    Kept: subject and text, the address it came from, files, and the sender's name if the register declares it without condition.
    Nothing is copied into the fields about the reporter (mission S0.4); what is not declared is left out and named on the
    message. The text is looked through before anybody can see it.
    """
    if not Arrival.objects.filter(handle=arrival.handle, read_at=None).update(read_at=timezone.now()):
        return Message.objects.get(arrival=arrival.handle)
    joined = threading.ticket_of(
        recipients=incoming.recipients,
        quoted_ids=incoming.quoted_ids,
        subject=incoming.subject,
        sender=incoming.sender,
        provenance=incoming.provenance,
        actor=actor,
    )
    incoming = incoming if joined else _with_hint(incoming, actor)
    person = persons.recognise("email", incoming.sender, actor=actor)
    ticket = joined or new_ticket(person, channel=Channel.MAIL, actor=actor, at=arrival.at)
    ticket.unread = ticket.unread or joined is None or not incoming.automatic
    message = _keep(ticket, arrival, incoming, person, actor=actor)
    if joined is None:
        acknowledging.acknowledge(ticket, incoming.sender, automatic=incoming.automatic, actor=actor)
    elif incoming.automatic:  # a machine's word is no contact, and puts nothing back in the queue
        clocks.wind(ticket, actor=actor)
    else:
        contact(ticket, at=arrival.at, actor=actor)
        _wake(ticket, actor)
    deliveries.reported(ticket, incoming.recipients, incoming.reports, actor=actor)
    evidence.record(
        "message.received",
        actor,
        message.handle,
        operation="collect",
        activity=register.version(ticket.desk, ticket.version).uri(ticket.activity),
        about=[person.handle],
        facts={"ticket": ticket.number, "service": ticket.service, "channel": ticket.channel, "opened": joined is None},
    )
    return message


def _with_hint(incoming: Incoming, actor: Actor) -> Incoming:
    """A mail that joined nothing, with the number of the ticket that it quotes: an agent is shown where it may belong."""
    quoted = threading.may_belong_to(
        recipients=incoming.recipients, quoted_ids=incoming.quoted_ids, subject=incoming.subject, actor=actor
    )
    hint = {"may_belong_to": quoted.number} if quoted else {}
    return replace(incoming, provenance={**incoming.provenance, **hint})


def new_ticket(
    person: Person, *, channel: str, actor: Actor, at: datetime, service: str = "", kind: str = Kind.QUESTION
) -> Ticket:
    """A new ticket with its number, not saved yet, in the caller's transaction; service: default the first of the settings."""
    version = register.in_force(actor.desk)
    service = service or register.first_service(version)
    activity = register.activity_of(version, service)
    return Ticket(
        desk=actor.desk,
        number=numbering.next_number(actor.desk),
        kind=kind,
        service=service,
        activity=activity,
        version=version.number,
        team=register.team_for(version, activity),
        requester=person,
        channel=channel,
        opened_at=at,
        last_contact_at=at,
    )


def contact(ticket: Ticket, *, at: datetime, actor: Actor) -> None:
    """There was contact with the requester: what runs from the last contact runs anew (mission S4.3)."""
    ticket.last_contact_at = max(ticket.last_contact_at, at)
    ticket.save(update_fields=["last_contact_at", "unread"])
    vault.start_clock(ticket.handle, "ticket.last-contact", on=ticket.last_contact_at, actor=actor)


def _keep(ticket: Ticket, arrival: Arrival, incoming: Incoming, person: Person, *, actor: Actor) -> Message:
    version, fresh = register.version(ticket.desk, ticket.version), ticket._state.adding
    parts, refused = _declared(version, ticket, _parts(incoming, fresh=fresh))
    by = looking_through.Writer(incoming.sender, incoming.sender_name, incoming.copied)
    seen = {one.slot: looking_through.look(ticket, one.text, by=by) for one in parts if one.text}
    put = vault.put(
        [
            vault.Item(
                *(*_place(ticket, one.word), one.word, one.value, "ticket", ticket.handle, (person.handle,)),
                unsearched=looking_through.hidden(seen.get(one.slot, [])),
            )
            for one in parts
        ],
        actor=actor,
        version=version,
        happened={"ticket.last-contact": arrival.at},
    )
    kept = {one.slot: handle for one, handle in zip(parts, put, strict=True)}
    if fresh:
        ticket.subject = kept.get("subject")
        rows.insert([ticket])
    looking_through.note(ticket, {kept[slot]: places for slot, places in seen.items()})
    message = Message(
        ticket=ticket,
        kind=Message.Kind.INCOMING,
        at=arrival.at,
        arrival=arrival.handle,
        automatic=incoming.automatic,
        unreadable=incoming.unreadable,
        folds=[list(one) for one in incoming.folds],
        protection=incoming.protection,
        provenance=dict(incoming.provenance),
        not_kept=refused,
        **{slot: kept.get(slot) for slot in ("text", "sender", "sender_name", "envelope")},
    )
    rows.insert([message])
    files = _attach(message, incoming.files, kept)
    noticing.in_text(message, [*seen.get("text", ()), *seen.get("subject", ())], actor=actor)
    for number, file in files.items():
        noticing.in_file(file, seen.get(f"name {number}", ()), actor=actor)
    looking_into.soon(files.values(), actor=actor)
    return message


def _parts(incoming: Incoming, *, fresh: bool) -> list[_Part]:
    parts = [
        _Part("text", "message", incoming.text, incoming.text),
        _Part("sender", "email", incoming.sender),
        _Part("sender_name", "name", incoming.sender_name),
        _Part("envelope", "message", envelopes.packed(incoming.message_id, incoming.quoted_ids)),
    ]
    if fresh:
        parts.append(_Part("subject", "message", incoming.subject, incoming.subject))
    for number, file in enumerate(incoming.files):
        parts += [
            _Part(f"name {number}", "attachment", (file.name or "?").encode(), file.name),
            _Part(f"content {number}", "attachment", file.content or b"\0"),
        ]
    return [part for part in parts if part.value]


def _declared(version: register.Version, ticket: Ticket, parts: list[_Part]) -> tuple[list[_Part], list[str]]:
    """What of a mail may be kept, and the words for what may not."""

    def declared(word: str) -> bool:
        asked = register.may_collect(version, *_place(ticket, word), word, holder="ticket", facts=register.Facts())
        return asked.yes

    refused = sorted({part.word for part in parts if not declared(part.word)})
    return [part for part in parts if part.word not in refused], refused


def _place(ticket: Ticket, word: str) -> tuple[str, str]:
    """Who asks may be recorded under another activity than what is asked."""
    return rules.asker_of(ticket) if word in ("email", "name") else (ticket.activity, rules.group_of(ticket))


def _attach(message: Message, files: Sequence[File], kept: dict[str, UUID]) -> dict[int, Attachment]:
    """The files that were kept, by their number among those that came."""
    made = {
        number: Attachment(
            message=message,
            name=kept[f"name {number}"],
            content=kept[f"content {number}"],
            size=len(file.content),
            media_type=file.media_type,
            inline=file.inline,
            looked=looking_into.WAITING if looking_into.is_read(file.media_type) else "",
        )
        for number, file in enumerate(files)
        if f"content {number}" in kept
    }
    rows.insert([*made.values()])
    return made


def _wake(ticket: Ticket, actor: Actor) -> None:
    """New mail on a waiting or closed ticket puts it back in the queue; what ran from its closing stops."""
    if ticket.status not in (Status.WAITING, Status.CLOSED):
        return
    if ticket.status == Status.CLOSED:
        clocks.wait_again(ticket, actor=actor)
    ticket.status, ticket.closed_at = Status.OPEN, None
    ticket.save(update_fields=["status", "closed_at"])
