"""Plain texts and tables of text, in whatever encoding they can have been written."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from balie.recognition.reading.findings import Findings, Over
from balie.recognition.reading.outcome import Mark, Place, Reason

_ENCRYPTED = re.compile(r"^-----BEGIN PGP MESSAGE-----\s*$", re.MULTILINE)
_SEPARATORS = ";\t,|"
_LONGEST_CELL = 1_000_000


def decoded(content: bytes) -> str:
    """The bytes as text: as their mark says, else UTF-8, else Windows-1252, in which every byte is a sign."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_text(found: Findings, content: bytes, place: Place) -> None:
    """A text as it stands. Of one that is encrypted only the armour can be read, and that is said."""
    text = decoded(content)
    found.text(text, place)
    if _ENCRYPTED.search(text):
        raise Over(Reason.CLOSED)


def read_table(found: Findings, content: bytes, place: Place) -> None:
    """A table of text (CSV), with the cell of each text. One that is no table is read as a text."""
    text = decoded(content)
    line = text.partition("\n")[0][:10_000]
    separator = max(_SEPARATORS, key=line.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        found.text(text, place)
        return
    write_rows(
        found, ((row, ((column, value) for column, value in enumerate(line))) for row, line in enumerate(rows)), place
    )


def write_rows(found: Findings, rows: Iterator[tuple[int, Iterator[tuple[int, str]]]], place: Place) -> None:
    """Rows of cells (each by its number from 0) as one text, in which the cells are marked. Raises Over beyond the
    bound, and what was read until then is kept.
    """
    texts: list[str] = []
    marks: list[Mark] = []
    at = 0
    over = False
    for row, cells in rows:
        for column, value in cells:
            found.cells -= 1
            over = found.cells < 0
            if over:
                break
            if value:
                marks.append(Mark(at, at + len(value), f"{letters(column)}{row + 1}"))
                texts.append(value + "\t")
                at += len(value) + 1
        texts.append("\n")
        at += 1
        if over:
            break
    found.text("".join(texts), place, marks)
    if over:
        raise Over(Reason.TOO_MANY_CELLS)


def letters(column: int) -> str:
    """The letters of a column, from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
