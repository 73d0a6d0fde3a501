"""A register with the eyes of one reader: its sentences, terms and grounds in words of one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from balie.register.keeping import if_never
from balie.register.telling.phrases import Phrases, phrases
from balie.register.terms import iso
from balie.register.types import EraseRule, Place
from balie.register.versions import Version

_NAMED_SOURCES = frozenset({"person", "staff", "organisation", "customer-domain", "another-person"})
_GROUND = {
    "contract": "basis.contract-with",
    "legitimate-interest": "basis.interest",
    "public-task": "basis.law",
    "legal-obligation": "basis.law",
}


@dataclass(frozen=True)
class Reader:
    """One version, one language, and the activities that this notice is about."""

    v: Version
    language: str
    activities: Mapping[str, Mapping[str, Any]]

    @property
    def say(self) -> Phrases:
        return phrases(self.language)

    @property
    def data(self) -> Mapping[str, Any]:
        return self.v.data

    def places(self, activity: str) -> tuple[Place, ...]:
        """The declared items of an activity."""
        return self.v.places_within.get(activity, ())

    def told_places(self) -> list[Place]:
        """The declared items of all activities that this notice is about."""
        return [place for activity in self.activities for place in self.places(activity)]

    def own(self, text: str) -> str:
        """A sentence of the register in this language, or as it stands in the file."""
        return self.v.wording(text).read(self.language)

    def label(self, item: str) -> str:
        return self.v.label(item).read(self.language)

    def labels(self, items: Iterable[str], style: str = "standard") -> str:
        """Several kinds of data in a sentence; the second and later ones in lower case, as a list reads."""
        first, *rest = [self.label(item) for item in items]
        return self.say.several([first, *(within(one) for one in rest)], style)

    def purposes(self, place: Place) -> str:
        """The purposes of an item, in the register's words."""
        known = self.data["activities"][place.activity]["purposes"]
        return " ".join(self.own(known[name]["what"]) for name in place.purposes)

    def ground(self, purpose: Mapping[str, Any]) -> str:
        """The basis of a purpose with its article, and the law, contract or interest that it names."""
        found = self.say(f"basis.{purpose['basis']}")
        if "because" in purpose:
            because = self.say(_GROUND.get(purpose["basis"], "basis.law"), because=self.own(purpose["because"]))
            found = f"{found}. {because}"
        return found

    def sources(self, sources: Iterable[str]) -> str:
        """Where data come from, in words."""
        return self.say.several([self._source(one) for one in sources])

    def term(self, rule: EraseRule) -> str:
        """How long, in a few words: 2 years after the last contact."""
        say = self.say
        if rule.event is None:
            return say("term.reviewed", day=say.day(rule.review)) if rule.review else say("term.permanent")
        if rule.month:
            return say("term.each", month=say.month(rule.month), event=say(f"after.{rule.event}"))
        if rule.offset in (None, "P0D"):
            return self.until(rule.event)
        return say("term.after", length=say.length(rule.offset), event=say(f"after.{rule.event}"))

    def until(self, event: str) -> str:
        """As long as something has not happened: until the ticket is closed."""
        return self.say("term.until", event=self.say(f"until.{event}"))

    def term_in_full(self, rule: EraseRule) -> str:
        """How long, why so long, what holds where the event cannot happen, and when it ends at the latest."""
        parts = [f"{_upper(self.term(rule))}."]
        if rule.why:
            parts.append(self.own(rule.why))
        never = if_never(rule)
        if never:
            parts.append(self.say("term.if-never", term=self.term(never)))
        if rule.latest:
            parts.append(self.say("term.latest", length=self.say.length(rule.latest)))
        if rule.not_before:
            parts.append(self.say("term.not-before", length=self.say.length(rule.not_before)))
        if rule.approve_within:
            parts.append(self.say("term.approved", length=self.say.length(rule.approve_within)))
        if rule.warn:
            lengths = self.say.several([self.say.length(iso(one)) for one in rule.warn])
            parts.append(self.say("term.warned", lengths=lengths))
        return " ".join(parts)

    def _source(self, source: str) -> str:
        if source in _NAMED_SOURCES:
            return self.say(f"source.{source}")
        system = self.data.get("systems", {}).get(source)
        return self.own(system["name"] if system else self.data["recipients"][source]["who"])


def within(label: str) -> str:
    """A label within a sentence; abbreviations keep their capitals."""
    return label if label[:2].isupper() and label[:2].isalpha() else label[:1].lower() + label[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
