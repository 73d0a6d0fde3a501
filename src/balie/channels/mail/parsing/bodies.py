"""The mail's text, and all that is not its text: whatever a reader would not see in the text is an attachment."""

import re
from dataclasses import dataclass, field

from balie.channels.mail import html
from balie.channels.mail.charsets import clean, clean_line, decode
from balie.channels.mail.parsing.encodings import undo
from balie.channels.mail.parsing.headers import parameters
from balie.channels.mail.parsing.outcome import ReadAttachment
from balie.channels.mail.parsing.parts import Part

TEXT = 1_000_000  # bytes of text that are shown; what goes beyond is an attachment, so that nothing is lost
FILE_NAME = 255  # signs

_PATH = re.compile(r"[/\\]")
_UNSAFE = re.compile('[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')


def gather(raw: bytes, whole: Part) -> tuple[str, tuple[ReadAttachment, ...]]:
    """The text of the mail and its attachments."""
    letter = _Letter(raw)
    found = letter.gather(whole)
    texts = [text for part in found.texts if (text := letter.text(part))]
    return "\n\n".join(texts), tuple(found.attachments)


@dataclass(slots=True)
class _Found:
    """Text parts in the order in which they are read, and attachments."""

    texts: list[Part] = field(default_factory=list)
    attachments: list[ReadAttachment] = field(default_factory=list)


class _Letter:
    """One mail's parts, sorted into text and attachments."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._room = TEXT
        self._shown: dict[int, int] = {}  # where a text part begins, and how far it is shown
        self._texts: dict[int, str] = {}

    def gather(self, part: Part) -> _Found:
        if not part.children:
            return self._leaf(part)
        inner = [self.gather(one) for one in part.children]
        if part.media_type == "multipart/alternative":
            texts = self._best([one.texts for one in inner])
        else:
            texts = [text for one in inner for text in one.texts]
        return _Found(texts, [attachment for one in inner for attachment in one.attachments])

    def text(self, part: Part) -> str:
        if part.start not in self._texts:
            data = self._raw[part.start : part.start + self._shown[part.start]]
            data = undo(data, part.headers.first("content-transfer-encoding"))
            self._texts[part.start] = _readable(part, decode(data, part.parameters.get("charset", "")))
        return self._texts[part.start]

    def _leaf(self, part: Part) -> _Found:
        if not _is_text(part):
            return _Found([], [_attachment(self._raw, part, "")])
        size = part.end - part.start
        self._shown[part.start] = min(size, self._room)
        self._room -= self._shown[part.start]
        whole = self._shown[part.start] == size
        name = "message.html" if _is_html(part) else "message.txt"
        return _Found([part], [] if whole else [_attachment(self._raw, part, name)])

    def _best(self, forms: list[list[Part]]) -> list[Part]:
        """Of several forms of one text the plain one, unless it is blank; else the last, which is the richest."""
        plain = [texts for texts in forms if not any(_is_html(one) for one in texts)]
        filled = (texts for texts in [*plain, *reversed(forms)] if any(self.text(one) for one in texts))
        return next(filled, [])


def _is_text(part: Part) -> bool:
    if part.media_type in ("text/plain", "text/html") or part.main == "multipart":
        value = part.headers.first("content-disposition").strip().lower()
        return not value.startswith("attachment") and not _file_name(part)
    return False


def _is_html(part: Part) -> bool:
    return part.media_type == "text/html"


def _readable(part: Part, text: str) -> str:
    if _is_html(part):
        return html.to_text(text)
    text = clean(text)
    if part.parameters.get("format", "").lower() == "flowed":
        text = _reflowed(text, part.parameters.get("delsp", "").lower() == "yes")
    return text.strip("\n").rstrip()


def _reflowed(text: str, delete_space: bool) -> str:
    """Lines that a mail program broke softly (RFC 3676), whole again."""
    lines: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        rest = rest.removeprefix(" ")
        soft = rest.endswith(" ") and rest != "-- "
        piece = rest[:-1] if soft and delete_space else rest
        if depth == open_depth and rest and rest != "-- ":
            lines[-1].append(piece)
        else:
            lines.append([">" * depth + " " * bool(depth), piece])
        open_depth = depth if soft else -1
    return "\n".join("".join(pieces) for pieces in lines)


def _attachment(raw: bytes, part: Part, name: str) -> ReadAttachment:
    content = undo(raw[part.start : part.end], part.headers.first("content-transfer-encoding"))
    value = part.headers.first("content-disposition").strip().lower()
    inline = value.startswith("inline") or (not value and "content-id" in part.headers.fields)
    media_type = part.media_type if part.main != "multipart" else "application/octet-stream"
    return ReadAttachment(_file_name(part) or name, media_type, content, inline)


def _file_name(part: Part) -> str:
    """The name a sender gave, without path, control signs or signs that change the direction of writing."""
    given = parameters(part.headers.first("content-disposition")).get("filename", "")
    given = clean(given or part.parameters.get("name", ""))
    name = clean_line(_UNSAFE.sub("", _PATH.split(given)[-1]), 4 * FILE_NAME).strip(". ")
    if len(name) <= FILE_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: FILE_NAME - len(ending) - 1]}.{ending}" if dot and len(ending) < 20 else name[:FILE_NAME]
