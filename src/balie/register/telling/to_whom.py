"""The part of a notice about where data go: recipients, transfers, and decisions that a program would take."""

from collections.abc import Iterator, Mapping
from typing import Any

from balie.register.passing_on import DEFAULT_AREA
from balie.register.telling.parts import Row
from balie.register.telling.reader import Reader, within
from balie.register.types import Share


def recipients(reader: Reader) -> tuple[Row, ...]:
    """To whom data of each activity may go, what, when and until when (13(1)(e), 30(1)(d))."""
    return tuple(
        Row(reader.own(act["name"]), tuple(_lines(reader, activity))) for activity, act in reader.activities.items()
    )


def disclosed(reader: Reader) -> bool:
    """May anything go to anyone but our own staff?"""
    return any(_is_outside(reader, line) for activity in reader.activities for line in reader.v.shares[activity])


def outsiders(reader: Reader) -> list[str]:
    """Everyone but our own staff to whom something may go, once each."""
    found = [
        reader.own(reader.data["recipients"][line.to]["who"])
        for activity in reader.activities
        for line in reader.v.shares[activity]
        if _is_outside(reader, line)
    ]
    return list(dict.fromkeys(found))


def transfers(reader: Reader) -> tuple[str, ...]:
    """Where data go outside the area, or that they do not (13(1)(f), 30(1)(e))."""
    named = reader.data.get("transfers", ())
    if not named:
        return (reader.say("transfers.none", area=reader.say.country(reader.data.get("stays-in", DEFAULT_AREA))),)
    return tuple(
        reader.say(
            "transfers.some",
            to=_name_of(reader, one["to"]),
            country=reader.say.country(one["country"]),
            safeguard=reader.say(f"safeguard.{one['safeguard']}"),
            explanation=reader.own(one["explanation"]),
        )
        for one in named
    )


def decisions(reader: Reader) -> tuple[str, ...]:
    """Which decisions a program takes by itself, or that there are none (13(2)(f), 22)."""
    found = reader.data.get("automated-decisions", "none")
    if found == "none":
        return (reader.say("decisions.none"),)
    lines: list[str] = []
    for one in found:
        lines.append(reader.own(one["what"]))
        lines.append(reader.say("decisions.logic", logic=reader.own(one["logic"])))
        lines.append(reader.say("decisions.follows", consequences=reader.own(one["consequences"])))
    return tuple(lines)


def _lines(reader: Reader, activity: str) -> Iterator[str]:
    lines = reader.v.shares[activity]
    for line in lines:
        yield " ".join(_said(reader, line, reader.data["recipients"][line.to]))
    if not any(_is_outside(reader, line) for line in lines):
        yield reader.say("share.nobody")


def _said(reader: Reader, line: Share, who: Mapping[str, Any]) -> Iterator[str]:
    say = reader.say
    yield say("share.gets", who=reader.own(who["who"]), items=within(_items(reader, line)))
    if who["kind"] in ("processor", "sub-processor"):
        names = [
            f"{one['name']} ({say.country(one.get('country', who.get('country', '')))})"
            for one in who.get("parties", ())
        ]
        yield say("share.parties", parties=say.several(names)) if names else say("share.no-party")
    if line.when:
        yield say("share.when", conditions=" ".join(reader.own(one) for one in line.when))
    if line.asked_by:
        yield say(f"share.asked-by-{line.asked_by}")
    if line.consent:
        yield say(f"share.consent-{line.consent}")
    if line.ends and who["kind"] != "staff":
        yield say("share.ends", until=reader.until(line.ends))
    if "policy" in who:
        yield say("share.policy", address=who["policy"])


def _items(reader: Reader, line: Share) -> str:
    """What goes along; of `one-of` no more than one."""
    if line.items is None:
        return reader.say("share.all")
    others = sorted(line.items - line.one_of, key=_order(reader))
    parts = [reader.labels(others)] if others else []
    if line.one_of:
        one_of = reader.labels(sorted(line.one_of, key=_order(reader)))
        parts.append(reader.say("share.one-of", items=within(one_of)))
    return "; ".join(parts)


def _order(reader: Reader) -> Any:
    """Items in the order in which the register first names them."""
    known = {item: place for place, item in enumerate(dict.fromkeys(one.item for one in reader.told_places()))}
    return known.__getitem__


def _is_outside(reader: Reader, line: Share) -> bool:
    return bool(reader.data["recipients"][line.to]["kind"] != "staff")


def _name_of(reader: Reader, name: str) -> str:
    who = reader.data.get("recipients", {}).get(name)
    return reader.own(who["who"] if who else reader.data["systems"][name]["name"])
