"""Opens winmail.dat: the text and the files that Outlook wraps in TNEF ([MS-OXTNEF]), under bounds."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from balie.channels.mail.charsets import decode
from balie.channels.mail.parsing import rich_text
from balie.channels.mail.parsing.mapi import Properties, properties
from balie.channels.mail.parsing.parts import Part, made

MAGIC = b"\x78\x9f\x3e\x22"
ATTRIBUTES = 20_000
FILES = 500

_KIND = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
_HEAD = struct.Struct("<BHHI")
_CODEPAGE, _BODY, _MESSAGE = 0x9007, 0x800C, 0x9003
_NEW_FILE, _TITLE, _DATA, _FILE = 0x9002, 0x8010, 0x800F, 0x9005
_TEXT, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_CONTENT, _SHORT, _LONG, _TYPE, _SHOWN, _ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3001, 0x3712


@dataclass(slots=True)
class _File:
    title: bytes = b""
    data: bytes = b""
    values: Properties = field(default_factory=dict)


def parts(data: bytes) -> tuple[Part, ...]:
    """The texts (plain and HTML, as far as they are there) and the files; none for what is no TNEF."""
    codepage, body, message = "cp1252", b"", Properties()
    files: list[_File] = []
    for name, content in _attributes(data):
        if name == _CODEPAGE:
            codepage = f"cp{int.from_bytes(content[:4], 'little')}"
        elif name == _BODY:
            body = content
        elif name == _MESSAGE:
            message = properties(content)
        else:
            _of_a_file(files, name, content)
    texts = _texts(body, message, codepage)
    return (*texts, *(_made(one, codepage) for one in files))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6 if data.startswith(MAGIC) else len(data)
    for _ in range(ATTRIBUTES):
        if at + _HEAD.size > len(data):
            return
        _, name, _, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if at + size > len(data) and name != _DATA:
            return  # a lost end: what was whole so far is given, and what there is of a file
        yield name, data[at : at + size]
        at += size + 2


def _of_a_file(files: list[_File], name: int, content: bytes) -> None:
    if name == _NEW_FILE and len(files) < FILES:
        files.append(_File())
    elif not files:
        return
    elif name == _TITLE:
        files[-1].title = content
    elif name == _DATA:
        files[-1].data = content
    elif name == _FILE:
        files[-1].values = properties(content)


def _texts(body: bytes, message: Properties, codepage: str) -> list[Part]:
    plain, page = _text(message.get(_TEXT, b""), codepage), message.get(_HTML, b"")
    if not plain and body:
        plain = decode(body.rstrip(b"\0"), codepage)
    rtf = message.get(_RTF)
    if not plain and not page and isinstance(rtf, bytes):
        plain = rich_text.text(rich_text.unpacked(rtf))
    found = [made(plain.encode("utf-8", "replace"), "text/plain", attached=False)] if plain.strip() else []
    if page:
        text = page if isinstance(page, str) else decode(page, codepage)
        found.append(made(text.encode("utf-8", "replace"), "text/html", attached=False))
    return found


def _made(one: _File, codepage: str) -> Part:
    names = (_text(one.values.get(which, b""), codepage) for which in (_LONG, _SHORT, _SHOWN))
    name = next(filter(None, names), "") or decode(one.title.rstrip(b"\0"), codepage)
    media_type = _text(one.values.get(_TYPE, b""), codepage).lower()
    inner = one.values.get(_CONTENT, b"")
    content = one.data or (inner if isinstance(inner, bytes) else b"")
    is_mail = content[16:20] == MAGIC  # behind the sixteen bytes that say so; it stays one file
    if is_mail:
        content, media_type = content[16:], "application/ms-tnef"
    known = media_type if _KIND.fullmatch(media_type) else "application/octet-stream"
    content_id = _text(one.values.get(_ID, b""), codepage)
    return made(content, known, name=name, content_id=content_id, closed=is_mail)


def _text(value: str | bytes, codepage: str) -> str:
    return value if isinstance(value, str) else decode(value.split(b"\0")[0], codepage)
