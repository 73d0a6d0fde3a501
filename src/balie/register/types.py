"""The words with which the rest of the software asks a register: needs, holders, parties, facts and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from balie.kernel import Sentence
from balie.register.terms import Event

Id = str  # two-years, competent-authority: as written in the file
Need = Literal["required", "one-of", "usual", "allowed", "when-necessary", "avoided"]
Holder = Literal["ticket", "profile", "account", "contact-list", "asset", "system"]
Party = Literal["person", "customer"]

NEEDS: tuple[Need, ...] = get_args(Need)


@dataclass(frozen=True, slots=True)
class Answer:
    """yes or no, the sentence that goes with it, the clause behind it, and what would turn it round."""

    yes: bool
    say: Sentence | None = None
    clause: str = ""
    need: tuple[str, ...] = ()

    def plain(self) -> dict[str, object]:
        """As in the table of worked questions: English, with the register's own words as they stand in the file."""
        say = self.say.say("") if self.say else ""
        rest = {"say": say, "clause": self.clause, "need": list(self.need)}
        return {"yes": self.yes, **{key: value for key, value in rest.items() if value}}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the caller knows about this ticket, opening or sharing. More facts never turn a yes into a no, except `closed`.

    confirmed: condition sentences, as written in the register, that a named agent confirmed. asked_by: recorded express requests.
    consent: recorded consents, not withdrawn. agreed: what the customer's agreement picks (items, systems, recipients); None: no
    agreement is needed. reason: why this is opened. closed: the ticket is closed.
    """

    confirmed: frozenset[str] = frozenset()
    asked_by: frozenset[Party] = frozenset()
    consent: frozenset[Party] = frozenset()
    agreed: frozenset[Id] | None = None
    reason: str = ""
    closed: bool = False


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class EraseRule:
    """When one item goes.

    event None: permanent. offset: ISO 8601, P0D for `when …`. month: 1 for `each January after …`. if_never: the term where the
    event can never happen, as written. latest: ISO 8601 from the day of collecting, for what waits for an event that never
    comes; None where waiting is the point (as long as an account or a contract lasts). not_before: ISO 8601 from the day of
    collecting, for what a law forbids to destroy sooner. approve_within: ISO 8601 from the day of erasure, for what a person
    approves the destruction of.
    """

    term: Id
    event: Event | None
    offset: str | None = None
    month: int | None = None
    warn: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    then: tuple[str, ...] = ("erase",)
    why: str = ""
    review: date | None = None
    if_never: str | None = None
    latest: str | None = None
    not_before: str | None = None
    approve_within: str | None = None

    def plain(self) -> dict[str, object]:
        """As in the table of worked questions, which shows what the term itself says (so not the register's `latest`)."""
        found: dict[str, object] = {}
        for key in ("term", "event", "offset", "month", "warn", "at_once", "then", "why", "review", "if_never"):
            value = getattr(self, key)
            if value:
                found[key] = (
                    list(value) if isinstance(value, tuple) else value.isoformat() if key == "review" else value
                )
        return found


@dataclass(frozen=True, slots=True)
class Look:
    """A condition under which something shut is opened for one ticket. limit: ISO 8601."""

    asked_by: Party | None
    when: tuple[str, ...]
    limit: str


@dataclass(frozen=True, slots=True)
class Share:
    """One line of sharing, in long form.

    items None: all of the activity. one_of: of these, one goes with one passing-on and no second. ends None: as long as the
    register says so.
    """

    to: Id
    items: frozenset[Id] | None
    purposes: frozenset[Id] | None
    of: frozenset[Id] | None
    per: Literal["ticket", "account", "standing"]
    when: tuple[str, ...]
    asked_by: Party | None
    consent: Party | None
    ends: Event | None
    one_of: frozenset[Id] = frozenset()

    def fits(self, people: Id, item: Id, purposes: tuple[Id, ...]) -> bool:
        """Is this line about this item, of these people, for one of its purposes?"""
        return (
            (self.of is None or people in self.of)
            and (self.items is None or item in self.items)
            and (self.purposes is None or not self.purposes.isdisjoint(purposes))
        )


class Place(NamedTuple):
    """One kind of data about one group of people in one activity, with everything that the questions ask of it.

    A tuple, since a register may have tens of thousands, and a tuple is made in a tenth of the time.

    covered_by: what a team must cover to see it (`advice` or `advice/answer`). consent: whose consent storing it needs.
    operations: the kinds of act that are allowed with it; None: all twenty.
    """

    activity: Id
    people: Id
    item: Id
    need: Need
    holders: tuple[Holder, ...]
    purposes: tuple[Id, ...]
    covered_by: frozenset[str]
    sources: tuple[str, ...]
    when: tuple[str, ...]
    consent: Party | None
    placeholder: str
    without: str
    as_agreed: bool
    rule: EraseRule
    look: Look | None
    operations: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One group of people in one activity, and what a form about them asks. fields: in the order in which they are asked."""

    activity: Id
    people: Id
    kind: str
    required: tuple[Id, ...]
    one_of: tuple[Id, ...]
    fields: tuple[Id, ...]
    placeholders: Mapping[Id, str]
    without: str


PlaceKey = tuple[Id, Id, Id]
Places = Mapping[PlaceKey, Place]
Groups = Mapping[tuple[Id, Id], Group]
