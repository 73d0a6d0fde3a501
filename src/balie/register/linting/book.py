"""A register as the rules read it: the plain data, with the few walks over it that many rules share.

Rules read drafts in which anything may be missing or misspelled, so nothing here takes a name for granted.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from balie.kernel import Sentence
from balie.register.canonical import as_list, long_share
from balie.register.finding import Level
from balie.register.places import AVOIDED, needs
from balie.register.reading import Path
from balie.register.types import Need
from balie.register.versions import Version
from balie.register.words import Word

Noticed = Iterator[tuple[Path, Sentence]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a reader of the law would notice: its code, how grave it is, the clause, and where it looks."""

    code: str
    level: Level
    clause: str
    look: Callable[["Book"], Noticed]


@dataclass(frozen=True, slots=True)
class Line:
    """One item of one group in one activity, as it stands in the file."""

    activity: str
    people: str
    item: str
    need: Need
    act: Mapping[str, Any]
    block: Mapping[str, Any]

    @property
    def detail(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.block.get("details", {}).get(self.item, {})
        return found

    @property
    def at(self) -> Path:
        """The list in which the item stands."""
        return ("activities", self.activity, "people", self.people, self.need)

    def nearest(self, key: str) -> Any:
        """The nearest word counts: the item's, else the group's, else the activity's."""
        return next((one[key] for one in (self.detail, self.block, self.act) if key in one), None)

    @property
    def term(self) -> str:
        """The name of the item's term; an avoided item without one of its own goes at closing."""
        if self.need == AVOIDED and "keep" not in self.detail:
            return AVOIDED
        return str(self.nearest("keep"))

    @property
    def holders(self) -> frozenset[str]:
        return frozenset(self.nearest("in") or ("ticket",))


class Book:
    """The register under the eyes of the rules."""

    def __init__(self, v: Version) -> None:
        self.v, self.data, self.settings = v, v.data, v.settings
        self.terms: Mapping[str, Any] = v.data["terms"]
        self.recipients: Mapping[str, Any] = v.data.get("recipients", {})
        self.systems: Mapping[str, Any] = v.data.get("systems", {})
        self.activities: Mapping[str, Any] = v.data["activities"]
        self.words: Mapping[str, Word] = v.words

    @property
    def public_body(self) -> bool:
        return bool(self.data["controller"].get("public-body"))

    def blocks(self) -> Iterator[tuple[str, Mapping[str, Any], str, Mapping[str, Any]]]:
        """Every group of people, with its activity."""
        for activity, act in self.activities.items():
            for people, block in act["people"].items():
                yield activity, act, people, block

    def lines(self) -> tuple[Line, ...]:
        """Every item of every group."""
        return self._lines

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        return tuple(
            Line(activity, people, item, need, act, block)
            for activity, act, people, block in self.blocks()
            for item, need in needs(block).items()
        )

    def purposes(self) -> Iterator[tuple[Path, Mapping[str, Any], Mapping[str, Any]]]:
        """Every purpose with its place and its activity."""
        for activity, act in self.activities.items():
            for name, purpose in act["purposes"].items():
                yield ("activities", activity, "purposes", name), act, purpose

    def shares(self) -> Iterator[tuple[Path, Mapping[str, Any], Mapping[str, Any]]]:
        """Every line of sharing in long form, with its place and its activity."""
        for activity, act in self.activities.items():
            for number, line in enumerate(as_list(act.get("share"))):
                yield ("activities", activity, "share", number), act, long_share(line)

    def looks(self) -> Iterator[tuple[Path, Mapping[str, Any], Mapping[str, Any]]]:
        """Every condition of looking, with its place and its activity."""
        for activity, act in self.activities.items():
            for number, line in enumerate(as_list(act.get("look"))):
                yield ("activities", activity, "look", number), act, line

    def keep(self, line: Line) -> str:
        """The term of an item as written; what no term declares counts as permanent, another rule notices it."""
        if line.term == AVOIDED:
            return "when ticket.closed"
        return str(self.terms.get(line.term, {}).get("keep", "permanent"))


def role(act: Mapping[str, Any]) -> str:
    """controller, joint-controller or processor."""
    return str(act.get("role", "controller"))
