"""What a mail says once it is read: plain values that travel as JSON, and the bytes of its attachments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadAttachment:
    """One part that is not the mail's text. `name` is safe to show and to save under, and may be empty."""

    name: str
    media_type: str
    content: bytes
    inline: bool


@dataclass(frozen=True, slots=True)
class BouncedRecipient:
    """One recipient in a delivery report; `action` and `status` as in RFC 3464 (`failed`, `5.1.1`), or empty."""

    address: str
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class ReadBounce:
    """A delivery report. `original`: the Message-ID of the mail that it is about, or empty."""

    recipients: tuple[BouncedRecipient, ...]
    original: str


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch of the text that its reader has no need of at first sight, from sign `start` up to sign `end`.

    kind: `quotation` (what others wrote before, with the line that announces it), `signature` (who writes, where they are
    reached, a company's notice), `device` (a line that a mail program adds), or `closing` (a formula with a name alone):
    a closing is part of the reply and shown with it, and told apart only so that it is known who signs.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One mail. A text that the mail does not give is empty, never None; no text holds a NUL or half a character.

    Addresses are bare, message ids without `<>`, `date` is ISO 8601 in UTC. `text` is made from the HTML where there
    is no plain part; without its `folds` it is what the sender wrote now. `html`: the HTML of the mail without what
    acts or loads, if it was asked for. `protection`: `signed`, `encrypted` or empty.
    `authentication`: the Authentication-Results that receiving servers wrote, topmost first. `automatic`: no automatic
    answer may go out. `unreadable`: empty, or why the mail could not be read (`not-mail`, `header-too-large`,
    `too-many-parts`, `too-deep`, `too-large`, `took-too-long`, `reader-died`); then what was read is given as far
    as it goes.
    """

    from_name: str = ""
    from_address: str = ""
    reply_to: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str = ""
    date: str = ""
    text: str = ""
    html: str = ""
    folds: tuple[Fold, ...] = ()
    attachments: tuple[ReadAttachment, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = False
    bounce: ReadBounce | None = None
    protection: str = ""
    authentication: tuple[str, ...] = ()
    unreadable: str = ""


_TEXTS = (
    *("from_name", "from_address", "subject", "date", "text", "html", "message_id", "in_reply_to", "protection"),
    "unreadable",
)
_LISTS = ("reply_to", "to", "cc", "references", "authentication")


def to_plain(mail: ReadMail) -> dict[str, Any]:
    """The mail as JSON can hold it; of each attachment the size stands in for the content."""
    plain: dict[str, Any] = {name: getattr(mail, name) for name in (*_TEXTS, *_LISTS)}
    plain["automatic"] = mail.automatic
    plain["folds"] = [[one.start, one.end, one.kind] for one in mail.folds]
    plain["attachments"] = [[one.name, one.media_type, len(one.content), one.inline] for one in mail.attachments]
    if mail.bounce is not None:
        recipients = [[one.address, one.action, one.status] for one in mail.bounce.recipients]
        plain["bounce"] = [recipients, mail.bounce.original]
    return plain


def from_plain(plain: Any, contents: bytes) -> ReadMail:
    """The mail again, from what `to_plain` made and the attachments' contents one after the other.

    Raises ValueError for anything else: the sender of these bytes is a process that read hostile input.
    """
    try:
        values: dict[str, Any] = {name: _text(plain[name]) for name in _TEXTS}
        values |= {name: tuple(_text(one) for one in plain[name]) for name in _LISTS}
        attachments = _attachments(plain["attachments"], contents)
        bounce = _bounce(plain.get("bounce"))
        folds = tuple(_fold(*one, length=len(values["text"])) for one in plain["folds"])
        automatic = plain["automatic"] is True
        return ReadMail(**values, folds=folds, automatic=automatic, attachments=attachments, bounce=bounce)
    except (KeyError, TypeError, AttributeError):
        raise ValueError("not a mail that was read") from None


def _attachments(rows: Sequence[Sequence[Any]], contents: bytes) -> tuple[ReadAttachment, ...]:
    found, at = [], 0
    for name, media_type, size, inline in rows:
        if not isinstance(size, int) or size < 0:
            raise ValueError("an attachment without a size")
        found.append(ReadAttachment(_text(name), _text(media_type), contents[at : at + size], inline is True))
        at += size
    if at != len(contents):
        raise ValueError("the attachments do not fill their bytes")
    return tuple(found)


def _bounce(plain: Any) -> ReadBounce | None:
    if plain is None:
        return None
    recipients, original = plain
    return ReadBounce(tuple(BouncedRecipient(*map(_text, one)) for one in recipients), _text(original))


def _fold(start: object, end: object, kind: object, *, length: int) -> Fold:
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= length:
        raise ValueError("a fold outside its text")
    return Fold(start, end, _text(kind))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
