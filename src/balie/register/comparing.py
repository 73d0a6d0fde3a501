"""What changed between two versions, for the people concerned: wider, narrower, or merely changed.

Wider changes are told before they are in force (GDPR 13(3)). Data collected under the old version keep the shorter of two terms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from balie.kernel import Sentence, sentence
from balie.register.places import needs
from balie.register.terms import Keep, about_days, parse
from balie.register.types import EraseRule
from balie.register.versions import Version

Direction = Literal["wider", "narrower", "changed"]


@dataclass(frozen=True)
class Change:
    """One change and what it means for the people concerned."""

    direction: Direction
    say: Sentence

    def __str__(self) -> str:
        return f"{self.direction}: {self.say}"


def diff(old: Version, new: Version) -> list[Change]:
    """What changed for the people concerned. GDPR 13(3), 5(1)(b)."""
    was, now = old.data["activities"], new.data["activities"]
    found = [_change("narrower", sentence("activity {name} has ended", name=name)) for name in was if name not in now]
    for name in now:
        if name not in was:
            found.append(_change("wider", sentence("new activity {name}", name=name)))
        else:
            found += _of_an_activity(name, old, new)
    return [*found, *_of_terms(old, new), *_of_items(old, new)]


def _change(direction: Direction, say: Sentence) -> Change:
    return Change(direction, say)


def _of_an_activity(name: str, old: Version, new: Version) -> Iterator[Change]:
    was, now = old.data["activities"][name], new.data["activities"][name]
    yield from _of_purposes(name, was["purposes"], now["purposes"])
    for people in {**was["people"], **now["people"]}:
        yield from _of_a_group(f"{name}/{people}", was["people"].get(people, {}), now["people"].get(people, {}))
    had, has = ({line.to for line in v.shares[name]} for v in (old, new))
    for to in sorted(has - had):
        yield _change("wider", sentence("{name} may now go to {to}", name=name, to=to))
    for to in sorted(had - has):
        yield _change("narrower", sentence("{name} no longer goes to {to}", name=name, to=to))


def _of_purposes(name: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    for purpose, said in now.items():
        if purpose not in was:
            yield _change("wider", sentence("new purpose {name}/{purpose}", name=name, purpose=purpose))
        elif was[purpose]["basis"] != said["basis"]:
            say = sentence("{name}/{purpose} now rests on {basis}", name=name, purpose=purpose, basis=said["basis"])
            yield _change("changed", say)
    for purpose in was:
        if purpose not in now:
            yield _change("narrower", sentence("purpose {name}/{purpose} has ended", name=name, purpose=purpose))


def _of_a_group(place: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    before, after = needs(was), needs(now)
    for item, need in after.items():
        if item not in before:
            yield _change("wider", sentence("{place} may now hold {item}", place=place, item=item))
        elif before[item] != need:
            say = sentence("{item} of {place} was {old}, is {new}", item=item, place=place, old=before[item], new=need)
            yield _change("changed", say)
    for item in before:
        if item not in after:
            yield _change("narrower", sentence("{place} no longer holds {item}", place=place, item=item))


def _of_terms(old: Version, new: Version) -> Iterator[Change]:
    """Terms that kept their name and say something else."""
    for name, term in new.data["terms"].items():
        before = old.data["terms"].get(name, term)["keep"]
        if term["keep"] != before and parse(before) != parse(term["keep"]):
            say = sentence("term {name} was {old}, is {new}", name=name, old=before, new=term["keep"])
            yield _change(_longer(parse(before), parse(term["keep"])), say)


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
            yield _change(_longer(_keep(before.rule), _keep(place.rule)), say)


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
