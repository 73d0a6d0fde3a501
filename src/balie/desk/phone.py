"""The telephone: a call comes in with its number, an adviser writes down what was asked, and it is a ticket (mission S4.4)."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from balie import evidence, register, vault
from balie.desk import closing, intake, looking_through, reporter, rules
from balie.desk.models import Call, Channel, Kind, Message, Status, Ticket
from balie.kernel import Actor, Conflict, Invalid, Refused, check, sentence
from balie.kernel.prepared import prepared
from balie.people import accounts, persons


@transaction.atomic
def incoming(*, number: str, actor: Actor) -> Call:
    """The telephone system tells of a call: its number is put away and waits for the adviser who takes it.

    A hidden number is no number. Raises Refused when the register does not declare that a number comes from the telephone.
    """
    version = register.in_force(actor.desk)
    activity, group = register.asker(version, register.first_service(version))
    call = Call(desk=actor.desk, at=timezone.now())
    if any(sign.isdigit() for sign in number):
        (call.number,) = vault.put(
            [
                vault.Item(
                    activity,
                    group,
                    "phone",
                    number.strip(),
                    "ticket",
                    call.handle,
                    source=register.phone_system(version),
                )
            ],
            actor=actor,
            version=version,
            happened={"ticket.last-contact": call.at},
        )
    call.save(force_insert=True)
    evidence.record("call.came-in", actor, call.handle, operation="collect", activity=version.uri(activity))
    return call


def waiting(actor: Actor) -> list[Call]:
    """Calls that nobody has written down yet, the newest first."""
    return _waiting(actor.desk) if actor.kind == "staff" else []


@prepared
def _waiting(desk: str) -> QuerySet[Call]:
    return Call.objects.filter(desk=desk, ended_at=None).order_by("-at")[:20]


@transaction.atomic
def register_call(
    call: Call | None,
    *,
    number: str,
    email: str,
    text: str,
    actor: Actor,
    service: str = "",
    kind: str = Kind.QUESTION,
    close: bool = True,
) -> Ticket:
    """What was asked by phone becomes a ticket, closed at once when it was settled.

    number, email: what the caller wants to be reached at, one, both or neither. The register decides what is needed: Refused says
    what is missing, or that the settings name no such door. Raises Invalid when there is no text, or no such service or kind,
    Conflict when the call was written down already.
    """
    check(rules.by_phone(actor))
    if not text.strip():
        raise Invalid(sentence("There is no text yet: write down what was asked."))
    _stands(call, actor)
    _fit(service, kind, actor)
    given = {item: value.strip() for item, value in (("phone", number), ("email", email)) if value.strip()}
    person = persons.recognise(*next(iter(given.items()), ("phone", "")), actor=actor)
    ticket = intake.new_ticket(
        person, channel=Channel.PHONE, actor=actor, at=timezone.now(), service=service, kind=kind
    )
    check(rules.handle(ticket, actor))
    asked = register.required_items(
        rules.version_of(ticket), *rules.asker_of(ticket), given=frozenset({"message", *given})
    )
    check(None if asked.yes else asked.say)
    _say(ticket, text.strip(), actor)
    for item, value in given.items():
        reporter.write(ticket, item=item, value=value, actor=actor)
    intake.contact(ticket, at=ticket.opened_at, actor=actor)
    end(call, ticket=ticket, actor=actor)
    if close:
        closing.close(ticket, actor=actor)
    return ticket


@transaction.atomic
def end(call: Call | None, *, actor: Actor, ticket: Ticket | None = None) -> None:
    """A call is over: its number goes, since what was to be kept stands on the ticket. Raises Refused, Conflict when it was over."""
    if call is None:
        return
    check(rules.take_calls(actor))
    _stands(call, actor)
    if call.number is not None:
        vault.erase_soon([call.number], actor=actor, why="call-ended")
    call.number, call.ended_at, call.ticket, call.taken_by = None, timezone.now(), ticket, accounts.account_of(actor)
    call.save()
    evidence.record("call.ended", actor, call.handle, operation="erase", facts={"kept": ticket is not None})


def _stands(call: Call | None, actor: Actor) -> None:
    if call is None:
        return
    if call.desk != actor.desk:
        raise Refused(sentence("There is no such call."))
    if not Call.objects.filter(handle=call.handle, ended_at=None).exists():
        raise Conflict(sentence("This call has been written down already; look for it in the list."))


def _fit(service: str, kind: str, actor: Actor) -> None:
    if kind not in Kind.values:
        raise Invalid(sentence("«{kind}» is no kind of ticket.", kind=kind))
    if service and service not in register.in_force(actor.desk).services:
        raise Invalid(sentence("«{service}» is no service of this desk.", service=service))


def _say(ticket: Ticket, text: str, actor: Actor) -> Message:
    about = (ticket.requester_id,) if ticket.requester_id else ()
    version = rules.version_of(ticket)
    seen = looking_through.look(ticket, text, by=looking_through.Writer(staff=True))
    item = vault.Item(
        *(ticket.activity, rules.group_of(ticket), "message", text, "ticket", ticket.handle, about, "staff"),
        unsearched=looking_through.hidden(seen),
    )
    (record,) = vault.put([item], actor=actor, version=version)
    account = accounts.account_of(actor)
    ticket.status, ticket.assignee = Status.OPEN, account
    ticket.save(force_insert=True)
    message = Message.objects.create(
        ticket=ticket, kind=Message.Kind.INCOMING, account=account, at=ticket.opened_at, text=record
    )
    looking_through.note(ticket, {record: seen})
    evidence.record(
        "ticket.opened",
        actor,
        ticket.handle,
        operation="collect",
        activity=version.uri(ticket.activity),
        about=about,
        facts={"ticket": ticket.number, "service": ticket.service, "channel": ticket.channel},
    )
    return message
