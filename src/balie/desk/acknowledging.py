"""Telling the sender of a first mail its number, what follows when something is missing, and the right to object."""

from balie import evidence, post, register
from balie.desk import allowance, rules
from balie.desk.models import Ticket
from balie.kernel import Actor, Wording


def acknowledge(ticket: Ticket, address: str, *, automatic: bool, actor: Actor) -> bool:
    """Leave a row for an acknowledgement, in the caller's transaction; whether it was left.

    Never to a machine or a desk, never without an address, at most five a day to one address, and so many an hour from one desk:
    loops and bombs end here (see `allowance`).
    """
    if automatic or not address or is_a_desk(address):
        return False
    if not allowance.one_more(ticket, address, at=ticket.opened_at):
        return False
    post.add(ticket.desk, kind="acknowledgement", refs={"ticket": ticket.handle.hex})
    evidence.record(
        "ticket.acknowledged",
        actor,
        ticket.handle,
        operation="use",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
    )
    return True


def consequence(ticket: Ticket) -> Wording | None:
    """What follows when something required stays missing, in the register's words; None when nothing is missing (S0.5)."""
    version, asker = rules.version_of(ticket), rules.asker_of(ticket)
    asked = register.required_items(version, *asker, given=rules.items_given(ticket))
    return register.consequence(version, *asker) if asked.say is not None else None


def about_others(ticket: Ticket) -> Wording | None:
    """What the register tells about data of others, so that they are left out of whatever is sent next (S3.12); None if nothing."""
    version = rules.version_of(ticket)
    tell = version.data.get("third-party-data", {}).get("tell")
    return version.wording(tell) if tell else None


def is_a_desk(address: str) -> bool:
    """Whether this is the address of a desk of this house, with or without a mark."""
    local, _, domain = address.casefold().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    return any(register.mail_address(register.in_force(desk)).casefold() == plain for desk in register.desks())
