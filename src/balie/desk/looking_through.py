"""Looking through what came in before anybody sees it: what is recognised and not declared is masked, and not found by either.

The one place of the desk that calls recognition: who takes part is gathered here, and whose data a finding is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from balie import recognition, register, vault
from balie.desk import rules
from balie.desk.models import Finding, Ticket
from balie.kernel import Actor, rows
from balie.people import accounts

# The labels of what can be looked up exactly, with the items under which the desk keeps such a thing.
_KEPT_AS = {recognition.Label.EMAIL: ("email",), recognition.Label.PHONE: ("phone", "mobile", "fax")}


@dataclass(frozen=True)
class Writer:
    """Who wrote what is looked through. copied: the addresses to which it went beside the desk.

    staff: a member of staff wrote it, whose words about others are the desk's own; what the register does not declare is masked there
    as well, others' data are not.
    """

    address: str = ""
    name: str = ""
    copied: tuple[str, ...] = ()
    staff: bool = False


@dataclass(frozen=True)
class Seen:
    """One place of a text in which something was recognised; masked: the register does not declare it for those who write in, or
    it is somebody else's."""

    span: recognition.Span
    masked: bool

    @property
    def others(self) -> bool:
        """Whether it is data of somebody who takes no part in the conversation."""
        return self.span.role == recognition.Role.THIRD_PARTY


def look(ticket: Ticket, text: str, *, by: Writer) -> list[Seen]:
    """What is recognised in a text that is about to be put away (mission, Beyond 1 and S3.12; invariant 2).

    Masked at once: a kind of data that the register does not declare for those who write in (a national number, an account), and what
    is somebody else's. What those who take part say of themselves is not: who wrote, who got it too, the desk and its staff, and whose
    address or number stands on the ticket already.
    """
    version = register.version(ticket.desk, ticket.version)
    asker, matter = rules.asker_of(ticket), (ticket.activity, rules.group_of(ticket))
    declared = {one for place in (asker, matter) for one in register.declared_items(version, *place)}
    spans = recognition.look_through(text, participants=_taking_part(version, by), country=register.country(version))
    return [
        Seen(span, _undeclared(span, declared) or (not by.staff and span.role == recognition.Role.THIRD_PARTY))
        for span in _with_those_known(ticket, text, spans)
    ]


def hidden(seen: Iterable[Seen]) -> tuple[tuple[int, int], ...]:
    """The places by which the text must not be found: who cannot read a number may not guess it in the search either."""
    return tuple((one.span.start, one.span.end) for one in seen if one.masked)


def note(ticket: Ticket, seen: Mapping[UUID, Sequence[Seen]]) -> None:
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


def _undeclared(span: recognition.Span, declared: set[str]) -> bool:
    return span.label in recognition.ITEM_OF and recognition.ITEM_OF[recognition.Label(span.label)] not in declared


def _taking_part(version: register.Version, by: Writer) -> recognition.Participants:
    addresses = {one.casefold() for one in (by.address, *by.copied) if one}
    return recognition.Participants(
        emails=frozenset(addresses) | _published(version.desk, version.number, version.digest),
        names=frozenset({by.name} if by.name else ()),
    )


@lru_cache(maxsize=64)
def _published(desk: str, number: int, digest: str) -> frozenset[str]:
    """The addresses that the desk's own register and settings name: they are published, and nobody else's."""
    version = register.version(desk, number)
    return frozenset(
        one.casefold() for one in _texts((version.data, version.settings)) if "@" in one and " " not in one
    )


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, Sequence):
        for value in data:
            yield from _texts(value)


def _with_those_known(ticket: Ticket, text: str, spans: list[recognition.Span]) -> list[recognition.Span]:
    """What is on the ticket already, or belongs to one of the staff, is nobody else's. Nothing is opened to see that."""

    def known(span: recognition.Span) -> bool:
        if span.role != recognition.Role.THIRD_PARTY or span.label not in _KEPT_AS:
            return False
        value = text[span.start : span.end]
        if span.label == recognition.Label.EMAIL and _is_of_staff(ticket.desk, value):
            return True
        items, actor = _KEPT_AS[recognition.Label(span.label)], Actor.system("receive", ticket.desk)
        return any(found.held_by == ticket.handle for item in items for found in vault.find(actor, item, value))

    return [replace(span, role=recognition.Role.PARTICIPANT) if known(span) else span for span in spans]


def _is_of_staff(desk: str, address: str) -> bool:
    return accounts.is_known(desk, vault.lookup(desk, "account", address.casefold()))
