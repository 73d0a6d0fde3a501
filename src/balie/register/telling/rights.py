"""The part of a notice about what people can do: rights, the objection apart, complaints, help without being stored."""

from collections.abc import Mapping
from typing import Any

from balie.register.telling.parts import Point
from balie.register.telling.reader import Reader

_OBJECTED_TO = frozenset({"legitimate-interest", "public-task"})


def may_object(reader: Reader) -> bool:
    """Is there a basis against which one can object, in an activity of our own (21(1))?"""
    return not _OBJECTED_TO.isdisjoint(bases(reader))


def may_withdraw(reader: Reader) -> bool:
    """Does anything rest on consent, which can be taken back (7(3))?"""
    return "consent" in bases(reader) or any(place.consent == "person" for place in reader.told_places())


def bases(reader: Reader) -> frozenset[str]:
    """The bases of the activities in which we decide ourselves."""
    return frozenset(
        purpose["basis"]
        for act in reader.activities.values()
        if act.get("role") != "processor"
        for purpose in act["purposes"].values()
    )


def rights(reader: Reader) -> tuple[Point, ...]:
    """The rights that follow from the bases of this register, and how to use them (13(2)(b), 13(2)(c))."""
    agreed = may_withdraw(reader)
    processor = any(act.get("role") == "processor" for act in reader.activities.values())
    there = {
        **dict.fromkeys(("access", "rectify", "erase", "restrict"), True),
        "port": agreed or "contract" in bases(reader),
        "object": may_object(reader),
        "withdraw": agreed,
        "customer": processor,
    }
    points = [Point(reader.say(f"right.{key}"), f"right-{key}") for key, holds in there.items() if holds]
    address = _where_to_write(reader.data)
    return (*points, Point(reader.say("right.how", address=address))) if address else tuple(points)


def objection(reader: Reader) -> tuple[str, ...]:
    """The right to object, in the register's words where it has them (21(4))."""
    found = reader.data.get("objections", {})
    told = reader.own(found["tell"]) if "tell" in found else reader.say("objection.general")
    weighed = found.get("weighed-with", ("person",))
    return (told, *(reader.say(f"objection.weighed-{one}") for one in weighed))


def otherwise(reader: Reader) -> tuple[str, ...]:
    """Help for people who do not want to be stored, and what they then have to do without."""
    found = reader.data.get("objections", {}).get("otherwise")
    if not found:
        return ()
    kept = reader.say.several([reader.say(f"otherwise.{one}") for one in found["record"]])
    cost = (reader.own(found["cost"]),) if "cost" in found else ()
    return (reader.say("otherwise.record", kept=kept), *cost)


def complaint(reader: Reader) -> tuple[str, ...]:
    """The authority to which one can complain, by the controller's country (13(2)(d))."""
    country = reader.data["controller"]["country"]
    if reader.say.has(f"authority.{country}"):
        authority = reader.say(f"authority.{country}")
    else:
        authority = reader.say("complaint.of-country", country=reader.say.country(country))
    return (reader.say("complaint.to", authority=authority),)


def _where_to_write(data: Mapping[str, Any]) -> str:
    """The officer's address, else the controller's."""
    for office in (data.get("dpo", {}), data["controller"], *data.get("contacts", ())):
        for key in ("email", "web", "address", "postal-address"):
            if key in office:
                return str(office[key])
    return ""
