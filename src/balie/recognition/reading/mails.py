"""Mails within files: their headers and every part. Time is bounded from outside, so the standard library's parser will do."""

import re
from dataclasses import replace
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser

from balie.recognition.reading.findings import Findings
from balie.recognition.reading.opening import look_into
from balie.recognition.reading.outcome import Place
from balie.recognition.reading.texts import decoded

_HEADER = re.compile(rb"(?:From [^\n]*\n)?[!-9;-~]{1,100}:")


def read_mail(found: Findings, content: bytes, place: Place) -> None:
    """The headers, decoded, and each part as a file of its own. What has no header is no mail: ValueError."""
    if not _HEADER.match(content.lstrip()[:10_000]):
        raise ValueError("no mail")
    _read(found, BytesParser().parsebytes(content.lstrip()), place)


def _read(found: Findings, mail: Message, place: Place) -> None:
    found.text(_headers(mail), replace(place, part="header"))
    number = 0
    for part in mail.walk():
        if part.is_multipart():
            _edges(found, part, place)
            if part is not mail and part.get_content_maintype() != "multipart":
                found.text(_headers(part), replace(place, part="header of a part"))
            continue
        number += 1
        found.member()
        name = _decoded(part.get_filename() or "")
        inner = replace(place, inside=(*place.inside, name or f"part {number}"))
        found.text(name, replace(inner, part="name"))
        look_into(found, _payload(part), inner, media_type=part.get_content_type(), name=name)


def _payload(part: Message) -> bytes:
    """The content with its transfer encoding undone; a text in UTF-8, whatever it came in."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    charset = part.get_content_charset("")
    if part.get_content_maintype() != "text" or not charset:
        return content
    try:
        return content.decode(charset).encode("utf-8", "replace")
    except (LookupError, ValueError):
        return content


def _edges(found: Findings, part: Message, place: Place) -> None:
    """What stands before the first and after the last part: mail programs do not show it, and it is sent all the same."""
    for text in (part.preamble, part.epilogue):
        if isinstance(text, str):
            found.text(text, replace(place, part="between the parts"))


def _headers(mail: Message) -> str:
    return "\n".join(f"{name}: {_decoded(str(value))}" for name, value in mail.items())


def _decoded(value: str) -> str:
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(_piece(piece, charset) for piece, charset in pieces)


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "ascii")
    except (LookupError, ValueError):
        return decoded(piece)
