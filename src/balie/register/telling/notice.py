"""What people are told, from the register alone: the notice of a desk (GDPR 12-14) and, for staff, its record (30(1)).

Pure. The register's sentences are read in the language of the reader; the fixed words come from `format/phrases.yaml`, so
that no active language and no Django is needed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from balie.register.canonical import as_list
from balie.register.collecting import requester_group
from balie.register.passing_on import DEFAULT_AREA
from balie.register.telling import layouts, rights, to_whom
from balie.register.telling.clauses import clauses
from balie.register.telling.parts import Brief, Notice
from balie.register.telling.reader import Reader, within
from balie.register.types import Place
from balie.register.versions import Version

Audience = Literal["public", "staff"]
_MOST_NAMED = 4


def notice_for(v: Version, *, audience: Audience, language: str) -> Notice:
    """Everything that Articles 13 and 14 ask, from the register alone, in one language.

    public: what whoever writes in is told; staff: every activity, and what the record has beyond it (30(1)). 14 joins in when any
    source is not the person. The right to object stands apart (21(4)) when a basis is public-task or legitimate-interest.
    language: ISO 639-1; texts without a translation stay in the first language of the register. Mission S0.11, S4.8.
    """
    reader = Reader(v, language, _told(v, audience))
    layout = layouts.layout_of(v.data, reader.activities)
    sections = layouts.sections(reader, layout=layout, audience=audience)
    return Notice(
        desk=v.desk,
        name=reader.own(v.data["name"]),
        audience=audience,
        language=language,
        layout=layout,
        version=v.number,
        digest=v.digest,
        since=v.in_force_since,
        activities=tuple(reader.activities),
        articles=_articles(reader),
        right_to_object=rights.may_object(reader),
        purposes=tuple(
            reader.own(purpose["what"]) for act in reader.activities.values() for purpose in act["purposes"].values()
        ),
        brief=tuple(_brief(reader)),
        sections=sections,
        clauses=tuple(clauses(reader, sections)),
    )


def _told(v: Version, audience: Audience) -> Mapping[str, Mapping[str, Any]]:
    return {
        activity: act
        for activity, act in v.data["activities"].items()
        if audience == "staff" or act.get("notice", "public") == "public"
    }


def _articles(reader: Reader) -> tuple[str, ...]:
    blocks = [one for act in reader.activities.values() for one in (act, *act["people"].values())]
    details = [one for block in blocks for one in block.get("details", {}).values()]
    sources = {source for one in (*blocks, *details) for source in as_list(one.get("source", "person"))}
    return ("13", "14") if sources - {"person"} else ("13",)


def _brief(reader: Reader) -> list[Brief]:
    """The notice in a few lines, about those who write in."""
    say = reader.say
    asking = [place for place in reader.told_places() if _writes(reader, place)]
    lines = [Brief("message", say("brief.data", items=_asked(reader, asking)))]
    for place in asking:
        if place.need == "when-necessary":
            condition = say("need.with-consent" if place.consent else "need.when-necessary")
            lines.append(Brief("user-off", say("brief.condition", item=reader.label(place.item), condition=condition)))
    lines += _brief_terms(reader, asking)
    lines.append(Brief("arrow-forward-up", _brief_recipients(reader)))
    if "transfers" not in reader.data:
        area = say.country(reader.data.get("stays-in", DEFAULT_AREA))
        lines.append(Brief("world-off", say("brief.area", area=area)))
    return lines


def _brief_recipients(reader: Reader) -> str:
    """Who else may get something: by name as long as that is brief."""
    say, outsiders = reader.say, to_whom.outsiders(reader)
    named = outsiders if len(outsiders) <= _MOST_NAMED else outsiders[: _MOST_NAMED - 1]
    if len(named) < len(outsiders):
        return say("brief.recipients-more", who=", ".join(named), number=len(outsiders) - len(named))
    return say("brief.recipients", who=say.several(outsiders)) if outsiders else say("brief.nobody")


def _brief_terms(reader: Reader, places: list[Place]) -> Iterator[Brief]:
    """How long, without what goes within days of coming in."""
    rules = dict.fromkeys(one.rule for one in places if one.need != "avoided" and one.rule.event != "item.collected")
    terms = [reader.term(rule) for rule in rules]
    if len(terms) == 1:
        yield Brief("hourglass", reader.say("brief.term", term=terms[0]))
    elif terms:
        yield Brief("hourglass", reader.say("brief.terms", terms="; ".join(terms)))


def _writes(reader: Reader, place: Place) -> bool:
    """Is this about people who write in, on a ticket?"""
    return place.people == requester_group(reader.v, place.activity)


def _asked(reader: Reader, places: list[Place]) -> str:
    """What a form asks, each kind once; the ones of which one is enough together."""
    found: list[str] = []
    for place in places:
        if place.need in ("required", "usual"):
            found.append(reader.label(place.item))
        elif place.need == "one-of":
            group = reader.v.groups[place.activity, place.people]
            found.append(reader.say("brief.one-of", items=reader.labels(group.one_of, "or")))
    first, *rest = dict.fromkeys(found or [""])
    return reader.say.several([first, *(within(one) for one in rest)])
