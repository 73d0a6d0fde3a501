"""Pictures read by Tesseract, a program of its own: it is given grey pixels only, and tells words with their places."""

import io
import math
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image

from balie.kernel import confined
from balie.recognition.reading import bounds
from balie.recognition.reading.levelling import ENLARGED, levelled
from balie.recognition.reading.mending import mended
from balie.recognition.reading.outcome import Box, Mark, Piece, Place

ALPHABETS = ("script/Latin", "Latin")  # one model for every language that is written in Latin letters
LANGUAGES = ("nld", "fin", "swe", "eng")  # else those of these that there are

_ANSWER = 32 * 1024 * 1024  # bytes of words at most
_UNSURE = 50  # of 100: a word read with less may be another
_UNSURE_SHARE, _UNSURE_WORDS = 0.2, 3  # a picture with more of them than either is hard to read
_APART = 2.0  # heights of a letter between words of one line


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read. sure: 0 to 100."""

    text: str
    box: Box
    sure: float


def language() -> str:
    """What Tesseract is asked to read, as it names it; empty when it is not installed or has learnt none of it."""
    program = shutil.which("tesseract")
    return _language(program) if program else ""


def read(grey: Image.Image, place: Place, *, deadline: float, enlarged: float = ENLARGED) -> tuple[Piece, bool]:
    """The text in a picture with the box of each word, and whether it is hard to read. deadline: by the
    monotonic clock. enlarged: how many times at most, see `levelled`. Raises TimeoutError, or OSError or ValueError
    when the program failed.
    """
    picture, scale = levelled(grey, enlarged)
    kept = io.BytesIO()
    picture.save(kept, "PPM")
    command = [shutil.which("tesseract") or "", "stdin", "stdout", "-l", language(), "--psm", "11", "tsv"]
    seconds = confined.left(deadline)
    printed = confined.run(command, kept.getvalue(), seconds=seconds, memory=bounds.MEMORY, most=_ANSWER)
    words = list(_words(printed.decode("utf-8", "replace"), scale))
    return _piece(words, place, grey.size), _hard(words)


@cache
def _language(program: str) -> str:
    try:
        printed = confined.run([program, "--list-langs"], b"", seconds=10, most=100_000).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
    learnt = set(printed.split())
    for one in ALPHABETS:
        if one in learnt:
            return one
    return "+".join(one for one in LANGUAGES if one in learnt)


def _words(table: str, scale: float) -> Iterator[Word]:
    """The rows of Tesseract's table that are words: level, page, block, paragraph, line, word, left, top, width, height,
    confidence, text.
    """
    for row in table.split("\n"):
        cells = row.rstrip("\r").split("\t", 11)
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = (int(one) / scale for one in cells[6:10])
            box = Box(math.floor(left), math.floor(top), math.ceil(width) + 1, math.ceil(height) + 1)
            yield Word(cells[11].strip(), box, float(cells[10]))


def _hard(words: Sequence[Word]) -> bool:
    real = [one for one in words if sum(map(str.isalnum, one.text)) >= 3]
    unsure = sum(one.sure < _UNSURE for one in real)
    return unsure >= _UNSURE_WORDS and unsure > _UNSURE_SHARE * len(real)


def _piece(words: Sequence[Word], place: Place, size: tuple[int, int]) -> Piece:
    """The words as lines, from the top and from the left, whatever order the program found them in."""
    text, marks = "", []
    for line in _lines(words):
        before: Word | None = None
        for one in line:
            text += _gap(before, one)
            marks.append(Mark(len(text), len(text) + len(one.text), box=one.box))
            text += one.text
            before = one
        text += "\n"
    return Piece(mended(text), place, tuple(marks), size)


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words whose middles lie within each other's height stand on one line."""
    rows: list[tuple[float, float, list[Word]]] = []
    for one in sorted(words, key=lambda word: word.box.top + word.box.height / 2):
        middle = one.box.top + one.box.height / 2
        if rows and middle <= rows[-1][1]:
            rows[-1][2].append(one)
        else:
            rows.append((middle, middle + one.box.height / 2, [one]))
    for _, _, row in rows:
        yield sorted(row, key=lambda word: word.box.left)


def _gap(before: Word | None, after: Word) -> str:
    if before is None:
        return ""
    gap = after.box.left - before.box.left - before.box.width
    return " " if gap <= _APART * max(before.box.height, after.box.height) else "\t"
