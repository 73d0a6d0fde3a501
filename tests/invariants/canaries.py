"""Canaries: unmistakable words planted in every input, and the search for them in every file, in every form in which they could lie
there."""

import base64
import json
import quopri
import sqlite3
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import Stemmer

MARKS = ("Qvaxolin", "Qvåxtölin")  # what all canaries begin with; one of them is written differently in most encodings
PHONE, CALLER = "09 310 17771", "+358 9 310 18882"  # from the block that is kept for made-up numbers
NUMBERS = ("31017771", "31018882")
LANGUAGES = ("dutch", "finnish", "swedish", "english")

Hits = set[tuple[str, str]]  # what was found, and in which form


def canary(where: str) -> str:
    """A word of both marks for one input; `where` tells afterwards from which one it came."""
    return f"{MARKS[0]}{where} {MARKS[1]}{where}"


def solid(where: str) -> str:
    """The same without a space or a letter beyond ASCII: for addresses and names of files."""
    return f"{MARKS[0]}{where}"


def _forms() -> dict[bytes, tuple[str, str]]:
    found: dict[bytes, tuple[str, str]] = {}
    for mark in MARKS:
        plain = mark.lower()
        table = {"plain": plain.encode(), "latin-1": plain.encode("latin-1"), "hex": plain.encode().hex().encode()}
        table |= {"utf-16-le": plain.encode("utf-16-le"), "utf-16-be": plain.encode("utf-16-be")}
        table |= {
            "quoted-printable": quopri.encodestring(plain.encode()).lower(),
            "json": json.dumps(plain)[1:-1].encode(),
        }
        table |= {"percent": urllib.parse.quote(plain).lower().encode()}
        table |= {f"stem {one}": Stemmer.Stemmer(one).stemWord(plain).encode() for one in LANGUAGES}
        found |= {form: (mark, name) for name, form in table.items()}
    return found | {number.encode(): (number, "digits") for number in NUMBERS}


def _in_base64() -> dict[bytes, tuple[str, str]]:
    """A mark in the middle of something encoded: three alignments, as it was written and in lower case."""
    found = {}
    for mark in MARKS:
        for written in (mark, mark.lower()):
            for shift in range(3):
                data = b"\0" * shift + written.encode()
                encoded = base64.b64encode(data + b"\0\0")
                # The signs at both ends depend on the neighbours; those between are the mark's alone.
                found[encoded[-(-shift * 8 // 6) : len(data) * 8 // 6]] = (mark, "base64")
    return found


FORMS, BASE64 = _forms(), _in_base64()


def in_bytes(data: bytes) -> Hits:
    """The marks in some bytes, also where a line of an encoded mail was broken."""
    unbroken = data.replace(b"=\r\n", b"").replace(b"=\n", b"").replace(b"\r\n", b"").replace(b"\n", b"")
    found: Hits = set()
    for given in {data, unbroken}:
        lower = given.lower()
        found |= {what for form, what in FORMS.items() if form in lower}
        found |= {what for form, what in BASE64.items() if form in given}
    digits = bytes(sign for sign in data if sign not in b" -()./") if len(data) < 65536 else b""
    return found | {(number, "written apart") for number in NUMBERS if number.encode() in digits}


def in_folder(folder: Path) -> dict[str, Hits]:
    """The files below a folder in whose name, content or cells a canary stands."""
    found: dict[str, Hits] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(path.relative_to(folder))
        hits = in_bytes(path.read_bytes()) | in_bytes(name.encode())
        if path.suffix == ".sqlite3":
            hits |= set().union(*(in_bytes(cell) for cell in cells(path)))
        if hits:
            found[name] = hits
    return found


def cells(path: Path) -> Iterator[bytes]:
    """The long cells of a database: such a value may be spread over pages that do not lie side by side."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as db:
        real = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        for (table,) in db.execute(real).fetchall():
            for row in db.execute(f'SELECT * FROM "{table}"'):
                written = (cell.encode() if isinstance(cell, str) else cell for cell in row)
                yield from (cell for cell in written if isinstance(cell, bytes) and len(cell) > 512)
