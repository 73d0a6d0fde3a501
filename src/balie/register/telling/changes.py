"""Two versions side by side for people: what is wider for them, what narrower, and each passage of the record that reads otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from balie.register.comparing import Change, Direction, diff
from balie.register.places import erase_rule
from balie.register.telling.notice import Audience, notice_for
from balie.register.telling.parts import Section
from balie.register.telling.phrases import phrases
from balie.register.telling.reader import Reader
from balie.register.telling.what import must_words
from balie.register.versions import Version


@dataclass(frozen=True)
class Passage:
    """A passage of the record that reads otherwise. label: empty for what stands directly under the heading."""

    section: str
    heading: str
    label: str
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What changed, in one language. meant: for the people concerned, each with its direction. passages: all that reads otherwise."""

    language: str
    meant: tuple[tuple[Direction, str], ...]
    passages: tuple[Passage, ...]

    def of(self, direction: Direction) -> tuple[str, ...]:
        """The changes of one direction: wider, narrower or changed."""
        return tuple(text for one, text in self.meant if one == direction)

    def heading(self, part: str) -> str:
        """What stands above a part: wider, narrower, changed, passages; or says that there is `nothing`."""
        return phrases(self.language)(f"changes.{part}")


def compared(old: Version, new: Version, *, language: str, audience: Audience = "staff") -> Comparison:
    """What changed between two versions in the words of the notice. GDPR 13(3); mission, Beyond 2.

    language: ISO 639-1. audience: as of a notice; the public is told nothing of internal activities. Nothing that the notice or
    record says escapes it: passages are compared as they read.
    """
    changes = [one for one in diff(old, new) if audience == "staff" or not _internal(one, old, new)]
    together = _together(changes, old, new, language)
    meant = tuple((one[0].direction, _told(one, old, new, language)) for one in together)
    return Comparison(language, meant, tuple(_passages(old, new, language, audience)))


def _internal(change: Change, old: Version, new: Version) -> bool:
    acts = [v.data["activities"].get(change.names.get("activity", "")) for v in (old, new)]
    return any(acts) and all(act is None or act.get("notice") == "internal" for act in acts)


def _together(changes: list[Change], old: Version, new: Version, language: str) -> list[list[Change]]:
    """Changes that differ in nothing but the kind of data, so that they are said in one sentence."""
    found: dict[object, list[Change]] = {}
    for one in changes:
        at = tuple((key, name) for key, name in one.names.items() if key != "item")
        said = tuple(_was_and_is(one, Reader(old, language, {}), Reader(new, language, {})).values())
        found.setdefault((one.direction, one.kind, at, said), []).append(one)
    return list(found.values())


def _told(changes: list[Change], old: Version, new: Version, language: str) -> str:
    first, before, after = changes[0], Reader(old, language, {}), Reader(new, language, {})
    reader = before if first.kind.endswith("-ended") else after
    said = {key: _name(reader, key, first.names) for key in first.names}
    if "item" in said:
        said["item"] = reader.labels(one.names["item"] for one in changes)
    return reader.say(f"change.{first.kind}", **said, **_was_and_is(first, before, after))


def _name(reader: Reader, key: str, names: Mapping[str, str]) -> str:
    """An id of a change as people read it."""
    if key == "item":
        return reader.label(names["item"])
    if key == "to":
        return reader.own(reader.data["recipients"][names["to"]]["who"])
    if key == "term":
        return _kept_under(reader, names["term"])
    act = reader.data["activities"].get(names.get("activity", ""), {})
    if key == "people":
        return reader.own(act["people"][names["people"]]["who"])
    if key == "purpose":
        return reader.own(act["purposes"][names["purpose"]]["what"])
    return reader.own(act["name"])


def _kept_under(reader: Reader, term: str) -> str:
    """Whose data are kept under a term: people do not know it by its name in the file."""
    held = [place for place in reader.v.places.values() if place.rule.term == term]
    who = [reader.data["activities"][one.activity]["people"][one.people]["who"] for one in held]
    return reader.say.several(dict.fromkeys(map(reader.own, who))) if who else term


def _was_and_is(change: Change, before: Reader, after: Reader) -> dict[str, str]:
    """For what kept its name and says something else: what it said and what it says."""
    return {
        name: _said(change, reader) for name, reader in (("was", before), ("now", after)) if change.kind in _TWOFOLD
    }


_TWOFOLD = frozenset({"need", "term", "approval", "item-term", "basis"})


def _said(change: Change, reader: Reader) -> str:
    names = change.names
    if change.kind == "term":
        return reader.term(erase_rule(reader.data, names["term"]))
    if change.kind == "approval":
        within = erase_rule(reader.data, names["term"]).approve_within
        return reader.say("term.within", length=reader.say.length(within)) if within else reader.say("term.unapproved")
    if change.kind == "basis":
        return reader.ground(reader.data["activities"][names["activity"]]["purposes"][names["purpose"]])
    place = reader.v.places[names["activity"], names["people"], names["item"]]
    return must_words(reader, place) if change.kind == "need" else reader.term(place.rule)


def _passages(old: Version, new: Version, language: str, audience: Audience) -> Iterator[Passage]:
    before, after = (_by_id(one, language, audience) for one in (old, new))
    for name, section in {**after, **{key: one for key, one in before.items() if key not in after}}.items():
        was, now = _parts(before.get(name)), _parts(after.get(name))
        for label in {**now, **was}:
            if was.get(label, ()) != now.get(label, ()):
                yield Passage(name, section.heading, label, was.get(label, ()), now.get(label, ()))


def _by_id(version: Version, language: str, audience: Audience) -> dict[str, Section]:
    told = notice_for(version, audience=audience, language=language)
    return {one.id: one for one in told.sections if one.id != "this-text"}


def _parts(section: Section | None) -> dict[str, tuple[str, ...]]:
    """A section as labels with what stands beside each; a label that comes again is put with the first."""
    if section is None:
        return {}
    found: dict[str, tuple[str, ...]] = {"": (*section.lines, *(one.text for one in section.points))}
    pairs = [(row.label, row.lines) for row in section.rows]
    pairs += [(one.what, (one.why, one.must, one.long)) for one in section.items]
    for label, lines in pairs:
        found[label] = (*found.get(label, ()), *lines)
    return found
