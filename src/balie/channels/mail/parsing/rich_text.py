"""The words in the rich text (RTF) of an Outlook mail, unpacked ([MS-OXRTFCP]) and without its commands."""

import re
import struct

from balie.channels.mail.charsets import decode, known

MOST = 1_000_000  # bytes unpacked

_HEAD = struct.Struct("<IIII")
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
# What every packed text may refer back to before it has a text of its own; the format fixes these bytes.
_BEFORE = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_RING = 4096

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_UNSEEN = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"htmltag"}
)
_SIGNS = {
    **{b"par": "\n", b"line": "\n", b"tab": "\t", b"row": "\n", b"cell": "\t", b"lquote": "‘", b"rquote": "’"},
    **{b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—"},
}
_LITERAL = {b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}


def unpacked(data: bytes) -> bytes:
    """The RTF of a PR_RTF_COMPRESSED; empty for what is none, cut at `MOST`."""
    if len(data) < _HEAD.size:
        return b""
    _, size, kind, _ = _HEAD.unpack_from(data)
    if kind == _PLAIN:
        return data[16 : 16 + min(size, MOST)]
    return bytes(_unpacked(data, min(size, MOST))) if kind == _PACKED else b""


def text(rtf: bytes) -> str:
    """The words of an RTF, with its line ends. Never raises."""
    if not rtf.lstrip().startswith(b"{\\rtf"):
        return ""
    words = _Words()
    for match in _TOKEN.finditer(rtf):
        words.take(match)
    return words.text()


def _unpacked(data: bytes, size: int) -> bytearray:
    out = bytearray(_BEFORE)
    at, end = 16, len(data)
    while at < end and len(out) < size + len(_BEFORE):
        flags = data[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += data[at : at + 1]
                at += 1
                continue
            word = int.from_bytes(data[at : at + 2], "big")
            at += 2
            if not _copy(out, word >> 4, (word & 15) + 2):
                return out[len(_BEFORE) :]
    return out[len(_BEFORE) : len(_BEFORE) + size]


def _copy(out: bytearray, offset: int, count: int) -> bool:
    """Write again what stands at an offset of the ring; False at the mark that ends the text."""
    back = (len(out) - offset) % _RING
    if back == 0:
        return False
    start = len(out) - back
    for number in range(count):
        out.append(out[start + number] if 0 <= start + number < len(out) else 32)
    return True


class _Words:
    """What is seen of an RTF, token by token."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._groups: list[bool] = []  # of each open group, whether what stands around it is hidden
        self._hidden = self._twice = False  # in a group that is not shown; in text that is only for readers of RTF
        self._skip, self._wide = 0, 1  # signs to pass over, and how many stand in for one beyond the codepage
        self._codepage, self._held = "cp1252", bytearray()

    def take(self, match: re.Match[bytes]) -> None:
        """Take in one token."""
        word, number, code, sign, brace, plain = match.groups()
        if code:
            self._coded(int(code, 16))
            return
        self._release()
        if brace:
            self._group(brace)
        elif word:
            self._word(word, int(number) if number else None)
        elif sign:
            self._sign(sign)
        elif plain:
            self._write(plain.decode(self._codepage, "replace"))

    def text(self) -> str:
        self._release()
        return "".join(self.seen).strip()

    def _group(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            self._groups.append(self._hidden)
        elif self._groups:
            self._hidden = self._groups.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        if word in _UNSEEN:
            self._hidden = True
        elif word == b"htmlrtf":
            self._twice = number != 0
        elif word == b"ansicpg" and number:
            self._codepage = known(f"cp{number}") or "cp1252"
        elif word == b"uc" and number is not None:
            self._wide = min(max(number, 0), 9)
        elif word == b"u" and number is not None:
            self._write(chr(number % 0x10000))
            self._skip = self._wide
        else:
            self._write(_SIGNS.get(word, ""))

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._hidden = True
        else:
            self._write(_LITERAL.get(sign, ""))

    def _coded(self, byte: int) -> None:
        if self._skip:
            self._skip -= 1
        elif not self._hidden and not self._twice:
            self._held.append(byte)

    def _release(self) -> None:
        if self._held:
            self.seen.append(decode(bytes(self._held), self._codepage))
            self._held.clear()

    def _write(self, text: str) -> None:
        shown = text[self._skip :]
        self._skip = max(self._skip - len(text), 0)
        if not self._hidden and not self._twice:
            self.seen.append(shown)
