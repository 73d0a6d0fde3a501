"""A register's data worked out beforehand, so that each question is one look-up: places, terms and lines of sharing.

Only for a register without faults: a name that nothing declares is found by the lint, not here.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from balie.register.canonical import as_list, long_share
from balie.register.terms import PASSING, Event, iso, parse
from balie.register.types import NEEDS, EraseRule, Group, Groups, Look, Need, Party, Place, Places, Share

DEFAULT_LATEST = "5 years"
DEFAULT_LIMIT = "8 hours"
AVOIDED = "avoided"  # the built-in term of avoided items: gone when the ticket is closed

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_ENDS: Mapping[str, Event | None] = {"ticket": "ticket.closed", "account": "account.closed", "standing": None}


def needs(block: Mapping[str, Any]) -> dict[str, Need]:
    """Each item of a group of people with its need, in the order of the lists."""
    return {item: need for need in NEEDS for item in block.get(need, ())}


def places(data: Mapping[str, Any]) -> Places:
    """Every declared item, by activity, group and item."""
    return MappingProxyType({(one.activity, one.people, one.item): one for one in _places(data)})


def groups(data: Mapping[str, Any]) -> Groups:
    """Every group of people, by activity and name."""
    return MappingProxyType(
        {
            (activity, people): _group(activity, people, block, act)
            for activity, act in data["activities"].items()
            for people, block in act["people"].items()
        }
    )


def shares(data: Mapping[str, Any]) -> Mapping[str, tuple[Share, ...]]:
    """The lines of sharing of each activity, in long form and in their order."""
    return MappingProxyType(
        {
            activity: tuple(_share(long_share(line)) for line in as_list(act.get("share")))
            for activity, act in data["activities"].items()
        }
    )


def erase_rule(data: Mapping[str, Any], term: str) -> EraseRule:
    """The rule of one named term."""
    said = data["terms"][term]
    keep = parse(said["keep"])
    review = said.get("review")
    return EraseRule(
        term,
        keep.event,
        keep.offset,
        keep.month,
        warn=tuple(iso(one) for one in said.get("warn", ())),
        at_once=tuple(said.get("at-once", ())),
        then=tuple(said.get("then", ("erase",))) if keep.event else (),
        why=said.get("why", ""),
        review=date.fromisoformat(review) if review else None,
        if_never=said.get("if-never"),
        latest=latest(data) if keep.event in PASSING else None,
        not_before=iso(said["not-before"]) if "not-before" in said else None,
        approve_within=iso(said["approve-within"]) if "approve-within" in said else None,
    )


def latest(data: Mapping[str, Any]) -> str:
    """The latest end of what waits for an event that never comes, ISO 8601."""
    return iso(data.get("latest", DEFAULT_LATEST))


def _places(data: Mapping[str, Any]) -> Iterator[Place]:
    rules = {term: erase_rule(data, term) for term in data["terms"]}
    allowed = frozenset(data["operations"]) if "operations" in data else None
    rules[AVOIDED] = EraseRule(AVOIDED, "ticket.closed", "P0D", latest=latest(data))
    for activity, act in data["activities"].items():
        for people, block in act["people"].items():
            yield from _of_a_group((activity, act), (people, block), rules, allowed)


def _of_a_group(
    activity: tuple[str, Mapping[str, Any]],
    people: tuple[str, Mapping[str, Any]],
    rules: Mapping[str, EraseRule],
    allowed: frozenset[str] | None,
) -> Iterator[Place]:
    """The items of one group. What its lines say for all of them is worked out once: there may be thousands."""
    act, block = activity[1], people[1]
    details, looks = block.get("details", {}), _looks(act, people[0])
    for_all, term = _said(activity[0], {}, block, act), _nearest("keep", block, act)
    usual = _operations(allowed, block, act)
    for item, need in needs(block).items():
        detail = details.get(item, _NOTHING)
        said = _said(activity[0], detail, block, act) if detail else for_all
        rule = rules[detail.get("keep", AVOIDED if need == "avoided" else term)]
        operations = _operations(allowed, detail, block, act) if detail else usual
        yield Place._make((activity[0], people[0], item, need, *said, rule, looks.get(item), operations))


def _operations(allowed: frozenset[str] | None, *nearest: Mapping[str, Any]) -> frozenset[str] | None:
    """The nearest list of operations, else the register's own."""
    named = _nearest("operations", *nearest)
    return frozenset(named) if named else allowed


def _said(
    activity: str, detail: Mapping[str, Any], block: Mapping[str, Any], act: Mapping[str, Any]
) -> tuple[Any, ...]:
    """What the nearest words say of an item, from `holders` to `as_agreed`."""
    nearest = (detail, block, act)
    purposes = tuple(_nearest("purpose", detail, block) or act["purposes"])
    return (
        tuple(_nearest("in", *nearest) or ("ticket",)),
        purposes,
        frozenset({activity, *(f"{activity}/{purpose}" for purpose in purposes)}),
        tuple(_nearest("source", *nearest) or ("person",)),
        tuple(as_list(detail.get("when"))),
        detail.get("consent") or _consent_of_basis(act, purposes),
        detail.get("placeholder", ""),
        _nearest("without", *nearest) or "",
        bool(act.get("as-agreed")),
    )


def _group(activity: str, people: str, block: Mapping[str, Any], act: Mapping[str, Any]) -> Group:
    details = block.get("details", {})
    return Group(
        activity,
        people,
        block.get("kind", "data-subject"),
        required=tuple(block.get("required", ())),
        one_of=tuple(block.get("one-of", ())),
        fields=tuple(item for item, need in needs(block).items() if need in ("required", "one-of", "usual")),
        placeholders={item: one["placeholder"] for item, one in details.items() if one.get("placeholder")},
        without=_nearest("without", block, act) or "",
    )


def _nearest(key: str, *blocks: Mapping[str, Any]) -> Any:
    """The nearest word counts: the item's, else the group's, else the activity's."""
    return next((block[key] for block in blocks if key in block), None)


def _consent_of_basis(act: Mapping[str, Any], purposes: tuple[str, ...]) -> Party | None:
    """What serves only purposes that rest on consent is stored only with it."""
    return "person" if {act["purposes"][one]["basis"] for one in purposes} == {"consent"} else None


def _looks(act: Mapping[str, Any], people: str) -> Mapping[str, Look]:
    """The condition of looking at each item of a group that has one: the first line that fits."""
    found: dict[str, Look] = {}
    for line in as_list(act.get("look")):
        if people in line.get("of", (people,)):
            look = Look(line.get("asked-by"), tuple(as_list(line.get("when"))), iso(line.get("limit", DEFAULT_LIMIT)))
            found = {**dict.fromkeys(line["at"], look), **found}
    return found


def _share(line: Mapping[str, Any]) -> Share:
    per = line.get("per", "ticket")
    return Share(
        line["with"],
        items=_shared_items(line),
        purposes=frozenset(line["purpose"]) if "purpose" in line else None,
        of=frozenset(line["of"]) if "of" in line else None,
        per=per,
        when=tuple(as_list(line.get("when"))),
        asked_by=line.get("asked-by"),
        consent=line.get("consent"),
        ends=line.get("until") or _ENDS[per],
        one_of=frozenset(line.get("one-of", ())),
    )


def _shared_items(line: Mapping[str, Any]) -> frozenset[str] | None:
    """What a line shares; `one-of` alone shares nothing else."""
    one_of = line.get("one-of", ())
    items = line.get("items", () if one_of else "all")
    return None if items == "all" else frozenset((*items, *one_of))
