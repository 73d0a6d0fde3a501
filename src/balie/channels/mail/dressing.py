"""The same text as a page, for programmes that prefer one: paragraphs and links; nothing is fetched, nothing tells of its reader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

_LINK = re.compile(r"https?://[^\s<>\"«»]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BEHIND = ".,;:!?'’”)]}"  # what stands behind an address in a sentence


@dataclass(frozen=True)
class Piece:
    """A stretch of a line, and where it leads."""

    text: str
    leads_to: str = ""


def dressed(text: str, *, subject: str, language: str) -> str:
    """A text as an HTML page: blank lines part paragraphs, addresses are links, all else is as it was written, escaped.

    language: of the text, or nothing when it is not known. No picture, no style sheet, no link that counts (mission, Beyond 3).
    """
    paragraphs = [
        [list(_pieces(line)) for line in part.split("\n")]
        for part in re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n"))
    ]
    return render_to_string("mail/dressed.html", {"paragraphs": paragraphs, "subject": subject, "language": language})


def _pieces(line: str) -> Iterator[Piece]:
    inner = line.lstrip(" \t")
    yield Piece("\u00a0" * len(line[: len(line) - len(inner)].expandtabs(4)))  # what was set in stays set in
    at = 0
    for found in _LINK.finditer(inner):
        address = _trimmed(found[0])
        yield Piece(inner[at : found.start()])
        yield Piece(address, address if "://" in address else f"mailto:{address}")
        at = found.start() + len(address)
    yield Piece(inner[at:])


def _trimmed(address: str) -> str:
    """Without the sentence's own signs; a bracket that was opened within stays."""
    while address and address[-1] in _BEHIND:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address
