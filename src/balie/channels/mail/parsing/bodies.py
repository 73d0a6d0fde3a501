"""The mail's text, and all that is not its text: whatever a reader would not see in the text is an attachment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from balie.channels.mail import html
from balie.channels.mail.charsets import decode
from balie.channels.mail.parsing import opening, texts, uuencoded
from balie.channels.mail.parsing.file_names import file_name
from balie.channels.mail.parsing.outcome import ReadAttachment
from balie.channels.mail.parsing.parts import Budget, Part

Thing = TypeVar("Thing")

TEXT = 1_000_000  # bytes of text that are shown; what goes beyond is an attachment, so that nothing is lost


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found in a mail's parts. `html` is empty unless it was asked for."""

    text: str
    html: str
    attachments: tuple[ReadAttachment, ...]


def gather(whole: Part, budget: Budget, *, with_html: bool = False) -> Gathered:
    """The text of the mail, its attachments and, if asked for, its HTML without what acts or loads."""
    letter = _Letter(budget)
    found = letter.gather(whole)
    if not found.texts and not found.spare:
        found = _without_text(found)
    pieces = [letter.read(part) for part in found.texts or found.spare]
    if not any(one.text for one in pieces):
        pieces += [letter.read(part) for part in found.spare if part not in found.texts]
    enclosed = [attachment for piece in pieces for attachment in piece.enclosed]
    page = "\n".join(filter(None, map(letter.page, found.pages))) if with_html else ""
    return Gathered(
        "\n\n".join(one.text for one in pieces if one.text), page, (*map(_attached, found.attachments), *enclosed)
    )


@dataclass(slots=True)
class _Attachment:
    part: Part
    name: str
    taken_for: str = ""  # text: a file only because it has a name


@dataclass(slots=True)
class _Found:
    """Text parts in the order in which they are read; HTML parts; attachments; texts that stand in for a missing one."""

    texts: list[Part] = field(default_factory=list)
    pages: list[Part] = field(default_factory=list)
    attachments: list[_Attachment] = field(default_factory=list)
    spare: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One text part as it reads, and the files that stood in it."""

    text: str
    enclosed: tuple[ReadAttachment, ...] = ()


class _Letter:
    """One mail's parts, sorted into text and attachments."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._room = TEXT
        self._deep = 0  # in how many wrapped mails we are
        self._shown: dict[int, int] = {}  # of each text part, how far it is shown
        self._read: dict[int, _Piece] = {}

    def gather(self, part: Part) -> _Found:
        if not part.children:
            return self._leaf(part)
        inner = [self.gather(one) for one in part.children]
        found = _Found(spare=_all(inner, lambda one: one.spare), attachments=_all(inner, lambda one: one.attachments))
        if part.media_type == "multipart/alternative":
            found.texts = self._best([one.texts for one in inner])
            found.pages = next((one.pages for one in reversed(inner) if one.pages), [])
        else:
            found.texts = _all(inner, lambda one: one.texts)
            found.pages = _all(inner, lambda one: one.pages)
        return found

    def read(self, part: Part) -> _Piece:
        if id(part) not in self._read:
            text = texts.readable(part, self._decoded(part))
            text, files = uuencoded.take_out(text) if part.media_type == "text/plain" else (text, ())
            self._read[id(part)] = _Piece(text, files)
        return self._read[id(part)]

    def page(self, part: Part) -> str:
        """An HTML part without what acts or loads."""
        known = self._read.get(id(part))
        return html.sanitised(self._decoded(part), known.text if known else None)

    def _decoded(self, part: Part) -> str:
        data = part.content if id(part) not in self._shown else _cut(part, self._shown[id(part)]).content
        return decode(data[:TEXT], part.parameters.get("charset", "") or texts.declared(part, data))

    def _leaf(self, part: Part) -> _Found:
        inside = opening.opened(part, self._budget)
        if inside is not None:
            return self._opened(part, inside)
        if not texts.is_text(part) or file_name(part):
            taken_for = "text" if texts.is_text(part) else ""
            spare = [part] if part.media_type == "text/calendar" else []
            return _Found(attachments=[_Attachment(part, file_name(part), taken_for)], spare=spare)
        return self._text(part)

    def _text(self, part: Part) -> _Found:
        size = part.end - part.start
        shown = min(size, self._room)
        self._room -= shown
        found = _Found([part], [part] if texts.is_html(part) else [])
        if shown < size:
            self._shown[id(part)] = shown
            found.attachments.append(_Attachment(part, "message.html" if texts.is_html(part) else "message.txt"))
        return found

    def _opened(self, part: Part, inside: Part) -> _Found:
        self._deep += 1
        found = self.gather(inside)
        self._deep -= 1
        if inside.media_type == opening.TNEF:
            found.spare, found.texts = [*found.texts, *found.spare], []
        elif not self._deep:
            found.attachments.append(_Attachment(part, file_name(part)))  # a signature, with what stands in it
        return found

    def _best(self, forms: list[list[Part]]) -> list[Part]:
        """Of several forms of one text the plain one, unless it is blank; else the last, which is the richest."""
        plain = [one for one in forms if not any(map(texts.is_html, one))]
        filled = (one for one in [*plain, *reversed(forms)] if any(self.read(part).text for part in one))
        return next(filled, [])


def _all(inner: Iterable[_Found], of: Callable[[_Found], list[Thing]]) -> list[Thing]:
    return [thing for one in inner for thing in of(one)]


def _without_text(found: _Found) -> _Found:
    """A mail that has no text but a text file which is not said to be attached: that is what it says."""
    text = next((one for one in found.attachments if one.taken_for == "text"), None)
    if text is None:
        return found
    rest = [one for one in found.attachments if one is not text]
    return _Found([text.part], [text.part] if texts.is_html(text.part) else [], rest)


def _cut(part: Part, size: int) -> Part:
    return Part(part.source, part.headers, part.media_type, part.parameters, part.start, part.start + size)


def _attached(one: _Attachment) -> ReadAttachment:
    part = one.part
    value = part.headers.first("content-disposition").strip().lower()
    inline = value.startswith("inline") or (not value and "content-id" in part.headers.fields)
    media_type = part.media_type if part.main != "multipart" else "application/octet-stream"
    return ReadAttachment(one.name, media_type, part.content, inline)
