"""Transfer encodings undone: base64, quoted-printable and uuencode, as far as what was sent allows."""

import binascii
import re

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_NAMED = re.compile(r"[A-Za-z0-9_-]{2,40}")
_PADDING = re.compile(rb"=[=\s]*")
_MORE = re.compile(rb"[A-Za-z0-9+/=\r\n]*")
_SPACED = re.compile(rb"=[ \t]+(?=\r?\n)")
_BETWEEN_WORDS = re.compile(rb"[A-Za-z,.;][ ](?=[A-Za-z])")
SAMPLE = 2000  # bytes by which it is told whether a text is base64 at all
PIECES = 1000  # of base64 that somebody stringed together, each with an end of its own


def undo(data: bytes, encoding: str) -> bytes:
    """The content behind a Content-Transfer-Encoding; an unknown encoding leaves the data as they are. Never raises."""
    match = _NAMED.search(encoding)
    name = match[0].lower().replace("_", "-") if match else ""
    if name in ("base64", "b64", "x-base64", "base-64"):
        return data if _is_prose(data[:SAMPLE]) else from_base64(data)
    if name in ("quoted-printable", "quotedprintable", "qp"):
        return binascii.a2b_qp(_SPACED.sub(b"=", data) if b"= " in data or b"=\t" in data else data)
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _from_uuencode(data)
    return data


def _is_prose(data: bytes) -> bool:
    """Whether this is a text that only says it is base64: it has words with spaces between them."""
    data = data.strip()
    return len(data) >= 40 and len(_BETWEEN_WORDS.findall(data)) * 15 > len(data)


def from_base64(data: bytes) -> bytes:
    """What base64 holds; signs that do not belong are passed over and a lost end is made good."""
    end = data.find(b"=")
    rest = data[end:].lstrip(b"= \t\r\n").rstrip() if end >= 0 else b""
    if not rest:
        return _signs(data)
    before = data[:end].translate(None, _NOT_BASE64)
    if len(before) % 4 < 2:
        return _signs(data)  # a stray sign, and no end
    # What follows an end is a second piece of base64, or a text that somebody added, which is passed over.
    if rest.count(b"=") > 2 * PIECES or not _is_base64(rest):
        return _signs(before)
    return b"".join(_signs(piece) for piece in _PADDING.split(data, PIECES))


def _is_base64(data: bytes) -> bool:
    return _MORE.fullmatch(data) is not None and len(data.translate(None, b"\r\n")) % 4 == 0


def _signs(data: bytes) -> bytes:
    signs = data.translate(None, _NOT_BASE64)
    if len(signs) % 4 == 1:
        signs = signs[:-1]
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))


def _from_uuencode(data: bytes) -> bytes:
    found = []
    for line in (one.rstrip(b"\r") for one in data.split(b"\n")):
        if line.startswith(b"begin ") or not line:
            continue
        if line.strip() == b"end":
            break
        found.append(_uuencoded(line))
    return b"".join(found)


def _uuencoded(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some encoders write more signs than the length at the line's beginning calls for.
        signs = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:signs])
        except binascii.Error:
            return b""
