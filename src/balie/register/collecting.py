"""May this be kept, may the ticket go on, which fields does a form show? Questions about collecting (GDPR 5(1)(c), 25(2)).

Each is a pure function of one version and plain facts, total over declared names, and a look-up.
"""

from collections.abc import Mapping
from functools import lru_cache

from balie.kernel import Refused, Sentence, Wording, sentence
from balie.register.types import NO_FACTS, Answer, Facts, Group, Holder, Id, Party, Place
from balie.register.versions import Version

YES = Answer(True)

# What is done with one item at a desk, in the words of its people.
OPERATIONS: Mapping[str, Wording] = {
    "collect": Wording({"en": "collect", "nl": "verzamelen", "fi": "kerätä", "sv": "samla in"}, "en"),
    "record": Wording({"en": "record", "nl": "vastleggen", "fi": "tallentaa", "sv": "registrera"}, "en"),
    "alter": Wording({"en": "alter", "nl": "wijzigen", "fi": "muuttaa", "sv": "ändra"}, "en"),
    "consult": Wording({"en": "consult", "nl": "raadplegen", "fi": "katsella", "sv": "läsa"}, "en"),
}

PARTIES: Mapping[str, Wording] = {
    "person": Wording({"en": "person", "nl": "betrokkene", "fi": "henkilön", "sv": "personen"}, "en"),
    "customer": Wording({"en": "customer", "nl": "klant", "fi": "asiakkaan", "sv": "kunden"}, "en"),
}
HOLDERS: Mapping[str, Wording] = {
    "ticket": Wording({"en": "ticket", "nl": "melding", "fi": "asia", "sv": "ärende"}, "en"),
    "profile": Wording({"en": "profile", "nl": "profiel", "fi": "profiili", "sv": "profil"}, "en"),
    "account": Wording({"en": "account", "nl": "account", "fi": "tili", "sv": "konto"}, "en"),
    "contact-list": Wording(
        {"en": "contact-list", "nl": "contactlijst", "fi": "yhteyslista", "sv": "kontaktlista"}, "en"
    ),
    "asset": Wording({"en": "asset", "nl": "object", "fi": "laite", "sv": "tillgång"}, "en"),
    "system": Wording({"en": "system", "nl": "systeem", "fi": "järjestelmä", "sv": "system"}, "en"),
}


def no(say: Sentence, clause: str, *need: str) -> Answer:
    """A refusal with its sentence, its clause, and what would turn it round."""
    return Answer(False, say, clause, need)


def may_collect(v: Version, activity: Id, people: Id, item: Id, *, holder: Holder, facts: Facts = NO_FACTS) -> Answer:
    """May this item be stored, about these people, hanging on this?

    Unknown activity, group, item or holder: no. Avoided: yes, with a warning. When-necessary: only with its sentences confirmed and
    its consent recorded. As-agreed: only what the agreement picks. GDPR 5(1)(c), 25(2).
    """
    place = v.places.get((activity, people, item))
    if place is None:
        return undeclared(v, activity, people, item)
    if holder not in place.holders:
        return _held_elsewhere(v, place)
    if place.as_agreed and facts.agreed is not None and item not in facts.agreed:
        return no(sentence("{item} is not in the agreement with this customer.", item=v.label(item)), "28(3)(a)")
    if place.need == "avoided":
        return _avoided(v, item)
    return _conditions(v, place, facts)


@lru_cache(maxsize=4096)
def undeclared(v: Version, activity: Id, people: Id, item: Id) -> Answer:
    """The refusal of what no line of the register names, which says what is missing: activity, group or item.

    Remembered, since a version answers the same for ever.
    """
    act = v.data["activities"].get(activity)
    if act is None:
        return no(sentence("The register knows no activity «{activity}».", activity=activity), "30(1)(b)")
    block = act["people"].get(people)
    if block is None:
        say = sentence(
            "The register knows no group «{people}» in «{activity}».", people=people, activity=v.wording(act["name"])
        )
        return no(say, "30(1)(c)")
    say = sentence("{item} is not declared for «{people}».", item=v.label(item), people=v.wording(block["who"]))
    return no(say, "5(1)(c), 30(1)(c)")


def required_items(v: Version, activity: Id, people: Id, *, given: frozenset[Id]) -> Answer:
    """Can the ticket go on with what was given?

    No: `need` names what is missing. Yes with `need`: placeholders to write, as `family-name=dummy`. GDPR 13(2)(e).
    """
    asked = v.groups.get((activity, people))
    if asked is None:
        return undeclared(v, activity, people, "")
    missing = [one for one in asked.required if one not in given]
    hard = [one for one in missing if one not in asked.placeholders]
    if asked.one_of and given.isdisjoint(asked.one_of):
        say = sentence("At least one is needed: {items}.", items=tuple(v.label(one) for one in asked.one_of))
        return no(say, "13(2)(e)", *hard, *asked.one_of)
    if hard:
        say = sentence("Still needed: {items}.", items=tuple(v.label(one) for one in hard))
        return no(say, "13(2)(e)", *hard)
    return _with_placeholders(v, asked, given, missing)


def asked_items(v: Version, activity: Id, people: Id) -> tuple[Id, ...]:
    """The fields of a form, in order: required, one-of, usual. Never allowed, when-necessary or avoided ones. GDPR 25(2).

    Raises Refused for a group that the register does not declare.
    """
    asked = v.groups.get((activity, people))
    if asked is None:
        raise refused(undeclared(v, activity, people, ""))
    return asked.fields


def consent_needed(v: Version, activity: Id, people: Id, item: Id) -> Party | None:
    """Whose recorded consent storing this item needs; None: nobody's. GDPR 6(1)(a), 7. Raises Refused for an undeclared item."""
    return place_of(v, activity, people, item).consent


def may_link(v: Version, activity: Id, work: str) -> Answer:
    """May a ticket of this activity be linked to such work (problems, changes, accounts …)? Only if a purpose includes it. 5(1)(b)."""
    act = v.data["activities"].get(activity)
    if act is None:
        return undeclared(v, activity, "", "")
    if any(work in purpose.get("includes", _DEFAULT_WORK) for purpose in act["purposes"].values()):
        return YES
    say = sentence("No purpose of «{activity}» includes {work}.", activity=v.wording(act["name"]), work=work)
    return no(say, "5(1)(b)")


def may_do(v: Version, activity: Id, operation: str, *, people: Id = "", item: Id = "") -> Answer:
    """May an act of this kind (collect, consult, disseminate …) be done, in an activity or with one item of it?

    The kind is what the evidence writes. people, item: what it is done with, where that is known; the nearest list counts (alarm
    data may be consulted, named items altered; mission S2.10). GDPR 4(2), 28(3)(a).
    """
    act = v.data["activities"].get(activity)
    if act is None:
        return undeclared(v, activity, "", "")
    if item:
        return _may_do_with(v, activity, operation, people, item)
    listed = act.get("operations") or v.data.get("operations")
    if listed is None or operation in listed:
        return YES
    say = sentence(
        "«{activity}» declares no operation «{operation}».", activity=v.wording(act["name"]), operation=operation
    )
    return no(say, "4(2), 28(3)(a)")


def place_of(v: Version, activity: Id, people: Id, item: Id) -> Place:
    """Everything that the register says of one declared item. Raises Refused for an undeclared one."""
    place = v.places.get((activity, people, item))
    if place is None:
        raise refused(undeclared(v, activity, people, item))
    return place


def places_of(v: Version, item: Id) -> tuple[Place, ...]:
    """Where an item is declared, in the order of the file: which activity holds the sign-in secrets, for example."""
    return tuple(place for place in v.places.values() if place.item == item)


def requester_group(v: Version, activity: Id) -> Id | None:
    """The group to which whoever writes in belongs: the first that holds a `message` on a ticket and is no staff."""
    for (at, people), group in v.groups.items():
        place = v.places.get((activity, people, "message")) if at == activity else None
        if place is not None and "ticket" in place.holders and group.kind != "employee":
            return people
    return None


def refused(answer: Answer) -> Refused:
    """A refusing answer as the error that a verb raises."""
    assert answer.say is not None
    return Refused(answer.say, clause=answer.clause, need=answer.need)


_DEFAULT_WORK = ("questions", "incidents")


def _may_do_with(v: Version, activity: Id, operation: str, people: Id, item: Id) -> Answer:
    place = v.places.get((activity, people, item))
    if place is None:
        return undeclared(v, activity, people, item)
    if place.operations is None or operation in place.operations:
        return YES
    say = sentence(
        "«{activity}» declares no operation «{operation}» for {item}.",
        activity=v.wording(v.data["activities"][activity]["name"]),
        operation=OPERATIONS.get(operation, operation),
        item=v.label(item),
    )
    return no(say, "4(2), 28(3)(a)")


def _with_placeholders(v: Version, asked: Group, given: frozenset[Id], missing: list[Id]) -> Answer:
    stand_in = tuple(f"{item}={text}" for item, text in asked.placeholders.items() if item not in given)
    if not missing:
        return Answer(True, need=stand_in)
    if not asked.without:
        return Answer(True, sentence("Goes on with a placeholder."), "13(2)(e)", stand_in)
    say = sentence("Goes on with a placeholder. {without}", without=v.wording(asked.without))
    return Answer(True, say, "13(2)(e)", stand_in)


def _held_elsewhere(v: Version, place: Place) -> Answer:
    clause = "5(1)(c), 25(2)"
    if place.holders == ("system",):
        return no(
            sentence("{item} stays in its own system and is not put into the desk.", item=v.label(place.item)), clause
        )
    holders = tuple(HOLDERS[one] for one in place.holders)
    return no(sentence("{item} is held in {holders} only.", item=v.label(place.item), holders=holders), clause)


def _avoided(v: Version, item: Id) -> Answer:
    say = sentence(
        "{item} is avoided: strike it out unless it cannot be helped; it goes when the ticket is closed.",
        item=v.label(item),
    )
    return Answer(True, say, "5(1)(c)")


def _conditions(v: Version, place: Place, facts: Facts) -> Answer:
    missing = [one for one in place.when if one not in facts.confirmed]
    if missing:
        say = sentence(
            "{item} may be kept only when a named agent confirms: {condition}",
            item=v.label(place.item),
            condition=v.wording(missing[0]),
        )
        return no(say, "5(1)(c)", *missing)
    if place.consent and place.consent not in facts.consent:
        say = sentence(
            "{item} may be kept only with the recorded consent of the {party}.",
            item=v.label(place.item),
            party=PARTIES[place.consent],
        )
        return no(say, "6(1)(a), 7(1)", f"consent: {place.consent}")
    return YES
