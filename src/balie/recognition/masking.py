"""A text with what was found in it covered: the kind of thing is told, the thing is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from balie.recognition.spans import Span


@dataclass(frozen=True, slots=True)
class Masked:
    """What stands where something is covered. Equal things of a text have equal numbers, counted from 1 for each label."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text from sign `start` up to sign `end`: as it stands there, or what stands in its place."""

    start: int
    end: int
    shown: str | Masked


def mask(text: str, spans: Sequence[Span]) -> list[str | Masked]:
    """The text in pieces, each span replaced. No sign within a span is in the result, whatever order the spans have."""
    return [piece.shown for piece in pieces(text, spans)]


def pieces(text: str, spans: Sequence[Span]) -> Iterator[Piece]:
    """The same with the place of each piece in the text. Together they cover the whole text, each sign once."""
    numbers: dict[str, dict[str, int]] = {}
    at = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        start, end = max(span.start, at), min(span.end, len(text))
        if start >= end:
            continue
        if start > at:
            yield Piece(at, start, text[at:start])
        known = numbers.setdefault(span.label, {})
        number = known.setdefault(_sameness(text[span.start : end]), len(known) + 1)
        yield Piece(start, end, Masked(span.label, number))
        at = end
    if at < len(text):
        yield Piece(at, len(text), text[at:])


def _sameness(value: str) -> str:
    return "".join(sign for sign in value.casefold() if sign.isalnum())
