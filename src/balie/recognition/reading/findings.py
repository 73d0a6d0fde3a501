"""What the child gathers from one file, and what is left of its bounds."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from balie.recognition.reading import bounds
from balie.recognition.reading.outcome import Mark, Piece, Place, Reason, Unreadable


class Over(Exception):  # noqa: N818 - a bound that was reached
    """A bound was reached, or a lock: what is at hand is not looked into, or no further."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture as grey pixels, one byte each, for the program that reads it."""

    place: Place
    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages of a PDF that are pictures, wholly or in part, and the PDF."""

    place: Place
    pages: tuple[int, ...]
    pdf: bytes


@dataclass(slots=True)
class Findings:
    """Grows while a file is read. Its methods raise Over when a bound is reached; what was found before stands."""

    pieces: list[Piece] = field(default_factory=list)
    unread: list[Unreadable] = field(default_factory=list)
    rasters: list[Raster] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    signs: int = bounds.SIGNS
    cells: int = bounds.CELLS
    inflated: int = bounds.INFLATED
    members: int = bounds.MEMBERS
    pages: int = bounds.PAGES
    pictures: int = bounds.PICTURES
    pixels: int = bounds.RASTERS
    until: float = field(default_factory=lambda: time.monotonic() + bounds.TEXT_SECONDS)

    def text(self, text: str, place: Place, marks: Sequence[Mark] = ()) -> None:
        """Keep a text that has anything in it, as far as the bound allows."""
        if not text.strip():
            return
        kept = text[: self.signs]
        self.signs -= len(kept)
        if kept:
            self.pieces.append(Piece(kept, place, tuple(one for one in marks if one.end <= len(kept))))
        if len(kept) < len(text):
            raise Over(Reason.TOO_MUCH_TEXT)

    def leave(self, reason: Reason, place: Place) -> None:
        """Say that something was not looked into; once for each place."""
        one = Unreadable(reason, place)
        if one not in self.unread:
            self.unread.append(one)

    def in_time(self) -> None:
        """Raises Over when there is no time to begin with anything more."""
        if time.monotonic() > self.until:
            raise Over(Reason.TOOK_TOO_LONG)

    def member(self) -> None:
        """Count one file more that lies in another."""
        self.in_time()
        self.members -= 1
        if self.members < 0:
            raise Over(Reason.TOO_MANY_PARTS)

    def picture(self, pixels: int) -> None:
        """Count one picture more of so many pixels."""
        self.pictures -= 1
        if self.pictures < 0:
            raise Over(Reason.TOO_MANY_PICTURES)
        if pixels > self.pixels:
            raise Over(Reason.TOO_MANY_PIXELS)
        self.pixels -= pixels
