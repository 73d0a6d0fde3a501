"""Looking into a file: a confined child takes it apart, Tesseract reads what is a picture, and what failed is said."""

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PIL import Image

from balie.kernel.confined import Child, left
from balie.recognition.reading import bounds, drawing, letters
from balie.recognition.reading.blacking import Picture
from balie.recognition.reading.outcome import (
    Box,
    Piece,
    Place,
    Read,
    Reason,
    Unreadable,
    piece_from,
    place_from,
    unread_from,
    whole_number,
)

LARGE = 8 * 1024 * 1024  # after a file of this size a fresh child begins, with its memory whole
_TYPES = ("image/png", "image/jpeg")
_PAGE_ENLARGED = 1.4  # a page is drawn with letters of a good size already


@dataclass(frozen=True, slots=True)
class _Picture:
    """Something to be read from pixels: a picture that the child took apart, or a page that is still to be drawn."""

    place: Place
    taken: Image.Image | None = None
    pdf: bytes = b""

    def readable(self) -> bool:
        return bool(letters.language()) and (self.taken is not None or drawing.installed())

    def read(self, deadline: float) -> tuple[Piece, bool]:
        left(deadline)
        where = replace(self.place, part="picture")
        if self.taken is not None:
            return letters.read(self.taken, where, deadline=deadline)
        image = drawing.draw(self.pdf, self.place.page, deadline=deadline)
        return letters.read(image, where, deadline=deadline, enlarged=_PAGE_ENLARGED)


def read_texts(content: bytes, *, media_type: str, name_hint: str | None = None) -> Read:
    """Every text in a file that somebody sent, with where it stands. What could not be looked into is in `unread` with
    one of a closed set of reasons. media_type, name_hint: what the sender calls it; the bytes decide. Raises nothing,
    and takes no longer than `bounds.SECONDS` once it is its turn. Source: `docs/recognition-of-files.md`.
    """
    return _looker(os.getpid()).read(content, media_type, name_hint or "")


def blacken(content: bytes, areas: Iterable[Box]) -> Picture | None:
    """A picture with areas of it made black, as `blacking.blacked` does, in the confined child. None when that cannot be
    done, and then nothing of it may be shown. Raises nothing.
    """
    return _looker(os.getpid()).blacken(content, areas)


def reader_of_pictures() -> tuple[str, bool]:
    """What pictures are read in, as Tesseract names it, or nothing when they are held back; and whether pages of PDFs
    that are pictures can be read.
    """
    return letters.language(), bool(letters.language()) and drawing.installed()


class Looker(Child):
    """Looks into files one after the other. Threads may share one."""

    def __init__(self, timeout: float = bounds.SECONDS, memory: int = bounds.MEMORY) -> None:
        super().__init__("balie.recognition.reading.child", timeout=timeout, memory=memory)

    def read(self, content: bytes, media_type: str, name: str) -> Read:
        """As `read_texts`."""
        if len(content) > bounds.CONTENT:
            return Read(unread=(Unreadable(Reason.TOO_LARGE),))
        with self._lock:
            deadline = time.monotonic() + self._timeout
            try:
                plain, contents = self._asked({"media_type": media_type, "name": name}, content)
                pieces = [piece_from(one) for one in plain["pieces"]]
                unread = [unread_from(one) for one in plain["unread"]]
                pictures = list(_pictures(plain, contents))
            except TimeoutError:
                return Read(unread=(Unreadable(Reason.TOOK_TOO_LONG),))
            except (
                OSError,
                ValueError,
                KeyError,
                TypeError,
                RecursionError,
            ):  # also what a child of ill will may answer
                self.close()
                return Read(unread=(Unreadable(Reason.READER_DIED),))
            for one in pictures:
                found, why = _read_picture(one, deadline)
                pieces += found
                unread += [Unreadable(why, one.place)] if why else []
        return Read(tuple(pieces), tuple(unread))

    def blacken(self, content: bytes, areas: Iterable[Box]) -> Picture | None:
        """As `blacken`."""
        asked = {"areas": [[one.left, one.top, one.width, one.height] for one in areas]}
        if len(content) > bounds.CONTENT:
            return None
        with self._lock:
            try:
                media_type, picture = self._asked(asked, content)
            except (OSError, ValueError, RecursionError):
                self.close()
                return None
        return Picture(picture, media_type) if media_type in _TYPES and picture else None

    def _asked(self, asked: dict[str, Any], content: bytes) -> tuple[Any, bytes]:
        head = json.dumps(asked).encode("ascii")
        words, contents = self.ask(
            len(head).to_bytes(4) + head + content, contents=bounds.RASTERS + bounds.CONTENT + bounds.INFLATED
        )
        if max(len(content), len(contents)) > LARGE:
            self.close()
        return json.loads(words), contents


def _pictures(plain: Any, contents: bytes) -> Iterator[_Picture]:
    """What is to be read from pixels. Raises ValueError or TypeError where the child's numbers do not fit its bytes."""
    at = 0
    for place, width, height in plain["rasters"]:
        size = whole_number(width), whole_number(height)
        pixels = contents[at : at + size[0] * size[1]]
        at += len(pixels)
        yield _Picture(place_from(place), Image.frombytes("L", size, pixels))
    for place, pages, length in plain["drawn"]:
        pdf = contents[at : at + whole_number(length)]
        at += len(pdf)
        for page in pages[: bounds.PICTURES]:
            yield _Picture(replace(place_from(place), page=whole_number(page)), pdf=pdf)


def _read_picture(picture: _Picture, deadline: float) -> tuple[list[Piece], Reason | None]:
    """What stands in a picture, and why it was not read, or not surely."""
    if not picture.readable():
        return [], Reason.NO_READER
    try:
        piece, hard = picture.read(deadline)
    except TimeoutError:
        return [], Reason.TOOK_TOO_LONG
    except (OSError, ValueError):
        return [], Reason.READER_DIED
    return [piece] if piece.text.strip() else [], Reason.HARD_TO_READ if hard else None


@cache
def _looker(process: int) -> Looker:
    """The child of this process; a copy of the process has another."""
    return Looker()
