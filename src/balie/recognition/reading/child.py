"""What the confined process does: it looks into one file after the other, or blackens areas of a picture."""

import email
import encodings
import json
import pkgutil
from codecs import lookup
from contextlib import suppress
from importlib import import_module
from typing import Any

import pypdf

from balie.kernel.confined import Answer, answer_questions
from balie.recognition.reading import blacking, opening
from balie.recognition.reading.findings import Findings
from balie.recognition.reading.outcome import Box, Place, Reason, Unreadable, place_to_plain, to_plain, unread_to_plain

HEAD = 4  # bytes that hold the length of what is asked, before the content


def answer(question: bytes) -> Answer:
    """Look into the file, or blacken it, as the words before it ask."""
    size = int.from_bytes(question[:HEAD])
    asked = json.loads(question[HEAD : HEAD + size])
    content = question[HEAD + size :]
    del question
    if "areas" in asked:
        return _blacked(content, asked["areas"])
    return _looked_into(content, asked["media_type"], asked["name"])


def _looked_into(content: bytes, media_type: str, name: str) -> Answer:
    found = Findings()
    try:
        opening.look_into(found, content, Place(), media_type=media_type, name=name)
        words = json.dumps(_plain(found)).encode("ascii")
    except MemoryError:
        found = Findings(unread=[Unreadable(Reason.TOO_MUCH_MEMORY)])
        words = json.dumps(_plain(found)).encode("ascii")
    return words, [*(one.pixels for one in found.rasters), *(one.pdf for one in found.drawn)]


def _blacked(content: bytes, areas: list[list[int]]) -> Answer:
    picture = blacking.blacked(content, [Box(*one) for one in areas])
    return json.dumps(picture.media_type).encode("ascii"), [picture.content]


def _plain(found: Findings) -> dict[str, Any]:
    return {
        "pieces": [to_plain(one) for one in found.pieces],
        "unread": [unread_to_plain(one) for one in found.unread],
        "rasters": [[place_to_plain(one.place), one.width, one.height] for one in found.rasters],
        "drawn": [[place_to_plain(one.place), list(one.pages), len(one.pdf)] for one in found.drawn],
    }


def load() -> None:
    """Everything that reading may need: a confined process can open no file later."""
    opening.load()
    blacking.load()
    for package in (pypdf, email):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".", onerror=lambda _: None):
            with suppress(ImportError):  # it would need a library that is not there, and is not needed
                import_module(module.name)
    for encoding in pkgutil.iter_modules(encodings.__path__):
        with suppress(LookupError):  # of another system, or no encoding at all
            lookup(encoding.name)


if __name__ == "__main__":
    load()
    answer_questions(answer)
