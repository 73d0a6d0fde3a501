"""One version of a desk's register: immutable, with everything that the questions ask worked out beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from balie.kernel import Wording
from balie.register.canonical import digest
from balie.register.places import groups, places, shares
from balie.register.reading import Document, Path, read
from balie.register.shape import check_shape
from balie.register.types import Groups, Place, Places, Share
from balie.register.words import Sentences, Word, own_words

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_NO_LINES: Mapping[Path, int] = MappingProxyType({})


@dataclass(frozen=True)
class AnsweredDoubt:
    """A doubt with which the register is in force all the same.

    at: the place in the file. reason: in the register's first language; translations: the same in others. role: who answered,
    by function.
    """

    rule: str
    at: str
    reason: str
    review: date
    role: str
    translations: Mapping[str, str] = field(default_factory=dict, hash=False)

    def wording(self, first: str) -> Wording:
        """The reason in the languages that it has; `first` is the register's first language."""
        return Wording({**self.translations, first: self.reason}, first)


@dataclass(frozen=True)
class Service:
    """A service of the desk's catalogue: under which activity a ticket about it stands.

    asker: the activity and group under which it is recorded who asks; None: the first group of the activity that writes in.
    """

    id: str
    name: Wording
    activity: str
    technical: bool
    asker: tuple[str, str] | None = None


@dataclass(frozen=True)
class Team:
    """Who works here. covers: activities, or activity/purpose; what a team does not cover does not exist for it."""

    id: str
    name: Wording
    covers: frozenset[str]


@dataclass(frozen=True, eq=False)
class Version:
    """One register version. Content never changes once used; the same version gives the same answer for ever.

    number: given at adoption; 0 for a draft. digest: SHA-256 of the canonical form. data: the plain data of the file, settings:
    those of the settings beside it; both cannot be changed. row: the key of its row, None for a draft.
    """

    desk: str
    number: int
    digest: str
    data: Mapping[str, Any]
    settings: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    answers: tuple[AnsweredDoubt, ...] = ()
    in_force_since: date | None = None
    row: int | None = None
    lines: Mapping[Path, int] = field(default_factory=lambda: _NO_LINES, repr=False)
    settings_lines: Mapping[Path, int] = field(default_factory=lambda: _NO_LINES, repr=False)

    def __str__(self) -> str:
        return f"{self.desk} {self.number}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def uri(self, activity: str) -> str:
        """The address of one activity in this version, as the evidence writes it (LDV)."""
        return f"/register/{self.desk}/{activity}/versions/{self.number}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the notice; the first is that of the file."""
        return tuple(self.data["languages"])

    def label(self, item: str) -> Wording:
        """What people read for a kind of data; an unknown one reads as it is written."""
        word = self.words.get(item)
        return word.label if word else Wording({"en": item}, "en")

    def wording(self, text: str) -> Wording:
        """A sentence of the register in every language that it has."""
        return self._sentences.wording(text)

    def settings_wording(self, text: str) -> Wording:
        """A sentence of the settings in every language that it has."""
        return self._settings_sentences.wording(text)

    @cached_property
    def words(self) -> Mapping[str, Word]:
        """The kinds of data that this register knows: the catalogue's and its own."""
        return own_words(self.data.get("words", _NOTHING), self._sentences)

    @cached_property
    def places(self) -> Places:
        """Every declared item by activity, group and item."""
        return places(self.data)

    @cached_property
    def places_within(self) -> Mapping[str, tuple[Place, ...]]:
        """The declared items of each activity, in the order of the file."""
        found: dict[str, list[Place]] = {}
        for place in self.places.values():
            found.setdefault(place.activity, []).append(place)
        return MappingProxyType({activity: tuple(held) for activity, held in found.items()})

    @cached_property
    def groups(self) -> Groups:
        """Every group of people by activity and name."""
        return groups(self.data)

    @cached_property
    def shares(self) -> Mapping[str, tuple[Share, ...]]:
        """The lines of sharing of each activity."""
        return shares(self.data)

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """The service catalogue, in the order of the settings."""
        found = self.settings.get("services", _NOTHING)
        return MappingProxyType(
            {
                key: Service(
                    key,
                    self.settings_wording(one["name"]),
                    one["activity"],
                    bool(one.get("technical")),
                    _place(one.get("asker")),
                )
                for key, one in found.items()
            }
        )

    @cached_property
    def teams(self) -> Mapping[str, Team]:
        """The teams, in the order of the settings."""
        found = self.settings.get("teams", _NOTHING)
        return MappingProxyType(
            {key: Team(key, self.settings_wording(one["name"]), frozenset(one["covers"])) for key, one in found.items()}
        )

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(self.data["languages"][0], self.data.get("translations", ()))

    @cached_property
    def _settings_sentences(self) -> Sentences:
        return Sentences(self.settings["languages"][0], self.settings.get("translations", ()))

    @cached_property
    def _identity(self) -> tuple[str, int, str, str]:
        return self.desk, self.number, self.digest, digest(self.settings)


def _place(named: str | None) -> tuple[str, str] | None:
    """`general.contacts` → activity and group."""
    if named is None:
        return None
    activity, _, people = named.partition(".")
    return activity, people


def draft(
    text: str | bytes,
    settings_text: str | bytes = "",
    *,
    name: str = "register.yaml",
    answers: tuple[AnsweredDoubt, ...] = (),
) -> Version:
    """Read a register, and the settings beside it, as a draft with number 0: questions and lint may be asked of it.

    answers: to doubts, as they would stand in the notice.

    Raises Invalid with one sentence for each thing that is unreadable or has no form of a register. What has a form but no sense
    is for `lint` to find. Source: docs/register-format.md.
    """
    register = read(text, name=name)
    check_shape(register, "schema.json")
    settings = None
    if settings_text:
        settings = read(settings_text, name=settings_name(name))
        check_shape(settings, "settings.schema.json")
    return version_of(register, settings, answers=answers)


def settings_name(name: str) -> str:
    """How the settings beside a register file are called: `desk.yaml` → `desk.desk.yaml`."""
    return f"{name.removesuffix('.yaml')}.desk.yaml"


def version_of(
    register: Document,
    settings: Document | None = None,
    *,
    number: int = 0,
    answers: tuple[AnsweredDoubt, ...] = (),
    in_force_since: date | None = None,
    row: int | None = None,
    known_digest: str = "",
) -> Version:
    """The version that the plain data of two files make. Their form was checked, at the latest when they were adopted.

    known_digest: of data that were hashed before.
    """
    data: Any = register.data
    return Version(
        data["desk"],
        number,
        known_digest or digest(data),
        _frozen(data),
        _frozen(settings.data) if settings else _NOTHING,
        answers,
        in_force_since,
        row,
        MappingProxyType(register.lines),
        MappingProxyType(settings.lines) if settings else _NO_LINES,
    )


def _frozen(node: Any) -> Any:
    """The same data, of which nothing can be changed any more."""
    if isinstance(node, dict):
        return MappingProxyType({key: _frozen(value) for key, value in node.items()})
    return tuple(_frozen(one) for one in node) if isinstance(node, list) else node
