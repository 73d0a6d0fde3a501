"""Merging two tickets of one matter, and making one message a ticket of its own: data move to the ticket that holds them now."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from balie import evidence, register, vault
from balie.desk import clocks, numbering, rules
from balie.desk.models import (
    Attachment,
    Draft,
    DraftFile,
    Finding,
    Follow,
    Link,
    Message,
    Others,
    Presence,
    ReporterItem,
    Status,
    Tab,
    Ticket,
)
from balie.kernel import Actor, check
from balie.people.models import Person


@transaction.atomic
def merge(ticket: Ticket, *, into: Ticket, actor: Actor) -> None:
    """Two tickets are one matter of one person: what was said on one goes on on the other, and the first is closed.

    Its messages with their files, what was written down and the drafts move where the other has none, and run by the clocks of
    the ticket that holds them now. Whoever answers to the closed one arrives at the other. Its subject stays, and goes when its
    term ends. It cannot be undone: who asks says so first. Raises Refused: above all where two persons take part, since what
    one wrote may never be shown to another (GDPR 5(1)(f)).
    """
    check(rules.merge(ticket, into, actor))
    moved = [*_records_of(Message.objects.filter(ticket=ticket)), *_written_down(ticket, into), *_drafts(ticket, into)]
    vault.move(moved, to=into.handle, actor=actor)
    _move_messages(ticket, into)
    _move_company(ticket, into)
    _close_into(ticket, into, actor)
    _go_on(into, ticket, actor)
    _record("ticket.merged", ticket, actor, into=into.number)
    _record("ticket.merged-here", into, actor, merged=ticket.number)


@transaction.atomic
def split(message: Message, *, actor: Actor) -> Ticket:
    """One message of a requester is a matter of its own: a new ticket of whoever wrote it, with that message and its files.

    Both tickets are linked. Its term runs from that message. Raises Refused.
    """
    check(rules.split(message, actor))
    ticket = message.ticket
    fresh = _ticket_of_its_own(message)
    records = _records_of(Message.objects.filter(pk=message.pk))
    vault.move(records, to=fresh.handle, actor=actor)
    Finding.objects.filter(record__in=records).update(ticket=fresh)
    Others.objects.filter(message=message).update(ticket=fresh)
    message.ticket, message.moved_from = fresh, message.moved_from or ticket
    message.save(update_fields=["ticket", "moved_from"])
    one, other = sorted((ticket, fresh), key=lambda each: each.pk)
    Link.objects.create(one=one, other=other)
    clocks.wind(fresh, actor=actor)
    clocks.wait_again(fresh, actor=actor)
    ticket.last_contact_at = last_contact(ticket)
    ticket.save(update_fields=["last_contact_at"])
    clocks.wind(ticket, actor=actor)
    _record("ticket.split", ticket, actor, off=fresh.number)
    _record("ticket.split-off", fresh, actor, off=ticket.number)
    return fresh


def last_contact(ticket: Ticket) -> datetime:
    """When the requester and the desk last had to do with each other: by what was said, or when the ticket was opened."""
    said = ticket.messages.exclude(kind=Message.Kind.NOTE).exclude(automatic=True).aggregate(last=Max("at"))["last"]
    return max(ticket.opened_at, said) if said else ticket.opened_at


def _records_of(messages: Iterable[Message]) -> list[UUID]:
    rows = list(messages)
    own = [one for row in rows for one in (row.text, row.sender, row.sender_name, row.envelope)]
    files = Attachment.objects.filter(message__in=rows).values_list("name", "content")
    return [one for one in (*own, *(each for pair in files for each in pair)) if one is not None]


def _written_down(ticket: Ticket, into: Ticket) -> list[UUID]:
    """What is known about the requester goes along where the other ticket knows nothing, and its register version has a place."""
    there = register.declared_items(rules.version_of(into), *rules.asker_of(into))
    free = there.keys() - set(into.reporter_items.values_list("item", flat=True))
    rows = ReporterItem.objects.filter(ticket=ticket, item__in=free)
    records, items = list(rows.values_list("record", flat=True)), list(rows.values_list("item", flat=True))
    rows.update(ticket=into)
    ticket.consents.filter(item__in=items).update(ticket=into)
    return records


def _drafts(ticket: Ticket, into: Ticket) -> list[UUID]:
    """What somebody is writing goes along; where they write the same on the other ticket as well, it stays for them to see."""
    both = set(Draft.objects.filter(ticket=into).values_list("account", "kind"))
    rows = [one for one in Draft.objects.filter(ticket=ticket) if (one.account_id, one.kind) not in both]
    Draft.objects.filter(pk__in=[one.pk for one in rows]).update(ticket=into)
    files = DraftFile.objects.filter(ticket=ticket)
    records = [each for pair in files.values_list("name", "content") for each in pair]
    files.update(ticket=into)
    return [*(one.text for one in rows), *records]


def _move_messages(ticket: Ticket, into: Ticket) -> None:
    """They remember where they were said first: answers to them, and reports about them, come to that ticket's address."""
    texts = Message.objects.filter(ticket=ticket)
    Finding.objects.filter(ticket=ticket).exclude(record__in=[ticket.subject or ticket.handle]).update(ticket=into)
    Others.objects.filter(ticket=ticket).update(ticket=into)
    texts.filter(moved_from=None).update(moved_from=ticket)
    texts.update(ticket=into)


def _move_company(ticket: Ticket, into: Ticket) -> None:
    """Who follows, follows on; what belongs with one belongs with the other; nobody is at a ticket that has ended."""
    here = Follow.objects.filter(ticket=into).values("account")
    Follow.objects.filter(ticket=ticket).exclude(account__in=list(here.values_list("account", flat=True))).update(
        ticket=into
    )
    for link in [*Link.objects.filter(one=ticket), *Link.objects.filter(other=ticket)]:
        away = link.other_id if link.one_id == ticket.pk else link.one_id
        link.delete()
        if away != into.pk:
            one, other = sorted((away, into.pk))
            Link.objects.get_or_create(one_id=one, other_id=other)
    for model in (Follow, Tab, Presence):
        model._default_manager.filter(ticket=ticket).delete()


def _close_into(ticket: Ticket, into: Ticket, actor: Actor) -> None:
    ticket.merged_into = into
    ticket.status, ticket.closed_at = Status.CLOSED, ticket.closed_at or timezone.now()
    ticket.save(update_fields=["merged_into", "status", "closed_at"])
    clocks.wind(ticket, actor=actor)


def _go_on(into: Ticket, merged: Ticket, actor: Actor) -> None:
    """The clocks of what is held here now: by this ticket's last contact, and not closed. Who waits for the requester waits no
    more where they had asked something else meanwhile."""
    into.last_contact_at = max(into.last_contact_at, last_contact(into))
    newest = into.messages.exclude(kind=Message.Kind.NOTE).exclude(automatic=True).order_by("-at", "-handle").first()
    if into.status == Status.WAITING and newest is not None and newest.kind == Message.Kind.INCOMING:
        into.status = Status.OPEN
    into.save(update_fields=["last_contact_at", "status"])
    clocks.wind(into, actor=actor)
    clocks.wait_again(into, actor=actor)


def _ticket_of_its_own(message: Message) -> Ticket:
    """Under the register version under which its data were asked for."""
    old = message.ticket
    about = vault.about(old.desk, [one for one in (message.sender, message.text) if one])
    asked = Person.objects.filter(desk=old.desk, handle__in=about).first() or old.requester
    return Ticket.objects.create(
        desk=old.desk,
        number=numbering.next_number(old.desk),
        kind=old.kind,
        service=old.service,
        activity=old.activity,
        version=old.version,
        team=old.team,
        requester=asked,
        channel=old.channel,
        opened_at=message.at,
        last_contact_at=message.at,
    )


def _record(act: str, ticket: Ticket, actor: Actor, **facts: int) -> None:
    evidence.record(
        act,
        actor,
        ticket.handle,
        operation="combine" if act.startswith("ticket.merged") else "organise",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "service": ticket.service, "channel": ticket.channel, **facts},
    )
