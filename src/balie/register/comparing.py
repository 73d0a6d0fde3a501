"""What changed between two versions, for the people concerned: wider, narrower, or merely changed.

Wider changes are told before they are in force (GDPR 13(3)). Data collected under the old version keep the shorter of two terms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from balie.kernel import Sentence, sentence
from balie.register.places import needs
from balie.register.terms import Keep, about_days, iso, parse
from balie.register.types import EraseRule
from balie.register.versions import Version

Direction = Literal["wider", "narrower", "changed"]


@dataclass(frozen=True)
class Change:
    """One change and what it means for the people concerned.

    kind and names say the same for a program: which phrase of a comparison it is (`change.<kind>`), and the ids in it.
    """

    direction: Direction
    say: Sentence
    kind: str = ""
    names: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.direction}: {self.say}"


def diff(old: Version, new: Version) -> list[Change]:
    """What changed for the people concerned. GDPR 13(3), 5(1)(b)."""
    was, now = old.data["activities"], new.data["activities"]
    found = [_ended(name) for name in was if name not in now]
    for name in now:
        found += _of_an_activity(name, old, new) if name in was else [_new(name)]
    return [*found, *_of_terms(old, new), *_of_approvals(old, new), *_of_items(old, new)]


def _ended(name: str) -> Change:
    return Change("narrower", sentence("activity {name} has ended", name=name), "activity-ended", {"activity": name})


def _new(name: str) -> Change:
    return Change("wider", sentence("new activity {name}", name=name), "activity-new", {"activity": name})


def _of_an_activity(name: str, old: Version, new: Version) -> Iterator[Change]:
    was, now = old.data["activities"][name], new.data["activities"][name]
    yield from _of_purposes(name, was["purposes"], now["purposes"])
    for people in {**was["people"], **now["people"]}:
        yield from _of_a_group((name, people), was["people"].get(people, {}), now["people"].get(people, {}))
    had, has = ({line.to for line in v.shares[name]} for v in (old, new))
    for to in sorted(has - had):
        say = sentence("{name} may now go to {to}", name=name, to=to)
        yield Change("wider", say, "recipient-new", {"activity": name, "to": to})
    for to in sorted(had - has):
        say = sentence("{name} no longer goes to {to}", name=name, to=to)
        yield Change("narrower", say, "recipient-ended", {"activity": name, "to": to})


def _of_purposes(name: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    for purpose, said in now.items():
        names = {"activity": name, "purpose": purpose}
        if purpose not in was:
            say = sentence("new purpose {name}/{purpose}", name=name, purpose=purpose)
            yield Change("wider", say, "purpose-new", names)
        elif was[purpose]["basis"] != said["basis"]:
            say = sentence("{name}/{purpose} now rests on {basis}", name=name, purpose=purpose, basis=said["basis"])
            yield Change("changed", say, "basis", names)
    for purpose in was:
        if purpose not in now:
            say = sentence("purpose {name}/{purpose} has ended", name=name, purpose=purpose)
            yield Change("narrower", say, "purpose-ended", {"activity": name, "purpose": purpose})


def _of_a_group(at: tuple[str, str], was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    place, names = "/".join(at), {"activity": at[0], "people": at[1]}
    before, after = needs(was), needs(now)
    for item, need in after.items():
        if item not in before:
            say = sentence("{place} may now hold {item}", place=place, item=item)
            yield Change("wider", say, "item-new", {**names, "item": item})
        elif before[item] != need:
            say = sentence("{item} of {place} was {old}, is {new}", item=item, place=place, old=before[item], new=need)
            yield Change("changed", say, "need", {**names, "item": item})
    for item in before:
        if item not in after:
            say = sentence("{place} no longer holds {item}", place=place, item=item)
            yield Change("narrower", say, "item-ended", {**names, "item": item})


def _of_terms(old: Version, new: Version) -> Iterator[Change]:
    """Terms that kept their name and say something else."""
    for name, term in new.data["terms"].items():
        before = old.data["terms"].get(name, term)["keep"]
        if term["keep"] != before and parse(before) != parse(term["keep"]):
            say = sentence("term {name} was {old}, is {new}", name=name, old=before, new=term["keep"])
            yield Change(_longer(parse(before), parse(term["keep"])), say, "term", {"term": name})


def _of_approvals(old: Version, new: Version) -> Iterator[Change]:
    """Terms whose list is approved now, or no longer, or within another time: until then the data stay."""
    for name, term in new.data["terms"].items():
        was, now = (iso(one.get("approve-within", "")) for one in (old.data["terms"].get(name, term), term))
        if was != now:
            say = sentence(
                "destruction under {name} was approved within {old}, is within {new}", name=name, old=was, new=now
            )
            longer = _days(now) > _days(was)
            yield Change("wider" if longer else "narrower", say, "approval", {"term": name})


def _days(length: str) -> float:
    return about_days(length) if length else 0.0


def _of_items(old: Version, new: Version) -> Iterator[Change]:
    """Items that came under a term of another name."""
    for key, place in new.places.items():
        before = old.places.get(key)
        if before is not None and before.rule.term != place.rule.term:
            say = sentence(
                "{item} of {place} came under the term {new}, was {old}",
                item=place.item,
                place=f"{place.activity}/{place.people}",
                new=place.rule.term,
                old=before.rule.term,
            )
            names = {"activity": place.activity, "people": place.people, "item": place.item}
            yield Change(_longer(_keep(before.rule), _keep(place.rule)), say, "item-term", names)


def _keep(rule: EraseRule) -> Keep:
    return Keep(rule.event, rule.offset, rule.month)


def _longer(was: Keep, now: Keep) -> Direction:
    """Which way a changed term reads to the people concerned."""
    if was == now:
        return "changed"
    if now.event is None:
        return "wider"
    if was.event is None:
        return "narrower"
    if was.event != now.event or was.offset is None or now.offset is None:
        return "changed"
    return "wider" if about_days(now.offset) > about_days(was.offset) else "narrower"
