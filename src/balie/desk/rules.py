"""What may be done to a ticket: each rule gives a sentence of refusal, or None. The button asks the same rule as the verb."""

from collections.abc import Sequence

from balie import register, vault
from balie.desk import gathering
from balie.desk.models import Message, Status, Ticket
from balie.kernel import Actor, Sentence, sentence
from balie.people import accounts
from balie.people.models import Account


def handle(ticket: Ticket, actor: Actor) -> Sentence | None:
    """A named agent of the desk handles the tickets that the own teams cover; the software decides about none (S0.6, S0.9)."""
    refusal = take_calls(actor)
    if refusal is not None:
        return refusal
    return look(ticket, actor)


def take_calls(actor: Actor) -> Sentence | None:
    """A named agent takes calls and handles tickets; the software never does (missions S0.6, S0.9)."""
    if actor.kind != "staff" or not actor.has("agent"):
        return sentence("Only an agent of this desk can do this: a named person decides.")
    return None


def by_phone(actor: Actor) -> Sentence | None:
    """Calls are written down only at a desk whose settings name the phone as a door."""
    if "phone" in register.in_force(actor.desk).settings["intake"]["doors"]:
        return None
    return sentence("The desk «{desk}» takes no calls: its settings do not name the phone.", desk=actor.desk)


def look(ticket: Ticket, actor: Actor) -> Sentence | None:
    """A named member of the desk's staff looks at what the own teams cover."""
    covered = {cover.partition("/")[0] for cover in actor.covers}
    reached = all(ticket.activity != activity or ticket.version >= first for activity, first in actor.since)
    if actor.kind == "staff" and ticket.desk == actor.desk and ticket.activity in covered and reached:
        return None
    return sentence("There is no such ticket.")


def answer(ticket: Ticket, actor: Actor) -> Sentence | None:
    """Not while a placeholder stands for what is required (S0.5), nor without an address to answer to, nor when closed."""
    refusal = handle(ticket, actor) or _open(ticket)
    if refusal is not None:
        return refusal
    version, asker, given = version_of(ticket), asker_of(ticket), items_given(ticket)
    asked = register.required_items(version, *asker, given=given)
    if not asked.yes:
        return asked.say
    if asked.say is not None:  # a placeholder stands in for what is required
        return sentence("{consequence}", consequence=register.consequence(version, *asker))
    if "email" not in given:
        return sentence("There is no e-mail address to answer to. Write one down, or answer by phone and note it.")
    return None


def enclose(ticket: Ticket, actor: Actor) -> Sentence | None:
    """Files may go with an answer only where the register declares files, and that staff may be where they come from."""
    refusal = handle(ticket, actor)
    if refusal is not None:
        return refusal
    version, group = version_of(ticket), group_of(ticket)
    asked = register.may_collect(version, ticket.activity, group, "attachment", holder="ticket", facts=register.Facts())
    if not asked.yes:
        return asked.say
    if "staff" in register.place_of(version, ticket.activity, group, "attachment").sources:
        return None
    return sentence("The register does not declare that staff send files along: answer with text alone.")


def note(ticket: Ticket, actor: Actor) -> Sentence | None:
    return handle(ticket, actor) or _merged(ticket)


def take_back(message: Message, actor: Actor) -> Sentence | None:
    """Who wrote an answer takes it back, and nobody else: it is theirs to say."""
    refusal = handle(message.ticket, actor)
    if refusal is not None:
        return refusal
    if message.kind == Message.Kind.ANSWER and message.account_id and message.account_id.hex == actor.handle:
        return None
    return sentence("Only who wrote this answer can take it back.")


def assign(ticket: Ticket, actor: Actor) -> Sentence | None:
    return handle(ticket, actor) or _open(ticket) or unrestricted(ticket)


def write_down(ticket: Ticket, actor: Actor) -> Sentence | None:
    return handle(ticket, actor) or _open(ticket) or unrestricted(ticket)


def close(ticket: Ticket, actor: Actor) -> Sentence | None:
    return handle(ticket, actor) or _open(ticket) or unrestricted(ticket)


def reopen(ticket: Ticket, actor: Actor) -> Sentence | None:
    if ticket.status != Status.CLOSED:
        return sentence("This ticket is open.")
    return handle(ticket, actor) or _merged(ticket)


def link(ticket: Ticket, to: Ticket, actor: Actor) -> Sentence | None:
    """Who handles both says that they belong together."""
    refusal = handle(ticket, actor) or handle(to, actor)
    if refusal is None and ticket.pk == to.pk:
        return sentence("This is the same ticket: name another.")
    return refusal


def merge(ticket: Ticket, into: Ticket, actor: Actor) -> Sentence | None:
    """Only two tickets of one person in one activity: what one wrote is never shown to another, nor used for something else."""
    refusal = link(ticket, into, actor) or _merged(ticket) or unrestricted(ticket) or unrestricted(into)
    if refusal is not None:
        return refusal
    if into.status == Status.CLOSED:
        return sentence("Ticket {number} is closed: open it again first.", number=into.number)
    if ticket.activity != into.activity:
        return sentence("What was asked for one activity of the register is not used for another: link the tickets.")
    if not _of_one_person(ticket, into):
        return sentence(
            "Two people take part in these tickets. What one wrote is never shown to the other: link the tickets."
        )
    return None


def split(message: Message, actor: Actor) -> Sentence | None:
    """A message of a requester becomes a ticket of its own where others stay."""
    ticket = message.ticket
    refusal = handle(ticket, actor) or unrestricted(ticket)
    if refusal is not None:
        return refusal
    came_in = ticket.messages.filter(kind=Message.Kind.INCOMING)
    if message.kind != Message.Kind.INCOMING:
        return sentence("Only what a requester wrote can be a ticket of its own.")
    if not came_in.exclude(pk=message.pk).exists():
        return sentence("It is the only message of this ticket: there is nothing to split off.")
    return None


def keep_view(actor: Actor, *, shared: bool) -> Sentence | None:
    """Staff keep views of their own; those of the whole desk are the administrators' (they see no ticket more by it)."""
    if actor.kind != "staff":
        return sentence("Only the staff of this desk keep views.")
    if shared and not actor.has("administrator"):
        return sentence("Only an administrator of this desk can make, change or drop what everybody works from.")
    return None


def unrestricted(ticket: Ticket) -> Sentence | None:
    """While an objection is weighed, data are kept and nothing else is done with them: what is said about it goes on (18(1)(d))."""
    if ticket.restricted_at is None:
        return None
    return sentence("The requester objected. Until that is decided, answer or note what concerns the objection only.")


def version_of(ticket: Ticket) -> register.Version:
    """The register version under which a ticket's data are asked for: the one in force when it came in."""
    return register.version(ticket.desk, ticket.version)


def group_of(ticket: Ticket) -> str:
    """The people of the ticket's activity under whom stands what is said and sent."""
    version = version_of(ticket)
    if ticket.service in version.services:
        return register.matter(version, ticket.service)[1]
    return register.writers(version, ticket.activity)


def asker_of(ticket: Ticket) -> tuple[str, str]:
    """The activity and group under which it is recorded who asks: the ticket's own, or another that the settings name (S2.3)."""
    version = version_of(ticket)
    if ticket.service in version.services:
        return register.asker(version, ticket.service)
    return ticket.activity, register.writers(version, ticket.activity)


def items_given(ticket: Ticket) -> frozenset[str]:
    """What is known of the requester: what a person wrote down, what was said, and the address that a mail came from."""
    given = gathering.written(ticket).keys() | {"message"}
    from_address = any(one.sender for one in gathering.incoming(ticket))
    return frozenset(given | {"email"} if from_address else given)


def _open(ticket: Ticket) -> Sentence | None:
    return sentence("This ticket is closed: open it again first.") if ticket.status == Status.CLOSED else None


def _merged(ticket: Ticket) -> Sentence | None:
    into = ticket.merged_into
    return None if into is None else sentence("This ticket was merged into {number}: go on there.", number=into.number)


def _of_one_person(ticket: Ticket, other: Ticket) -> bool:
    """Whether both tickets have the same requester, and whatever they hold is about nobody else who took part."""
    if ticket.requester_id is None or ticket.requester_id != other.requester_id:
        return False
    held = vault.describe(ticket.desk, held_by=[ticket.handle, other.handle])
    return set(vault.about(ticket.desk, [one.handle for one in held])) <= {ticket.requester_id}


def may_get(ticket: Ticket, among: Sequence[Account] | None = None) -> list[Account]:
    """The colleagues to whom a ticket can be given: agents whose teams cover its activity. among: the staff, where it is known."""
    staff = accounts.staff(ticket.desk) if among is None else among
    return [one for one in staff if handle(ticket, accounts.actor_of(one)) is None]
