"""What was found in a file: texts with where they stand, and what could not be looked into, with why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why something was not looked into. A closed set: nothing else is ever said."""

    CLOSED = "closed"  # by a password, or encrypted
    DAMAGED = "damaged"  # it says what it is, and is not that
    UNKNOWN_KIND = "unknown-kind"  # nothing here reads such files
    NO_READER = "no-reader"  # the program that reads it is not installed
    HARD_TO_READ = "hard-to-read"  # a picture with texts of which too much is uncertain
    FURTHER_FRAMES = "further-frames"  # a picture that moves: only its first frame was looked at
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TOO_MANY_PARTS = "too-many-parts"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_MANY_CELLS = "too-many-cells"
    TOO_MANY_PICTURES = "too-many-pictures"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_MUCH_TEXT = "too-much-text"
    TOO_MUCH_MEMORY = "too-much-memory"
    TOOK_TOO_LONG = "took-too-long"
    READER_DIED = "reader-died"


@dataclass(frozen=True, slots=True)
class Box:
    """An area of a picture in its pixels, upright as it is shown."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands. `inside`: the names of what it lies in, outermost first. `part`: `name` (of a file),
    `header`, `properties`, `metadata`, `picture` or another part that is not the text itself. `page` from 1, or 0.
    """

    inside: tuple[str, ...] = ()
    part: str = ""
    page: int = 0
    sheet: str = ""

    def told(self) -> str:
        """The place in words, empty for the file as a whole."""
        page = f"page {self.page}" if self.page else ""
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        return ", ".join(filter(None, (" › ".join(self.inside), page, sheet, self.part)))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a piece, from sign `start` up to sign `end`: the cell that it is (`B7`), or where in the picture it
    stands.
    """

    start: int
    end: int
    cell: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One text. `marks` in the order of the text. `size`: width and height of the picture that the boxes are of."""

    text: str
    place: Place = Place()
    marks: tuple[Mark, ...] = ()
    size: tuple[int, int] = (0, 0)

    def marks_of(self, start: int, end: int) -> tuple[Mark, ...]:
        """What a span of the text stands on: the cells, or the areas to cover."""
        return tuple(one for one in self.marks if one.start < end and start < one.end)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something in the file that was not looked into, or not to its end."""

    reason: Reason
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in one file."""

    pieces: tuple[Piece, ...] = ()
    unread: tuple[Unreadable, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything in it was looked into. What was not is held back, and never shown by default."""
        return not self.unread


def to_plain(piece: Piece) -> list[Any]:
    """A piece without boxes as JSON can hold it."""
    return [piece.text, place_to_plain(piece.place), [[one.start, one.end, one.cell] for one in piece.marks]]


def unread_to_plain(one: Unreadable) -> list[Any]:
    """The same of what was not looked into."""
    return [one.reason.value, place_to_plain(one.place)]


def piece_from(plain: Any) -> Piece:
    """The piece again. Raises ValueError or TypeError for anything else: its sender is a process that read foreign bytes."""
    text, place, marks = plain
    size = len(_text(text))
    return Piece(text, place_from(place), tuple(_mark(*one, size=size) for one in marks))


def unread_from(plain: Any) -> Unreadable:
    """The same of what was not looked into."""
    reason, place = plain
    return Unreadable(Reason(reason), place_from(place))


def place_to_plain(place: Place) -> list[Any]:
    """A place as JSON can hold it."""
    return [list(place.inside), place.part, place.page, place.sheet]


def place_from(plain: Any) -> Place:
    """A place again."""
    inside, part, page, sheet = plain
    return Place(_texts(inside), _text(part), whole_number(page), _text(sheet))


def whole_number(value: object) -> int:
    """A number that is none below zero. Raises TypeError for anything else."""
    if not isinstance(value, int) or value < 0:
        raise TypeError("not a number")
    return value


def _mark(start: object, end: object, cell: object, *, size: int) -> Mark:
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= size:
        raise ValueError("a mark outside its text")
    return Mark(start, end, _text(cell))


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(_text(one) for one in values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
