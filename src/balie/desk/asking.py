"""The language of lists: `status:open,waiting assignee:me is:unread sort:oldest "a phrase" word`, for searching and for views.

Structural terms are codes, and may stand in addresses and rows. Words are somebody's: they are posted, and kept nowhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from balie import register
from balie.desk.models import Channel, Kind, Status
from balie.kernel import Actor, Invalid, sentence

# What is asked of a ticket, in the order in which it is written; `sort` says what stands on top.
KEYS = ("status", "service", "kind", "channel", "team", "assignee", "delivery", "is", "sort")
SORTS = ("best", "oldest", "newest", "closed", "number")
OPEN = (Status.NEW.value, Status.OPEN.value, Status.WAITING.value)
ANYBODY = "assignee"  # the one key whose values are not all known beforehand: a colleague, by handle or by name

Vocabulary = Mapping[str, Sequence[str]]


class Term(NamedTuple):
    """One condition: a ticket fits when it has one of these values."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question that was read. terms: in the order of KEYS, each key once. sort: empty where nothing was said of it."""

    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    sort: str = ""

    def of(self, key: str) -> tuple[str, ...]:
        """The values asked for under a key; nothing when it was not asked."""
        return next((term.values for term in self.terms if term.key == key), ())

    @property
    def has_words(self) -> bool:
        return bool(self.words or self.phrases)

    @property
    def is_open(self) -> bool:
        """Whether only open tickets can fit."""
        asked = self.of("status")
        return bool(asked) and Status.CLOSED not in asked


class Token(NamedTuple):
    """A piece of what was typed, and where it stands. key: what stood before the colon; None for a word or a phrase."""

    key: str | None
    value: str
    quoted: bool
    start: int
    end: int


_TOKEN = re.compile(r'(?P<key>[^\W\d_]+):(?!//)(?P<value>"[^"]*"?|[^\s"]*)|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')


def vocabulary(version: register.Version) -> Vocabulary:
    """What can be asked at a desk: the words of the language, and the services and teams of its settings."""
    return {
        "status": Status.values,
        "service": sorted(version.settings["services"]),
        "kind": Kind.values,
        "channel": Channel.values,
        "team": sorted(version.settings["teams"]),
        ANYBODY: ("me", "nobody"),
        "delivery": ("failed", "delayed"),
        "is": ("unread", "followed", "restricted", "others"),
        "sort": SORTS,
    }


def parse(text: str, known: Vocabulary) -> Asked:
    """Read a question. A colleague stays as written, by whatever name; `people` reads that.

    Raises Invalid, with one sentence that names what is known, for an unknown key or value, and for an order that does not fit.
    """
    terms: dict[str, list[str]] = {}
    words, phrases = list[str](), list[str]()
    for token in tokens(text):
        if token.key is not None and (token.value or token.key in KEYS):
            terms.setdefault(token.key, []).extend(_values(token, known))
        elif token.quoted:
            phrases += [token.value] if token.value.strip() else []
        else:
            words.append(token.value or token.key or "")
    sort = terms.pop("sort", [""])[-1]
    asked = tuple(Term(key, tuple(dict.fromkeys(terms[key]))) for key in KEYS if key in terms)
    return _sorted(Asked(asked, tuple(words), tuple(phrases), sort))


def read(text: str, *, actor: Actor) -> Asked:
    """Read a question at the actor's desk, under the settings in force. Raises Invalid as `parse` does."""
    return parse(text, vocabulary(register.in_force(actor.desk)))


def written(asked: Asked) -> str:
    """The structural part of a question as it is kept: reading it again gives the same."""
    terms = [piece for term in asked.terms for piece in _pieces(term)]
    return " ".join([*terms, f"sort:{asked.sort}"] if asked.sort else terms)


def tokens(text: str) -> Iterator[Token]:
    """The pieces of what was typed, in order. A quotation mark that is not closed reaches to the end."""
    for found in _TOKEN.finditer(text):
        key, value, phrase, word = found.group("key", "value", "phrase", "word")
        if key is not None:
            yield Token(key.casefold(), value.strip('"').strip(), value.startswith('"'), *found.span())
        else:
            yield Token(None, word if phrase is None else phrase, phrase is not None, *found.span())


def _values(token: Token, known: Vocabulary) -> list[str]:
    """The values of a term, each known; several stand with commas between."""
    assert token.key is not None
    if token.key not in known:
        raise Invalid(
            sentence(
                "«{key}:» cannot be asked for. Known are {known}. To look for words with a colon, put them in quotation marks.",
                key=token.key,
                known=list(known),
            )
        )
    given = [token.value] if token.quoted else [one for one in token.value.split(",") if one]
    values = [_folded(one, known[token.key]) for one in given]
    unknown = [one for one in values if one not in known[token.key]]
    if not values or (unknown and token.key != ANYBODY):
        raise Invalid(
            sentence(
                "«{value}» is nothing that «{key}:» knows. It knows {known}.",
                value=unknown[0] if unknown else "",
                key=token.key,
                known=[*known[token.key], *(["…"] if token.key == ANYBODY else [])],
            )
        )
    return values


def _folded(value: str, known: Sequence[str]) -> str:
    """A value as it is known, however its letters were typed."""
    return next((one for one in known if one.casefold() == value.casefold()), value)


def _sorted(asked: Asked) -> Asked:
    if asked.sort == "closed" and set(asked.of("status")) - {Status.CLOSED}:
        raise Invalid(sentence("Only what is closed has an order of closing: ask «status:closed sort:closed»."))
    return asked


def _pieces(term: Term) -> list[str]:
    """A term as it is written: its values with commas between, or one by one where a value has signs that would part it."""
    if not any(re.search(r"[\s,]", value) for value in term.values):
        return [f"{term.key}:{','.join(term.values)}"]
    return [f'{term.key}:"{value}"' for value in term.values]
