"""A text with the signs that look the same made the same, and the way back to the places in the text as it was given."""

import re
import unicodedata
from dataclasses import dataclass

from balie.recognition.looking import _plain as same_signs

_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_ODD = re.compile(f"[{_UNSEEN}\u0300-\u036f\r\u2028\u2029\x85\x0b\x0c]")
_BREAKS = dict.fromkeys(map(ord, "\r\u2028\u2029\x85\x0b\x0c"), "\n")
_QUOTES = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u00b4\u0060"), "'")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text`: what is looked through. `places`: for each of its signs, and its end, where it stands in what was given;
    None when they are the same.
    """

    text: str
    places: list[int] | None = None

    def given(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch stands in the text as it was given, unseen signs within it included."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + _width(self.places, end)


def plain(text: str) -> Plain:
    """Digits, dashes, spaces and quotes of other scripts as the plain ones, letters in one piece, unseen signs left out."""
    if text.isascii() and "\r" not in text and "\x0b" not in text and "\x0c" not in text:
        return Plain(text)
    same = same_signs(text)
    if not _ODD.search(same):
        return Plain(same.translate(_QUOTES))
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(same):
        if sign in _UNSEEN:
            continue
        if signs and unicodedata.combining(sign):
            whole = unicodedata.normalize("NFC", signs[-1] + sign)
            if len(whole) == 1:
                signs[-1] = whole
                continue
        signs.append(sign)
        places.append(at)
    places.append(len(text))
    return Plain("".join(signs).translate(_BREAKS).translate(_QUOTES), places)


def _width(places: list[int], end: int) -> int:
    """How far the last sign of a stretch reaches: up to where the next one begins."""
    return max(1, places[end] - places[end - 1])
