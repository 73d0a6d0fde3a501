"""A text with what was found in it covered: the kind of thing is told, the thing is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from balie.recognition.spans import Span


@dataclass(frozen=True, slots=True)
class Masked:
    """What stands where something is covered. Equal things of a text have equal numbers, counted from 1 for each label."""

    label: str
    number: int


def mask(text: str, spans: Sequence[Span]) -> list[str | Masked]:
    """The text in pieces, each span replaced. No sign within a span is in the result, whatever order the spans have."""
    pieces: list[str | Masked] = []
    numbers: dict[str, dict[str, int]] = {}
    at = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        start, end = max(span.start, at), min(span.end, len(text))
        if start >= end:
            continue
        if start > at:
            pieces.append(text[at:start])
        known = numbers.setdefault(span.label, {})
        pieces.append(Masked(span.label, known.setdefault(_sameness(text[span.start : end]), len(known) + 1)))
        at = end
    if at < len(text):
        pieces.append(text[at:])
    return pieces


def _sameness(value: str) -> str:
    return "".join(sign for sign in value.casefold() if sign.isalnum())
