"""Transfer encodings undone: base64, quoted-printable and uuencode, as far as what was sent allows."""

import binascii
import re

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_END = re.compile(rb"\r*\n")


def undo(data: bytes, encoding: str) -> bytes:
    """The content behind a Content-Transfer-Encoding; an unknown encoding leaves the data as they are. Never raises."""
    name = encoding.strip(" \t\"'").lower().split(";")[0]
    if name == "base64":
        return from_base64(data)
    if name == "quoted-printable":
        return binascii.a2b_qp(data)
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _from_uuencode(data)
    return data


def from_base64(data: bytes) -> bytes:
    """What base64 holds; signs that do not belong are passed over and a lost end is made good."""
    signs = data.translate(None, _NOT_BASE64)
    if len(signs) % 4 == 1:
        signs = signs[:-1]
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))


def _from_uuencode(data: bytes) -> bytes:
    found = []
    for line in _END.split(data):
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
