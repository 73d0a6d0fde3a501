"""What a text part says: plain, flowed, HTML, enriched, or a calendar that stands in for a text."""

import re

from balie.channels.mail import html
from balie.channels.mail.charsets import clean
from balie.channels.mail.parsing import calendars
from balie.channels.mail.parsing.parts import Part

# Kinds of text that are files to a reader of mail.
_FILES = frozenset(
    {
        *("text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/csv", "text/tab-separated-values"),
        *("text/rfc822-headers", "text/rtf", "text/xml", "text/css", "text/javascript", "text/x-patch", "text/x-diff"),
    }
)
_PAGES = frozenset({"text/html", "text/xhtml", "application/xhtml+xml"})
_ENRICHED = frozenset({"text/enriched", "text/richtext"})
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.IGNORECASE)
_COMMAND = re.compile(r"<(?:(param)>.{0,200}?</param|/?[a-zA-Z0-9-]{1,60})>|<(<)", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"\n(\n*)")


def is_text(part: Part) -> bool:
    """Whether a reader sees this part as text, unless it has a name of its own."""
    if part.closed or (part.main != "text" and part.main != "multipart" and part.media_type not in _PAGES):
        return False
    if part.media_type in _FILES:
        return False
    return not part.headers.first("content-disposition").strip().lower().startswith("attach")


def is_html(part: Part) -> bool:
    return part.media_type in _PAGES


def declared(part: Part, data: bytes) -> str:
    """The charset that an HTML page itself names, or empty."""
    match = _META.search(data, 0, 4000) if is_html(part) else None
    return match[1].decode("ascii", "replace") if match else ""


def readable(part: Part, text: str) -> str:
    """The text of a part as it is read."""
    if is_html(part):
        return html.to_text(text)
    text = clean(text)
    if part.media_type == "text/calendar":
        return calendars.summary(text)
    if part.media_type in _ENRICHED:
        text = _enriched(text)
    elif part.parameters.get("format", "").lower() == "flowed":
        text = _reflowed(text, part.parameters.get("delsp", "").lower() == "yes")
    return text.strip("\n").rstrip()


def _enriched(text: str) -> str:
    """Without the commands of RFC 1896, and with its line breaks as it means them."""
    text = _BREAKS.sub(lambda match: match[1] or " ", text)
    return _COMMAND.sub(lambda match: match[2] or "", text)


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
