"""Four ways to lay a notice out: the record of a Dutch public body, a Finnish tietosuojaseloste, a processor's table of services,
and a company's page about its help desk.

All carry what GDPR 13, 14 and, for staff, 30 ask; they differ in order, headings, and what is printed apart. Record and notice are
different texts: what the law does not ask to be told may be kept for the record by the register's `notice`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from balie.register.telling import care, rights, services, to_whom, what, who, work
from balie.register.telling.parts import Row, Section
from balie.register.telling.reader import Reader

_RECORD_ONLY = {"operations": "internal", "systems": "internal"}


def layout_of(data: Mapping[str, Any], activities: Mapping[str, Mapping[str, Any]]) -> str:
    """`seloste` in Finland, `services` for a processor, `record` for a public body, `policy` for all others."""
    if data["controller"]["country"] == "FI":
        return "seloste"
    if any(act.get("role") == "processor" for act in activities.values()):
        return "services"
    return "record" if data["controller"].get("public-body") else "policy"


def sections(reader: Reader, *, layout: str, audience: str) -> tuple[Section, ...]:
    """The sections of a notice in the order of its layout; an empty one is left out, and an internal one stands in the record alone."""
    laid = {one.id: one for one in _LAYOUTS[layout](reader)}
    rest = [one for one in _what_gdpr_adds(reader) if one.id not in laid]
    chosen = {**_RECORD_ONLY, **reader.data.get("notice", {})}
    found = (*laid.values(), *rest, *_for_the_record(reader), *_about_the_text(reader))
    marked = [replace(one, public=chosen.get(one.id, "public") == "public") for one in found if not one.empty]
    return tuple(one for one in marked if one.public or audience == "staff")


def _record(reader: Reader) -> Iterator[Section]:
    """Mission S0.11, in the order of the Dutch public register."""
    say = reader.say
    yield Section("head", say("heading.record.head"), rows=who.head(reader))
    yield Section("purpose", say("heading.purpose"), rows=what.purposes(reader))
    yield Section("basis", say("heading.basis"), rows=what.grounds(reader))
    yield from what.data_sections(reader, say("heading.record.data"))
    yield Section("decisions", say("heading.decisions"), lines=to_whom.decisions(reader))
    yield _recipients(reader, "record")
    yield from _who_and_where(reader)


def _seloste(reader: Reader) -> Iterator[Section]:
    """Mission S4.8, in the order of a tietosuojaseloste, then what GDPR adds to it."""
    say = reader.say
    yield Section("head", say("heading.seloste.name"), rows=who.head(reader))
    yield Section("controller", say("heading.seloste.controller"), rows=who.controller(reader))
    yield Section("contacts", say("heading.seloste.contacts"), rows=who.contacts(reader))
    yield Section("officer", say("heading.seloste.officer"), rows=who.officer(reader))
    yield Section("purpose", say("heading.purpose"), rows=what.purposes(reader))
    yield Section("basis", say("heading.basis"), rows=what.grounds(reader))
    yield from what.data_sections(reader, say("heading.seloste.data"))
    yield Section("retention", say("heading.seloste.retention"), rows=what.retention(reader))
    yield Section("sources", say("heading.seloste.sources"), rows=what.sources(reader))
    yield _recipients(reader, "seloste")
    yield Section("transfers", say("heading.seloste.transfers"), lines=to_whom.transfers(reader))
    yield Section("protection", say("heading.seloste.protection"), rows=care.protection(reader))
    yield Section("decisions", say("heading.decisions"), lines=to_whom.decisions(reader))
    yield Section("related", say("heading.seloste.related"), rows=care.related(reader))


def _services(reader: Reader) -> Iterator[Section]:
    """Mission S2.1: the table of services with both roles, then in full what we decide about ourselves."""
    say = reader.say
    own = replace(reader, activities=_of_our_own(reader))
    yield Section("head", say("heading.record.head"), rows=who.head(reader))
    yield Section("services", say("heading.services"), lines=(say("services.lead"),), table=services.services(reader))
    yield Section("purpose", say("heading.purpose"), rows=what.purposes(own))
    yield Section("basis", say("heading.basis"), rows=what.grounds(own))
    yield from what.data_sections(own, say("heading.record.data"))
    yield Section("retention", say("heading.seloste.retention"), rows=what.retention(reader))
    yield Section("sources", say("heading.seloste.sources"), rows=what.sources(reader))
    yield _recipients(reader, "record")
    yield from _who_and_where(reader)


def _policy(reader: Reader) -> Iterator[Section]:
    """Mission S3: how the help desk works, what it keeps, cookies, data of others, and how to object."""
    say = reader.say
    yield Section("head", say("heading.policy.head"), rows=who.head(reader))
    yield Section("work", say("heading.work"), rows=work.work(reader))
    yield Section("purpose", say("heading.purpose"), rows=what.purposes(reader))
    yield Section("basis", say("heading.basis"), rows=what.grounds(reader))
    yield from what.data_sections(reader, say("heading.policy.data"))
    yield Section("cookies", say("heading.cookies"), lines=care.cookie_lines(reader))
    yield Section("others", say("heading.others"), lines=care.others(reader))
    yield _recipients(reader, "record")
    yield from _objecting(reader)
    yield from _who_and_where(reader)


def _who_and_where(reader: Reader) -> Iterator[Section]:
    """The rest of a record: where data go beyond the border, who answers, what belongs with it, how it is guarded."""
    say = reader.say
    yield Section("decisions", say("heading.decisions"), lines=to_whom.decisions(reader))
    yield Section("transfers", say("heading.record.transfers"), lines=to_whom.transfers(reader))
    yield Section("controller", say("heading.record.controller"), rows=who.controller(reader))
    yield Section("officer", say("heading.record.officer"), rows=who.officer(reader))
    yield Section("contacts", say("heading.record.contacts"), rows=who.contacts(reader))
    yield Section("related", say("heading.record.related"), rows=care.related(reader))
    yield Section("protection", say("heading.record.protection"), rows=care.protection(reader))


def _of_our_own(reader: Reader) -> dict[str, Mapping[str, Any]]:
    return {name: act for name, act in reader.activities.items() if act.get("role") != "processor"}


def _what_gdpr_adds(reader: Reader) -> Iterator[Section]:
    """Rights, the objection apart, complaints, cookies, others' data, reports."""
    say = reader.say
    yield Section("rights", say("heading.rights"), points=rights.rights(reader))
    yield from _objecting(reader)
    yield Section("complaint", say("heading.complaint"), lines=rights.complaint(reader))
    yield Section("cookies", say("heading.cookies"), lines=care.cookie_lines(reader))
    yield Section("others", say("heading.others"), lines=care.others(reader))
    yield Section("reports", say("heading.reports"), lines=care.reports(reader))
    yield Section("work", say("heading.work"), rows=work.work(reader))


def _objecting(reader: Reader) -> Iterator[Section]:
    """The right to object in a frame of its own (21(4)), and help for who does not want to be stored."""
    say = reader.say
    if rights.may_object(reader):
        yield Section("objection", say("heading.objection"), lines=rights.objection(reader), apart=True)
    yield Section("otherwise", say("heading.otherwise"), lines=rights.otherwise(reader))


def _for_the_record(reader: Reader) -> Iterator[Section]:
    """What the record has beyond the notice (30(1), 30(2))."""
    yield Section("operations", reader.say("heading.operations"), rows=care.operations(reader))
    yield Section("systems", reader.say("heading.systems"), points=care.systems(reader))


def _about_the_text(reader: Reader) -> Iterator[Section]:
    say = reader.say
    yield Section("doubts", say("heading.doubts"), rows=who.doubts(reader))
    yield Section("this-text", say("heading.this-text"), lines=(say("text.program"),), rows=who.this_text(reader))


def _recipients(reader: Reader, layout: str) -> Section:
    rows: tuple[Row, ...] = to_whom.recipients(reader)
    lines = (reader.say("share.recorded"),) if to_whom.disclosed(reader) else ()
    return Section("recipients", reader.say(f"heading.{layout}.recipients"), rows=rows, lines=lines)


_LAYOUTS: Mapping[str, Callable[[Reader], Iterator[Section]]] = {
    "record": _record,
    "seloste": _seloste,
    "services": _services,
    "policy": _policy,
}
