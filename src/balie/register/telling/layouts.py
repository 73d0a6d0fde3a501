"""Two ways to lay a notice out: as Dutch public bodies publish their record, and as a Finnish tietosuojaseloste.

Both carry all that GDPR 13, 14 and, for staff, 30(1) ask; they differ in order, headings, and what is printed apart. Every
desk is told in the layout of its controller's country, in each language of its readers.
"""

from collections.abc import Iterator

from balie.register.telling import care, rights, to_whom, what, who
from balie.register.telling.parts import Row, Section
from balie.register.telling.reader import Reader


def layout_of(country: str) -> str:
    """`seloste` for Finland, `record` for all others."""
    return "seloste" if country == "FI" else "record"


def sections(reader: Reader, *, layout: str, audience: str) -> tuple[Section, ...]:
    """The sections of a notice in the order of its layout; an empty one is left out."""
    made = _seloste(reader) if layout == "seloste" else _record(reader)
    for_staff = _for_staff(reader) if audience == "staff" else ()
    found = (*made, *_what_gdpr_adds(reader), *for_staff, *_about_the_text(reader))
    return tuple(one for one in found if one.lines or one.rows or one.items or one.points)


def _record(reader: Reader) -> Iterator[Section]:
    """Mission S0.11, in the order of the Dutch public register."""
    say = reader.say
    yield Section("head", say("heading.record.head"), rows=who.head(reader))
    yield Section("purpose", say("heading.purpose"), rows=what.purposes(reader))
    yield Section("basis", say("heading.basis"), rows=what.grounds(reader))
    yield from what.data_sections(reader, say("heading.record.data"))
    yield Section("decisions", say("heading.decisions"), lines=to_whom.decisions(reader))
    yield _recipients(reader, "record")
    yield Section("transfers", say("heading.record.transfers"), lines=to_whom.transfers(reader))
    yield Section("controller", say("heading.record.controller"), rows=who.controller(reader))
    yield Section("officer", say("heading.record.officer"), rows=who.officer(reader))
    yield Section("contacts", say("heading.record.contacts"), rows=who.contacts(reader))
    yield Section("related", say("heading.record.related"), rows=care.related(reader))
    yield Section("protection", say("heading.record.protection"), rows=care.protection(reader))


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


def _what_gdpr_adds(reader: Reader) -> Iterator[Section]:
    """Rights, the objection apart, complaints, cookies, others' data, reports."""
    say = reader.say
    yield Section("rights", say("heading.rights"), points=rights.rights(reader))
    if rights.may_object(reader):
        yield Section("objection", say("heading.objection"), lines=rights.objection(reader), apart=True)
    yield Section("otherwise", say("heading.otherwise"), lines=rights.otherwise(reader))
    yield Section("complaint", say("heading.complaint"), lines=rights.complaint(reader))
    yield Section("cookies", say("heading.cookies"), lines=care.cookie_lines(reader))
    yield Section("others", say("heading.others"), lines=care.others(reader))
    yield Section("reports", say("heading.reports"), lines=care.reports(reader))


def _for_staff(reader: Reader) -> Iterator[Section]:
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
