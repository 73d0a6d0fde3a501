"""The part of a notice that a processor publishes: a table of its services, one row for each activity (GDPR 30(2), mission S2.1)."""

from collections.abc import Iterator, Mapping
from typing import Any

from balie.register.places import needs
from balie.register.telling.parts import Table, TableRow
from balie.register.telling.reader import Reader, within


def services(reader: Reader) -> Table:
    """Each service with its systems and our role, kinds of data, purposes, basis, and (sub-)processors."""
    say = reader.say
    heads = ("service", "data", "purpose", "basis", "sub-processors")
    rows = (_row(reader, activity, act) for activity, act in reader.activities.items())
    return Table(tuple(say(f"column.{one}") for one in heads), tuple(rows))


def _row(reader: Reader, activity: str, act: Mapping[str, Any]) -> TableRow:
    purposes = act["purposes"].values()
    grounds = dict.fromkeys(reader.ground(one) for one in purposes)
    cells = (
        tuple(_data(reader, act)),
        tuple(reader.own(one["what"]) for one in purposes),
        tuple(grounds),
        tuple(_processors(reader, activity)) or (reader.say("services.no-processor"),),
    )
    return TableRow(f"service-{activity}", reader.own(act["name"]), tuple(_below(reader, act)), cells)


def _below(reader: Reader, act: Mapping[str, Any]) -> Iterator[str]:
    """Our role, the systems, and whether the agreement with each customer picks a part."""
    yield reader.say("services.role", role=reader.say(f"role.{act.get('role', 'controller')}"))
    systems = [reader.own(reader.data["systems"][one]["name"]) for one in act.get("systems", ())]
    if systems:
        yield reader.say("services.systems", systems="; ".join(systems))
    if act.get("as-agreed"):
        yield reader.say("services.as-agreed")


def _data(reader: Reader, act: Mapping[str, Any]) -> Iterator[str]:
    for block in act["people"].values():
        yield reader.say("services.data", who=reader.own(block["who"]), items=within(reader.labels(needs(block))))


def _processors(reader: Reader, activity: str) -> Iterator[str]:
    """Processors and their present members, then others who may get something."""
    for name in dict.fromkeys(line.to for line in reader.v.shares[activity]):
        who = reader.data["recipients"][name]
        if who["kind"] == "staff":
            continue
        parties = reader.say.several([one["name"] for one in who.get("parties", ())]) if who.get("parties") else ""
        text = reader.own(who["who"])
        yield reader.say("services.parties", who=text, parties=parties) if parties else text
