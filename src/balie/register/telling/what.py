"""The part of a notice about purposes, grounds and data: why, about whom, what, from where, and how long."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from balie.register.places import AVOIDED
from balie.register.telling.parts import ItemLine, Row, Section
from balie.register.telling.reader import Reader
from balie.register.types import EraseRule, Place


def purposes(reader: Reader) -> tuple[Row, ...]:
    """Each activity with the sentences of its purposes (13(1)(c))."""
    return tuple(
        Row(reader.own(act["name"]), tuple(reader.own(one["what"]) for one in act["purposes"].values()))
        for act in reader.activities.values()
    )


def grounds(reader: Reader) -> tuple[Row, ...]:
    """Each purpose with its legal basis, its law, contract or interest, and 9(2) where needed (13(1)(c), 13(1)(d))."""
    return tuple(
        Row(reader.own(act["name"]), tuple(dict.fromkeys(_grounds(reader, activity, act))), f"basis-{activity}")
        for activity, act in reader.activities.items()
    )


def data_sections(reader: Reader, heading: str) -> Iterator[Section]:
    """One section for each group of people: who, what, what for, how long, from where, obliged or not."""
    said = Counter(block["who"] for act in reader.activities.values() for block in act["people"].values())
    for activity, act in reader.activities.items():
        for people, block in act["people"].items():
            places = [one for one in reader.places(activity) if one.people == people]
            names = {"heading": heading, "who": reader.own(block["who"]), "activity": reader.own(act["name"])}
            yield Section(
                f"data-{activity}-{people}",
                reader.say("data.of-activity", **names),
                rows=tuple(_group_rows(reader, act, block, places)),
                items=tuple(_item_line(reader, act, place) for place in places),
                short=names["who"] if said[block["who"]] == 1 else f"{names['who']} ({names['activity']})",
            )


def retention(reader: Reader) -> tuple[Row, ...]:
    """The terms of each activity in full (13(2)(a), 30(1)(f))."""
    return tuple(
        Row(reader.own(act["name"]), tuple(_terms(reader, reader.places(activity))), f"retention-{activity}")
        for activity, act in reader.activities.items()
    )


def sources(reader: Reader) -> tuple[Row, ...]:
    """Where the data of each activity come from (14(2)(f))."""
    return tuple(
        Row(reader.own(act["name"]), tuple(_sources(reader, reader.places(activity))), f"source-{activity}")
        for activity, act in reader.activities.items()
    )


def must_words(reader: Reader, place: Place) -> str:
    """Must one give this? One-of names the others; a placeholder is said; avoided says when it goes."""
    say = reader.say
    if place.need == "one-of":
        group = reader.v.groups[place.activity, place.people]
        return say("need.one-of", items=reader.labels(group.one_of, "or"))
    if place.need == "when-necessary" and place.consent:
        return say("need.with-consent" if place.consent == "person" else "need.with-customers-consent")
    found = say(f"need.{place.need}")
    return f"{found}; {say('need.placeholder', placeholder=place.placeholder)}" if place.placeholder else found


def _grounds(reader: Reader, activity: str, act: Mapping[str, Any]) -> Iterator[str]:
    for purpose in act["purposes"].values():
        yield reader.ground(purpose)
        for category, letter in purpose.get("special", {}).items():
            yield reader.say("basis.special", category=category, letter=letter)
    agreed = [place.item for place in reader.places(activity) if place.consent == "person"]
    if agreed:
        yield reader.say("basis.consent-too", items=reader.labels(dict.fromkeys(agreed)))


def _group_rows(
    reader: Reader, act: Mapping[str, Any], block: Mapping[str, Any], places: Sequence[Place]
) -> Iterator[Row]:
    told = {
        "people": (reader.own(block["who"]),),
        "data": tuple(_by_need(reader, block, places)),
        "collected-for": tuple(_collected_for(reader, act, places)),
        "retention": tuple(_terms(reader, places)),
        "source": tuple(_sources(reader, places)),
        "obligation": tuple(_obligation(reader, act, block)),
    }
    for label, lines in told.items():
        yield Row(reader.say(f"label.{label}"), lines, f"{label}-{places[0].activity}--{places[0].people}")


def _by_need(reader: Reader, block: Mapping[str, Any], places: Sequence[Place]) -> Iterator[str]:
    """What is held, list by list, then what differs for one item."""
    for need, (phrase, style) in _LISTS.items():
        if need in block:
            yield reader.say(phrase, items=reader.labels(block[need], style))
    for place in places:
        if place.need == "when-necessary":
            yield _on_condition(reader, place)
        if place.placeholder:
            yield reader.say("data.placeholder", item=reader.label(place.item), placeholder=place.placeholder)


_LISTS = {
    "required": ("data.needed", "standard"),
    "one-of": ("data.one-of", "or"),
    "usual": ("data.usual", "standard"),
    "allowed": ("data.allowed", "standard"),
    AVOIDED: ("data.avoided", "standard"),
}


def _on_condition(reader: Reader, place: Place) -> str:
    condition = " ".join(reader.own(one) for one in place.when)
    if place.consent:
        condition = f"{condition} {reader.say(f'data.consent-of-{place.consent}')}"
    return reader.say("data.when-necessary", item=reader.label(place.item), condition=condition)


def _collected_for(reader: Reader, act: Mapping[str, Any], places: Sequence[Place]) -> Iterator[str]:
    """The purposes of the group; what serves only some of them is named."""
    groups = _grouped((place.purposes, place.item) for place in places)
    (usual, _), *others = sorted(groups.items(), key=lambda one: -len(one[1]))
    yield from (reader.own(act["purposes"][name]["what"]) for name in usual)
    for purposes, items in others:
        words = " ".join(reader.own(act["purposes"][name]["what"]) for name in purposes)
        yield reader.say("data.other-purpose", item=reader.labels(items), purposes=words)


def _terms(reader: Reader, places: Sequence[Place]) -> Iterator[str]:
    """The terms in full; with more than one, each with what it is for."""
    groups = _grouped((place.rule, place.item) for place in places)
    if len(groups) == 1:
        yield from (reader.term_in_full(rule) for rule in groups)
        return
    most = max(groups, key=lambda rule: len(groups[rule]))
    for rule, items in groups.items():
        if rule is not most:
            yield reader.say("term.items", items=reader.labels(items), term=_begun(reader, rule))
    yield reader.say("term.rest", term=_begun(reader, most))


def _begun(reader: Reader, rule: EraseRule) -> str:
    text = reader.term_in_full(rule)
    return text[:1].lower() + text[1:]


def _sources(reader: Reader, places: Sequence[Place]) -> Iterator[str]:
    groups = _grouped((place.sources, place.item) for place in places)
    if len(groups) == 1:
        yield from (reader.sources(sources) for sources in groups)
        return
    most = max(groups, key=lambda sources: len(groups[sources]))
    for sources, items in groups.items():
        if sources is not most:
            yield reader.say("source.item", item=reader.labels(items), sources=reader.sources(sources))
    yield reader.say("source.rest", sources=reader.sources(most))


def _obligation(reader: Reader, act: Mapping[str, Any], block: Mapping[str, Any]) -> Iterator[str]:
    yield reader.say(f"providing.{block.get('providing', act.get('providing', 'voluntary'))}")
    without = block.get("without") or act.get("without")
    if without:
        yield reader.own(without)
    for detail in block.get("details", {}).values():
        if "without" in detail:
            yield reader.own(detail["without"])


def _item_line(reader: Reader, act: Mapping[str, Any], place: Place) -> ItemLine:
    if place.when:
        why = " ".join(reader.own(one) for one in place.when)
    elif set(place.purposes) != set(act["purposes"]):
        why = reader.purposes(place)
    else:
        why = reader.say("data.for-above")
    return ItemLine(reader.label(place.item), why, must_words(reader, place), _long(reader, place))


def _long(reader: Reader, place: Place) -> str:
    term = reader.term(place.rule)
    return reader.say("term.or-withdrawn", term=term) if place.consent else term


def _grouped(pairs: Iterable[tuple[Any, str]]) -> dict[Any, list[str]]:
    """Items by what they have in common, each once, in order."""
    found: dict[Any, list[str]] = {}
    for key, item in pairs:
        items = found.setdefault(key, [])
        if item not in items:
            items.append(item)
    return found
