"""What a file is: by its first bytes, and only where these do not say it by what its sender calls it."""

import codecs

SAMPLE = 4096  # bytes by which it is told whether something is a text

_BEGINNINGS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"{\\rtf", "unknown"),
    (b"%!PS", "unknown"),
)
_BY_TYPE = {
    "message/rfc822": "mail",
    "message/global": "mail",
    "multipart/related": "mail",
    "text/html": "markup",
    "application/xhtml+xml": "markup",
    "image/svg+xml": "markup",
    "application/xml": "markup",
    "text/xml": "markup",
    "text/csv": "table",
    "text/tab-separated-values": "table",
}
_BY_ENDING = {
    **dict.fromkeys(("eml", "mht", "mhtml"), "mail"),
    **dict.fromkeys(("html", "htm", "xhtml", "xml", "svg"), "markup"),
    **dict.fromkeys(("csv", "tsv"), "table"),
}
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<head", b"<body")
_NEVER_IN_A_TEXT = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 27})
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(content: bytes, media_type: str, name: str) -> str:
    """`text`, `table`, `markup`, `mail`, `pdf`, `zip`, `tar`, `gzip`, `bzip2`, `xz`, `picture`, `old-office`, or
    `unknown`. Any of them may be damaged.
    """
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "picture"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content[257:262] == b"ustar":
        return "tar"
    called = _BY_TYPE.get(media_type.partition(";")[0].strip().lower())
    called = called or _BY_ENDING.get(name.rpartition(".")[2].lower())
    if called == "mail":
        return called
    return _kind_of_text(content, called) if is_text(content) else "unknown"


def is_text(content: bytes) -> bool:
    """Whether the bytes are a text: with no sign in them that no text has."""
    if content.startswith(_MARKS):
        return len(content) % 2 == 0
    return not any(content.count(sign) for sign in map(_sign, _NEVER_IN_A_TEXT))


def _sign(number: int) -> bytes:
    return bytes((number,))


def _kind_of_text(content: bytes, called: str | None) -> str:
    beginning = content[:SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return called or ("markup" if beginning.startswith(_MARKUP) else "text")
