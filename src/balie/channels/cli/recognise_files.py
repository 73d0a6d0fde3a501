"""`balie recognise --image FILE` and `--file FILE`: the texts in a file that somebody sends, with where they stand."""

import argparse

from balie.channels.cli import asking, printing
from balie.kernel import Invalid, sentence
from balie.recognition import reading
from balie.recognition.reading import Mark, Piece, Read

WHY = {
    "closed": "It is closed by a password, or encrypted.",
    "damaged": "It is damaged, or is not what it says.",
    "unknown-kind": "Files of this kind are not read.",
    "no-reader": "The program that reads it is not installed: see `balie doctor`.",
    "hard-to-read": "Too much of the text in the picture is uncertain.",
    "further-frames": "The picture moves; its first frame was looked at.",
    "too-large": "More comes out of it than is looked into.",
    "too-deep": "It lies deeper in other files than is looked into.",
    "too-many-parts": "It has more files in it than are looked into.",
    "too-many-pages": "It has more pages than are looked into.",
    "too-many-cells": "It has more cells than are looked into.",
    "too-many-pictures": "There are more pictures than are looked into.",
    "too-many-pixels": "It has more pixels than are looked into.",
    "too-much-text": "It has more text than is looked into.",
    "too-much-memory": "It needs more memory than it is given.",
    "took-too-long": "Looking into it took too long and was given up.",
    "reader-died": "Whatever it holds ended the process that reads.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this part of `balie recognise` asks for."""
    parser.add_argument("--image", metavar="FILE", help="a picture: the texts in it and where each stands")
    parser.add_argument("--file", metavar="FILE", help="any file: the texts in it and where each stands")


def wanted(asked: argparse.Namespace) -> bool:
    """Whether this part was asked."""
    return bool(asked.image or asked.file)


def run(asked: argparse.Namespace) -> None:
    """Print what is in the file. Raises Invalid when it cannot be opened, or is no picture and was said to be one."""
    name = asked.image or asked.file
    content = asking.bytes_of(name)
    found = reading.read_texts(content, media_type="", name_hint=name)
    if asked.image and any(piece.place.part not in ("picture", "metadata") for piece in found.pieces):
        raise Invalid(sentence("{name} is no picture: ask for it with --file.", name=name))
    if asked.json:
        printing.data(plain(name, found))
    else:
        _draw(found)


def plain(name: str, found: Read) -> dict[str, object]:
    """One file as `--json` prints it: every key always there."""
    return {
        "file": name,
        "whole": found.whole,
        "pieces": [_plain_piece(one) for one in found.pieces],
        "unread": [
            {"reason": one.reason.value, "where": one.place.told(), "says": WHY[one.reason]} for one in found.unread
        ],
    }


def _plain_piece(piece: Piece) -> dict[str, object]:
    return {
        "where": piece.place.told(),
        "inside": list(piece.place.inside),
        "part": piece.place.part,
        "page": piece.place.page or None,
        "sheet": piece.place.sheet or None,
        "text": piece.text,
        "size": list(piece.size) if any(piece.size) else None,
        "marks": [_plain_mark(piece, one) for one in piece.marks],
    }


def _plain_mark(piece: Piece, mark: Mark) -> dict[str, object]:
    box = mark.box
    return {
        "start": mark.start,
        "end": mark.end,
        "text": piece.text[mark.start : mark.end],
        "cell": mark.cell or None,
        "box": [box.left, box.top, box.width, box.height] if box else None,
    }


def _draw(found: Read) -> None:
    rows = [row for piece in found.pieces for row in _rows(piece)]
    printing.table(("where", "at", "text"), rows, empty="There is no text in it.")
    for one in found.unread:
        printing.say(f"{one.place.told() or 'the file'}: {WHY[one.reason]}")


def _rows(piece: Piece) -> list[tuple[str, str, str]]:
    if not piece.marks:
        return [(piece.place.told() or "the file", "", line) for line in piece.text.split("\n") if line.strip()]
    return [(piece.place.told(), _at(one), piece.text[one.start : one.end]) for one in piece.marks]


def _at(mark: Mark) -> str:
    box = mark.box
    return f"{box.left},{box.top} {box.width}×{box.height}" if box else mark.cell
