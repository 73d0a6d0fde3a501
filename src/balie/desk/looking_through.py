"""Looking through what came in before anybody sees it: what is recognised and not declared is masked, and not found by either."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from balie import recognition, register
from balie.desk import rules
from balie.desk.models import Finding, Ticket
from balie.kernel import rows


@dataclass(frozen=True)
class Seen:
    """One place of a text in which something was recognised; masked: the register does not declare it for those who write in."""

    span: recognition.Span
    masked: bool


def look(ticket: Ticket, text: str, *, sender: str) -> list[Seen]:
    """What is recognised in a text that is about to be put away (mission, Beyond 1; invariant 2).

    A kind of data that the register does not declare for those who write in is masked at once: a national number, an account.
    """
    version = register.version(ticket.desk, ticket.version)
    asker, matter = rules.asker_of(ticket), (ticket.activity, rules.group_of(ticket))
    declared = {one for place in (asker, matter) for one in register.declared_items(version, *place)}
    taking_part = recognition.Participants(emails=frozenset({sender.casefold()}) if sender else frozenset())
    spans = recognition.look_through(text, participants=taking_part, country=register.country(version))
    return [Seen(span, recognition.ITEM_OF.get(span.label) not in declared) for span in spans]


def hidden(seen: list[Seen]) -> tuple[tuple[int, int], ...]:
    """The places by which the text must not be found: who cannot read a number may not guess it in the search either."""
    return tuple((one.span.start, one.span.end) for one in seen if one.masked)


def note(ticket: Ticket, seen: Mapping[UUID, list[Seen]]) -> None:
    """Note what was seen in which record, in the transaction that put it away."""
    rows.insert(
        [
            Finding(
                record=record,
                ticket=ticket,
                start=one.span.start,
                end=one.span.end,
                label=one.span.label,
                role=one.span.role,
                masked=one.masked,
            )
            for record, places in seen.items()
            for one in places
        ]
    )
