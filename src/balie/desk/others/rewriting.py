"""A text without what was covered in it: in each place stands what kind of thing was there. Pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from balie import recognition

Span = recognition.Span
SHORTEST = 3  # signs of something that is looked for elsewhere: what is shorter stands everywhere
TAKEN_OUT = "taken-out"  # in the place of a role: what stands there now is ours


@dataclass(frozen=True)
class Rewritten:
    """A text after that. spans: the places of what was taken out, in the new text. moves: for each, where it was and by how many
    signs everything behind it moved."""

    text: str
    spans: list[Span]
    moves: list[tuple[int, int, int]]

    def moved(self, place: int) -> int:
        """Where a place of the old text is in the new one; within what was taken out, its beginning."""
        by = 0
        for start, end, shift in self.moves:
            if place <= start:
                break
            if place < end:
                return start + by
            by += shift
        return place + by


def without(text: str, spans: Sequence[Span]) -> Rewritten:
    """The text with `[EMAIL 1]` where an address was: equal things have equal numbers, so that the text can still be followed."""
    parts, found, moves, size = list[str](), list[Span](), list[tuple[int, int, int]](), 0
    for piece in recognition.pieces(text, spans):
        if isinstance(piece.shown, str):
            parts.append(piece.shown)
        else:
            parts.append(tombstone(piece.shown.label, piece.shown.number))
            found.append(Span(size, size + len(parts[-1]), piece.shown.label, TAKEN_OUT))
            moves.append((piece.start, piece.end, len(parts[-1]) - (piece.end - piece.start)))
        size += len(parts[-1])
    return Rewritten("".join(parts), found, moves)


def tombstone(label: str, number: int) -> str:
    """What stands in the place of something that was taken out."""
    return f"[{label} {number}]"


def values(text: str, spans: Iterable[Span]) -> dict[str, str]:
    """What stands in these places, and the label of each."""
    found = ((text[span.start : span.end].strip(), span) for span in spans if span.role != TAKEN_OUT)
    return {value: span.label for value, span in found if len(value) >= SHORTEST}


def places_of(text: str, known: Mapping[str, str]) -> list[Span]:
    """Where one of these values stands in a text, however its spaces and line breaks fall, also behind the marks of a quotation."""
    found = list[Span]()
    for value, label in known.items():
        for match in _pattern(value).finditer(text):
            found.append(Span(match.start(), match.end(), label, recognition.Role.THIRD_PARTY))
    return sorted(found, key=lambda one: (one.start, -one.end))


def _pattern(value: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in value.split()]
    return re.compile(r"(?<![\w@])" + r"(?:[ \t]|\r?\n[> \t]*)+".join(words) + r"(?![\w@])", re.IGNORECASE)
