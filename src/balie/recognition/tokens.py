"""The words of a text with what is known of each: its place, its letters, what it may be, and what stands beside it."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from balie.recognition.lines import Line
from balie.recognition.words import NAME, Kind, base_forms, lexicon, without_accents

_WORD = re.compile(
    r"[^\W\d_]+(?:\.(?=[^\W\d_]{1,2}\.)[^\W\d_]{1,2}){1,5}\.?|[^\W\d_]+(?:[-'][^\W\d_]+){0,6}|[0-9][0-9.,:/-]{0,40}"
)
_LONG = 40


@dataclass(slots=True)
class Token:
    """`small`: in small letters; `kind`: what its own letters may be; `form`: what it may be a case of; `shape`: see below."""

    start: int
    end: int
    small: str
    kind: int
    form: int
    shape: str
    line: int

    @property
    def name(self) -> int:
        return (self.kind | self.form) & NAME


def tokens_of(text: str, lines: list[Line]) -> list[Token]:
    """Every word and number, in order. Shapes: `Xx`, `XX`, `xx`, `xX`, `X.` (initials), `9`."""
    known = lexicon()
    found: list[Token] = []
    add = found.append
    number, end_of_line = 0, lines[0].end
    for match in _WORD.finditer(text):
        start, end = match.span()
        while start > end_of_line:
            number += 1
            end_of_line = lines[number].end
        word = match[0]
        small = word.lower()
        shape = shape_of(word)
        if shape == "X" and text[end : end + 1] == ".":
            shape, end = "X.", end + 1
        kind = known.get(small, 0) if len(small) < _LONG else Kind.WORD
        add(Token(start, end, small, kind, 0, shape, number))
        if not kind and shape != "9":
            found[-1].form = _form(small, shape, known)
    return found


def shape_of(word: str) -> str:
    first = word[0]
    if first.isdigit():
        return "9"
    if "." in word:
        return "X." if first.isupper() else "x."
    if len(word) == 1:
        return "X" if first.isupper() else "xx"
    if first.isupper():
        rest = word[1:]
        return "Xx" if rest.islower() else "XX" if rest.isupper() else "X-X" if "-" in word else "XxX"
    return "xx" if word.islower() else "xX"


def _form(small: str, shape: str, known: dict[str, int]) -> int:
    """What a word that is in no list may be a form of; each part of a double name counts."""
    found = 0
    if "-" in small:
        parts = small.split("-")
        for part in parts:
            found |= known.get(part, 0) or _cases(part, known)
        return found
    if shape == "xx" and len(small) < 4:
        return 0
    return _cases(small, known) or known.get(without_accents(small), 0)


def _cases(small: str, known: dict[str, int]) -> int:
    if len(small) > 24:
        return 0
    found = 0
    for form in base_forms(small):
        found |= known.get(form, 0)
    return found


def at(tokens: list[Token], starts: list[int], place: int) -> int:
    """The number of the last token that begins at or before a place; -1 when none does."""
    return bisect_right(starts, place) - 1
