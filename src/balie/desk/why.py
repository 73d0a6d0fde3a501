"""Why do we still have this? An answer for every item of a ticket, and for what has gone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balie import register, vault
from balie.desk import holders
from balie.desk.models import Ticket
from balie.kernel import Wording


@dataclass(frozen=True)
class Line:
    """One item that is kept: what it is, under which activity and term, until when, and in the register's words why."""

    record: UUID
    label: Wording
    kept: vault.Described
    answer: "register.Why"


@dataclass(frozen=True)
class GoneLine:
    """One item that is kept no more."""

    label: Wording
    at: datetime
    why: str


def of(ticket: Ticket, *, language: str) -> list[Line]:
    """What is kept for a ticket and its mails as they came, the oldest first (mission, Beyond 6).

    language: that of the register's sentences.
    """
    kept = vault.describe(ticket.desk, held_by=holders.of_ticket(ticket))
    return [line(ticket.desk, one, language=language) for one in kept]


def line(desk: str, kept: vault.Described, *, language: str) -> Line:
    version = register.version(desk, kept.version)
    told = version if kept.term_version == kept.version else register.version(desk, kept.term_version)
    return Line(
        kept.handle,
        version.label(kept.item),
        kept,
        register.why(told, kept.activity, kept.people, kept.item, language=language),
    )


def gone(ticket: Ticket) -> list[GoneLine]:
    """What was kept for a ticket once, from the erasure ledger."""
    lines = vault.ended(ticket.desk, holders.of_ticket(ticket))
    return [GoneLine(register.version(ticket.desk, one.version).label(one.item), one.at, one.why) for one in lines]


def until(ticket: Ticket) -> datetime | None:
    """The latest moment at which something of a ticket goes; None when something of it is kept permanently."""
    dates = [one.erase_at for one in vault.describe(ticket.desk, held_by=[ticket.handle])]
    return None if None in dates else max((date for date in dates if date), default=None)
