"""The part of a notice about who answers: controller, officer, contacts, the text itself, and the doubts about it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from balie.register.linting import RULES
from balie.register.telling.parts import Row
from balie.register.telling.reader import Reader

_ADDRESSES = (
    ("visiting-address", "label.visiting"),
    ("postal-address", "label.postal"),
    ("address", "label.postal"),
    ("email", "label.email"),
    ("phone", "label.phone"),
    ("web", "label.web"),
)
_CLAUSES = {rule.code: rule.clause for rule in RULES}


def head(reader: Reader) -> tuple[Row, ...]:
    """Name, organisation and number of the register, and of activities that have their own."""
    say, data = reader.say, reader.data
    numbers = [data["number"], *(act["number"] for act in reader.activities.values() if "number" in act)]
    return (
        Row(say("label.description"), (reader.own(data["name"]),)),
        Row(say("label.organisation"), (reader.own(data["organisation"]),)),
        Row(say("label.number"), (", ".join(numbers),)),
    )


def controller(reader: Reader) -> tuple[Row, ...]:
    """Who answers for the data, and how to reach them (13(1)(a))."""
    found = reader.data["controller"]
    rows = [Row(reader.say("label.name"), (reader.own(found["name"]),))]
    if "represented-by" in found:
        rows.append(Row(reader.say("label.on-behalf"), (reader.own(found["represented-by"]),)))
    return (*rows, *_addresses(reader, found))


def officer(reader: Reader) -> tuple[Row, ...]:
    """The data protection officer, by function (13(1)(b))."""
    return _office(reader, reader.data["dpo"]) if "dpo" in reader.data else ()


def contacts(reader: Reader) -> tuple[Row, ...]:
    """The contacts for this register, by function."""
    return tuple(row for one in reader.data.get("contacts", ()) for row in _contact(reader, one))


def this_text(reader: Reader) -> tuple[Row, ...]:
    """Version, fingerprint, day of review and languages of the text."""
    v, say = reader.v, reader.say
    number = (
        say("text.version", number=v.number, day=say.day(v.in_force_since)) if v.in_force_since else say("text.draft")
    )
    rows = [Row(say("label.version"), (number,)), Row(say("label.fingerprint"), (v.digest,))]
    if "review" in reader.data:
        rows.append(Row(say("label.review"), (say.day(date.fromisoformat(reader.data["review"])),)))
    others = [say.language_name(one) for one in v.languages if one != reader.language]
    if others:
        rows.append(Row(say("label.languages"), (say.several(others),)))
    return tuple(rows)


def doubts(reader: Reader) -> tuple[Row, ...]:
    """The doubts with which this register is in force, each with the officer's answer and its review date."""
    return tuple(
        Row(
            f"{one.rule} [{_CLAUSES.get(one.rule, '')}]",
            (
                reader.say(f"doubt.{one.rule}"),
                one.wording(reader.v.languages[0]).read(reader.language),
                reader.say("doubt.by", role=reader.own(one.role), day=reader.say.day(one.review)),
            ),
        )
        for one in reader.v.answers
    )


def _contact(reader: Reader, office: Mapping[str, Any]) -> Iterator[Row]:
    addresses = [line for row in _addresses(reader, office) for line in row.lines]
    named = [reader.own(office["name"])] if "name" in office else []
    yield Row(reader.own(office["role"]), (*named, *addresses))


def _office(reader: Reader, office: Mapping[str, Any]) -> tuple[Row, ...]:
    named = (("role", "label.function"), ("name", "label.name"))
    rows = [Row(reader.say(label), (reader.own(office[key]),)) for key, label in named if key in office]
    return (*rows, *_addresses(reader, office))


def _addresses(reader: Reader, found: Mapping[str, Any]) -> Iterator[Row]:
    for key, label in _ADDRESSES:
        if key in found:
            yield Row(reader.say(label), (found[key],))
