"""What a new version adds does not reach what was collected before it (GDPR 5(1)(b)), but where a decision of its own says so (6(4)).

Questions about an item that is stored are asked of the version under which it was collected. These ask of two: that one, and the
one in force. What the one in force narrows holds for all; what it widens (a purpose, a recipient, a team that may see) holds for
older data only for a purpose for which it was decided, and of which people were told. Pure functions.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from balie.kernel import Sentence, sentence
from balie.register.canonical import digest
from balie.register.collecting import YES, no
from balie.register.passing_on import may_disclose, may_see
from balie.register.types import NO_FACTS, Answer, Facts, Id, Place
from balie.register.versions import Version

CLAUSE = "5(1)(b), 6(4), 13(3)"

Ground = Literal["compatible", "consent", "law"]


@dataclass(frozen=True)
class Scope:
    """What a purpose of an activity is about in one version: how it reads (a digest), `group/item` of what is kept for it, and to whom
    that may go."""

    said: str
    items: frozenset[str]
    to: frozenset[Id]

    def within(self, other: "Scope") -> bool:
        """Whether the other is the same purpose and covers all of this."""
        return self.said == other.said and self.items <= other.items and self.to <= other.to


@dataclass(frozen=True)
class Decided:
    """Two persons decided that a purpose of an activity reaches what was collected under versions before `before`.

    scope: what was weighed; where the purpose reads otherwise now, or takes in more, nothing was decided about that. ground: weighed
    by 6(4), laid down by law, or only with the consent of the person.
    """

    activity: Id
    purpose: Id
    before: int
    ground: Ground
    scope: Scope


def scope(v: Version, activity: Id, purpose: Id) -> Scope | None:
    """What a purpose is about in this version; None for one that there is not."""
    said = v.data["activities"].get(activity, {}).get("purposes", {}).get(purpose)
    if said is None:
        return None
    served = [place for place in v.places_within.get(activity, ()) if purpose in place.purposes]
    lines = [line for line in v.shares[activity] if line.purposes is None or purpose in line.purposes]
    to = {line.to for line in lines for place in served if line.fits(place.people, place.item, (purpose,))}
    return Scope(digest(said), frozenset(f"{one.people}/{one.item}" for one in served), frozenset(to))


def may_use(
    collected: Version,
    now: Version,
    activity: Id,
    people: Id,
    item: Id,
    *,
    purpose: Id,
    decided: Collection[Decided] = (),
    facts: Facts = NO_FACTS,
) -> Answer:
    """May something that was collected under one version be used for this purpose of the activity, now that another is in force?

    For what it was collected for: yes. For a purpose that the version in force adds: only where that was decided; the refusal names
    the decision that is needed. GDPR 5(1)(b), 6(4), 13(3), 14(4).
    """
    if purpose in _purposes(collected, (activity, people, item)):
        return YES
    if purpose not in _purposes(now, (activity, people, item)):
        say = sentence(
            "{item} is not kept for «{purpose}».", item=now.label(item), purpose=_name(now, activity, purpose)
        )
        return no(say, "5(1)(b)")
    return _by_decision((collected, now), (activity, people, item), (purpose,), decided, facts)


def may_see_older(
    collected: Version,
    now: Version,
    activity: Id,
    people: Id,
    item: Id,
    *,
    covers: frozenset[str],
    decided: Collection[Decided] = (),
    facts: Facts = NO_FACTS,
) -> Answer:
    """`may_see` of what was collected under one version, now that another is in force.

    A team that covers only a new purpose sees older data where it was decided that the purpose reaches them, and under the
    conditions of looking of both versions.
    """
    asked = may_see(collected, activity, people, item, covers=covers, facts=facts)
    place = collected.places.get((activity, people, item))
    if asked.yes or place is None or not decided or not place.covered_by.isdisjoint(covers):
        return asked
    reached = frozenset(
        f"{activity}/{one}"
        for one in _purposes(now, (activity, people, item))
        if _by_decision((collected, now), (activity, people, item), (one,), decided, facts).yes
    )
    newly = may_see(now, activity, people, item, covers=covers & reached, facts=facts)
    return newly if not newly.yes else may_see(collected, activity, people, item, covers=place.covered_by, facts=facts)


def may_disclose_older(
    collected: Version,
    now: Version,
    activity: Id,
    people: Id,
    item: Id,
    *,
    to: Id,
    party: str | None,
    decided: Collection[Decided] = (),
    facts: Facts = NO_FACTS,
    along: frozenset[Id] = frozenset(),
) -> Answer:
    """`may_disclose` of what was collected under one version, now that another is in force.

    Both must allow it; where only the one in force does, the recipient is new to these data, and it goes only for a purpose of
    which it was decided that it reaches them. GDPR 5(1)(b), 6(4), 13(1)(e), 13(3).
    """
    asked = may_disclose(now, activity, people, item, to=to, party=party, facts=facts, along=along)
    if not asked.yes:
        return asked
    before = may_disclose(collected, activity, people, item, to=to, party=party, facts=facts, along=along)
    if before.yes:
        return before
    place = now.places[activity, people, item]
    lines = [one for one in now.shares[activity] if one.to == to and one.fits(people, item, place.purposes)]
    served = [one for one in place.purposes if any(line.purposes is None or one in line.purposes for line in lines)]
    return _by_decision((collected, now), (activity, people, item), tuple(served), decided, facts, to)


def decisions(v: Version, activity: Id, purpose: Id, decided: Collection[Decided]) -> list[Decided]:
    """The decisions about a purpose as it reads in this version."""
    mine = [one for one in decided if (one.activity, one.purpose) == (activity, purpose)]
    now = scope(v, activity, purpose) if mine else None
    return [one for one in mine if now and one.scope.said == now.said]


def _by_decision(
    versions: tuple[Version, Version],
    place: tuple[Id, Id, Id],
    purposes: tuple[Id, ...],
    decided: Collection[Decided],
    facts: Facts,
    to: Id = "",
) -> Answer:
    (collected, now), (activity, people, item) = versions, place
    found = [one for name in purposes for one in decisions(now, activity, name, decided)]
    reaching = [one for one in found if collected.number < one.before and f"{people}/{item}" in one.scope.items]
    reaching = [one for one in reaching if not to or to in one.scope.to]
    if any(one.ground != "consent" or "person" in facts.consent for one in reaching):
        return YES
    if reaching:
        say = sentence("This reaches what was collected before only with the consent of the person.")
        return no(say, "6(4), 7(1)", "consent: person")
    return no(_collected_before(now, activity, purposes), CLAUSE, *(f"decision: {activity}/{one}" for one in purposes))


def _collected_before(now: Version, activity: Id, purposes: tuple[Id, ...]) -> Sentence:
    names = tuple(_name(now, activity, one) for one in purposes)
    return sentence(
        "«{purpose}» is newer than this and reaches it only by a decision of its own, of which people are told first.",
        purpose=names[0] if len(names) == 1 else names,
    )


def _name(v: Version, activity: Id, purpose: Id) -> object:
    said = v.data["activities"].get(activity, {}).get("purposes", {}).get(purpose)
    return v.wording(said["what"]) if said else purpose


def _purposes(v: Version, place: tuple[Id, Id, Id]) -> tuple[Id, ...]:
    found: Place | None = v.places.get(place)
    return found.purposes if found else ()
