"""A part's head: its fields, unfolded, their encoded words and their parameters, however they are broken."""

import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from balie.channels.mail.charsets import clean_line, decode
from balie.channels.mail.parsing.encodings import from_base64

LINES = 200_000  # in one head; a mail with a long trail of Received and ARC has a few hundred
FIELD = 256 * 1024  # bytes of one field that are read
FIELDS = 200  # of one name that are read

_FOLDED = (b" ", b"\t")
_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_USUAL = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|reply-to|received|return-path|mime-version|content-[a-z-]{2,40})[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
# By mistake a word's text may hold question marks of its own: a few are let through, more would cost time.
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,3})\?=(?:[ \t\r\n]+(?==\?))?")
_PARAMETER = re.compile(r';[ \t\r\n]*([^\s=;]{1,80})[ \t]*=[ \t\r\n]*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
# Of names without any semicolon before them, those that matter.
_BARE = re.compile(
    r'(?<![^\s;,])(filename|name|charset|boundary|smime-type|format)\*?\s{0,9}=\s{0,9}("[^"]*"|[^;\s]*)', re.IGNORECASE
)
# A path in a file name has backslashes that escape nothing.
_ESCAPED = re.compile(r"\\([\"\\])")
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one head by lower-case name, unfolded but not decoded."""

    fields: dict[str, list[str]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """The field as it stands, or empty."""
        values = self.fields.get(name)
        return values[0] if values else ""

    def text(self, name: str, limit: int) -> str:
        """The field decoded, as one line of at most `limit` signs."""
        return clean_line(decoded(self.first(name)[: limit * 20]), limit)


def read_head(block: bytes) -> tuple[Headers, int, bool]:
    """The head's fields, where in the block the body begins when the head ended without an empty line, and whether
    all of it was read: of more than `LINES` lines only the first are.

    A line that is no field ends the head, unless usual fields come after it.
    """
    lines = block.split(b"\n", LINES)
    whole = len(lines) <= LINES
    fields: dict[str, list[list[bytes]]] = {}
    held: list[bytes] = []
    at, end = 0, None
    for line in lines[:LINES]:
        if line[:1] in _FOLDED:
            held.append(line)
        elif match := _NAME.match(line):
            held = [line[match.end() :]]
            same = fields.setdefault(match[1].decode("ascii").lower(), [])
            if len(same) < FIELDS:
                same.append(held)
        elif line.startswith(b"--"):  # a boundary: the empty line before it was lost
            break
        elif line.strip():
            end = _last_usual(block) if end is None else end
            if at > end:
                break
        at += len(line) + 1
    else:
        at = len(block)
    return Headers({name: [_unfolded(one) for one in values] for name, values in fields.items()}), at, whole


def decoded(value: str) -> str:
    """The field's text with its encoded words (RFC 2047) decoded; a character split over two words is made whole."""
    if "=?" not in value:
        return value
    pieces: list[str] = []
    charset, data, at = "", b"", 0
    for match in _WORD.finditer(value):
        between, named = value[at : match.start()], match[1].split("*")[0]
        if between or named != charset:
            pieces += [decode(data, charset), between]
            data = b""
        charset, data, at = named, data + _word(match), match.end()
    return "".join([*pieces, decode(data, charset), value[at:]])


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition by lower-case name, RFC 2231's pieces put together."""
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    value = value[:20_000]
    found = [match.groups() for match in _PARAMETER.finditer(value)]
    for written, text in found or ([match.groups() for match in _BARE.finditer(value)] if "=" in value else []):
        named = _SECTION.match(written)
        if named is not None:
            place = pieces.setdefault(named[1].lower(), {})
            extended, number = named[3] is not None, int(named[2] or 0)
            if extended and not named[2]:
                place.clear()  # what is written in any charset says more than what is written beside it
            place.setdefault(number, (_unquoted(text), extended))
    return {name: _joined(place) for name, place in pieces.items()}


def _last_usual(block: bytes) -> int:
    last = -1
    for match in _USUAL.finditer(block):
        last = match.start()
    return last


def _unfolded(lines: list[bytes]) -> str:
    value = (lines[0] if len(lines) == 1 else b"".join([line.rstrip(b"\r") for line in lines])).strip()[:FIELD]
    return value.decode("ascii") if value.isascii() and b"\x1b" not in value else decode(value)


def _word(match: re.Match[str]) -> bytes:
    text = match[3].encode("utf-8", "replace")
    if match[2] in "bB":
        return from_base64(text)
    return binascii.a2b_qp(text, header=True)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        return _ESCAPED.sub(r"\1", value[1:-1])
    return value.strip('"')


def _joined(place: dict[int, tuple[str, bool]]) -> str:
    pieces = [place[number] for number in sorted(place)]
    if not any(extended for _, extended in pieces):
        return decoded("".join(text for text, _ in pieces))
    first, extended = pieces[0]
    charset, _, rest = first.split("'", 2) if extended and first.count("'") > 1 else ("", "", first)
    parts = [(rest, extended), *pieces[1:]]
    data = (unquote_to_bytes(text) if coded else text.encode("utf-8", "replace") for text, coded in parts)
    return decode(b"".join(data), charset)
