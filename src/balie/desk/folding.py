"""A text in stretches: what its writer says now, and what is folded away there. What is masked stays masked in both."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from balie import recognition

NEW = ""
QUOTATION, SIGNATURE, DEVICE = "quotation", "signature", "device"
KINDS = (QUOTATION, SIGNATURE, DEVICE)

Part = str | recognition.Masked
Fold = tuple[int, int, str]


@dataclass(frozen=True)
class Stretch:
    """One stretch of a text, in its place. kind: `quotation`, `signature`, `device`; empty for what is said now."""

    kind: str
    parts: tuple[Part, ...]

    @property
    def lines(self) -> int:
        """How many lines it has that are not blank; what is masked counts as a word."""
        text = "".join(part if isinstance(part, str) else "…" for part in self.parts)
        return sum(bool(line.strip()) for line in text.splitlines())

    @property
    def blank(self) -> bool:
        return self.lines == 0


def stretches(text: str, spans: Sequence[recognition.Span], folds: Sequence[Sequence[int | str]]) -> list[Stretch]:
    """The whole text in order, cut where a fold begins and ends. folds: [start, end, kind] in signs of the text.

    All parts after one another are what `recognition.mask` gives for the whole: nothing is lost, told twice or unmasked,
    whatever the folds say. Something masked that lies across a border is whole, in the stretch where it begins. Where nothing
    would be left to read, only signature and device line are folded.
    """
    sound = _readable(text, list(_sound(folds, len(text))))
    found: list[tuple[str, list[Part]]] = []
    for kind, part in _cut(recognition.pieces(text, spans), sound):
        if not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(part)
    return [Stretch(kind, tuple(parts)) for kind, parts in found]


def _sound(folds: Sequence[Sequence[int | str]], length: int) -> Iterator[Fold]:
    """In order, within the text, none over another, of a kind that is known."""
    at = 0
    for start, end, kind in sorted((int(one[0]), int(one[1]), str(one[2])) for one in folds):
        start, end = max(start, at), min(end, length)
        if start < end and kind in KINDS:
            yield start, end, kind
            at = end


def _readable(text: str, folds: list[Fold]) -> list[Fold]:
    kept, at = "", 0
    for start, end, _kind in folds:
        kept, at = kept + text[at:start], end
    return folds if (kept + text[at:]).strip() else [one for one in folds if one[2] != QUOTATION]


def _cut(pieces: Iterator[recognition.Piece], folds: list[Fold]) -> Iterator[tuple[str, Part]]:
    """Each piece with the kind of the stretch in which it stands; a plain one is cut at the borders."""
    starts = [start for start, _end, _kind in folds]
    borders = sorted({border for start, end, _kind in folds for border in (start, end)})

    def kind_at(place: int) -> str:
        before = bisect_right(starts, place) - 1
        return folds[before][2] if before >= 0 and place < folds[before][1] else NEW

    for piece in pieces:
        if not isinstance(piece.shown, str):
            yield kind_at(piece.start), piece.shown
            continue
        inside = borders[bisect_right(borders, piece.start) : bisect_left(borders, piece.end)]
        for start, end in pairwise([piece.start, *inside, piece.end]):
            yield kind_at(start), piece.shown[start - piece.start : end - piece.start]
