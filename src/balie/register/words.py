"""The words of a register in the languages of its readers: labels of kinds of data, and the register's own sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from balie.kernel import Wording
from balie.register.reading import read
from balie.register.shape import FORMAT

CATALOGUE_LANGUAGES = ("nl", "fi", "sv", "en")


@dataclass(frozen=True)
class Word:
    """A kind of personal data. special: the category of GDPR 9 or 10. others: likely to hold data of people who are no party."""

    item: str
    label: Wording
    dpv: str
    special: str | None
    others: bool


@cache
def catalogue() -> Mapping[str, Word]:
    """The words that every register knows, with labels in nl, fi, sv and en."""
    text = (FORMAT / "catalogue.yaml").read_bytes()
    found: Any = read(text, name="catalogue.yaml").data
    return MappingProxyType({item: _known(item, word) for item, word in found.items()})


def own_words(words: Mapping[str, Any], sentences: "Sentences") -> Mapping[str, Word]:
    """The catalogue and the register's own words, which take from the word that they are `like` what they do not say."""
    known = dict(catalogue())
    for item, word in words.items():
        like = known.get(word["like"])
        known[item] = Word(
            item,
            sentences.wording(word["label"]),
            word.get("dpv") or (like.dpv if like else ""),
            word.get("special") or (like.special if like else None),
            like.others if like else False,
        )
    return MappingProxyType(known)


class Sentences:
    """The register's own sentences with their translations, found by the sentence itself."""

    def __init__(self, first: str, translations: Any) -> None:
        self.first = first
        self._known = {
            line[first]: Wording(MappingProxyType(dict(line)), first) for line in translations if first in line
        }

    def wording(self, text: str) -> Wording:
        """A sentence in every language that it has; the file's first language stands in for the others."""
        return self._known.get(text) or Wording({self.first: text}, self.first)


def _known(item: str, word: Mapping[str, Any]) -> Word:
    label = Wording({language: word[language] for language in CATALOGUE_LANGUAGES}, "en")
    return Word(item, label, word["dpv"], word.get("special"), bool(word.get("others")))
