"""What stands beside one item: why a form asks it, on what ground, how long it stays; and why we still have it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from balie.register.collecting import place_of
from balie.register.telling.reader import Reader
from balie.register.telling.what import must_words
from balie.register.types import Id, Need, Party
from balie.register.versions import Version


@dataclass(frozen=True)
class FieldText:
    """The text beside a form field, in one language.

    why: the purposes. ground: their bases with article and law. how_long: the term in full. must: whether one must give it.
    without: what follows if not. conditions: sentences that must hold first; consent: whose consent storing it needs.
    """

    item: Id
    label: str
    need: Need
    why: str
    ground: str
    how_long: str
    must: str
    without: str
    conditions: tuple[str, ...]
    consent: Party | None
    placeholder: str


@dataclass(frozen=True)
class Why:
    """The answer to «why do we still have this?», in one language; bases and term also as the register's words."""

    activity: str
    purposes: tuple[str, ...]
    bases: tuple[str, ...]
    grounds: tuple[str, ...]
    term: Id
    how_long: str
    because: str
    review: date | None
    latest: str | None

    def plain(self) -> dict[str, object]:
        """The keys of the table of worked questions."""
        return {"activity": self.activity, "bases": list(self.bases), "term": self.term, "because": self.because}


@lru_cache(maxsize=4096)
def asked_field(v: Version, activity: Id, people: Id, item: Id, *, language: str) -> FieldText:
    """The text beside one field: from the same lines as the notice and the date of erasure. GDPR 13(1)(c), 13(2)(a), 13(2)(e).

    Raises Refused for an undeclared item.
    """
    place = place_of(v, activity, people, item)
    reader = _reader(v, activity, language)
    return FieldText(
        item,
        reader.label(item),
        place.need,
        why=reader.purposes(place),
        ground=" ".join(_grounds(reader, activity, place.purposes)),
        how_long=reader.term_in_full(place.rule),
        must=must_words(reader, place),
        without=reader.own(place.without) if place.without else "",
        conditions=tuple(reader.own(one) for one in place.when),
        consent=place.consent,
        placeholder=place.placeholder,
    )


@lru_cache(maxsize=4096)
def why(v: Version, activity: Id, people: Id, item: Id, *, language: str) -> Why:
    """Activity, purposes and bases, term and its reason: the answer to «why do we still have this?» (mission, Beyond 6).

    language: ISO 639-1. Raises Refused for an undeclared item.
    """
    place = place_of(v, activity, people, item)
    reader = _reader(v, activity, language)
    known = v.data["activities"][activity]["purposes"]
    return Why(
        activity=reader.own(v.data["activities"][activity]["name"]),
        purposes=tuple(reader.own(known[name]["what"]) for name in place.purposes),
        bases=tuple(sorted({known[name]["basis"] for name in place.purposes})),
        grounds=tuple(_grounds(reader, activity, place.purposes)),
        term=place.rule.term,
        how_long=reader.term(place.rule),
        because=reader.own(place.rule.why) if place.rule.why else "",
        review=place.rule.review,
        latest=reader.say.length(place.rule.latest) if place.rule.latest else None,
    )


def _reader(v: Version, activity: Id, language: str) -> Reader:
    return Reader(v, language, {activity: v.data["activities"][activity]})


def _grounds(reader: Reader, activity: Id, purposes: tuple[Id, ...]) -> list[str]:
    known = reader.data["activities"][activity]["purposes"]
    return list(dict.fromkeys(reader.ground(known[name]) for name in purposes))
