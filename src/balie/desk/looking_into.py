"""Looking into files that came in: what stands in them is held back until it has been looked through (mission S3.12, Beyond 1).

The one place of the desk that reads a file. What is not read here (`is_read`) is neither looked into nor held back.
"""

import html
import re
from collections.abc import Iterable
from uuid import UUID

import nh3
from django.db import transaction

from balie import evidence, jobs, vault
from balie.desk import looking_through, rules
from balie.desk.models import Attachment, Finding
from balie.desk.others import noticing
from balie.kernel import Actor

WAITING, CLEAR, FOUND, CLOSED = "waiting", "clear", "found", "closed"
LARGEST = 8 * 1024 * 1024  # bytes that are read as text; a larger file is closed to us
_PLAIN = frozenset({"text/plain", "text/csv", "text/tab-separated-values", "text/markdown"})
_MARKUP = frozenset({"text/html", "application/xhtml+xml"})
_BREAKS = re.compile(r"(?i)<(br|/p|/div|/li|/tr|/h[1-6]|/td|/th|/title)\b[^>]*>")


def is_read(media_type: str) -> bool:
    """Whether files of this kind are read here."""
    return _kind(media_type) in _PLAIN | _MARKUP


def texts_of(content: bytes, media_type: str) -> list[str] | None:
    """What a reader finds in a file; None when it could not be looked into.

    Of markup: what is shown, and where addresses of links lead.
    """
    text = _decoded(content)
    if text is None or _kind(media_type) not in _MARKUP:
        return None if text is None else [text]
    shown = html.unescape(nh3.clean(_BREAKS.sub(r"\g<0>" + "\n", text), tags=set()))
    links = re.findall(r"""(?i)\b(?:href|src|title|alt|content)\s*=\s*["']([^"']{1,2000})""", text)
    return [shown, html.unescape("\n".join(links))]


def taken_out(content: bytes, media_type: str, values: dict[str, str]) -> bytes | None:
    """A file without these values, each replaced by what stands in its place; None where that cannot be done so that none is left."""
    text = _decoded(content)
    if text is None:
        return None
    for value in sorted(values, key=len, reverse=True):
        for written in {value, html.escape(value), html.escape(value, quote=False)}:
            text = re.sub(re.escape(written), lambda _: values[value], text, flags=re.IGNORECASE)  # noqa: B023 - used at once
    fresh = text.encode("utf-8", "surrogatepass")
    left = "\n".join(texts_of(fresh, media_type) or ()).casefold()
    return None if any(value.casefold() in left for value in values) else fresh


def soon(files: Iterable[Attachment], *, actor: Actor) -> None:
    """Have what waits looked into as soon as it is put away, in the caller's transaction."""
    for file in files:
        if file.looked == WAITING:
            jobs.add("files.look-into", file=file.handle.hex, desk=actor.desk)


@transaction.atomic
def look_into(handle: UUID) -> str:
    """Look into one file: what it turned out to be. Doing it twice, or after it is gone, does no harm."""
    file = Attachment.objects.filter(handle=handle, looked=WAITING).select_related("message__ticket").first()
    if file is None:
        return ""
    ticket, message = file.message.ticket, file.message
    actor = Actor.system("receive", ticket.desk)
    reading = vault.Reading(actor, "attachment.looked-into", ticket.handle)
    opened = reading.open([file.content, message.sender, message.sender_name])
    content = opened.get(file.content)
    reading.record()
    texts = texts_of(content, file.media_type) if isinstance(content, bytes) else []
    by = looking_through.Writer(_text(opened, message.sender), _text(opened, message.sender_name))
    seen = [one for text in texts or () for one in looking_through.look(ticket, text, by=by)]
    file.looked = CLOSED if texts is None else FOUND if any(one.others for one in seen) else CLEAR
    file.save(update_fields=["looked"])
    Finding.objects.filter(record=file.content).delete()
    looking_through.note(ticket, {file.content: seen})
    noticing.closed(file, actor=actor) if texts is None else noticing.in_file(file, seen, actor=actor)
    evidence.record(
        "attachment.looked-through",
        actor,
        file.handle,
        operation="use",
        activity=rules.version_of(ticket).uri(ticket.activity),
        facts={"ticket": ticket.number, "outcome": file.looked},
    )
    return file.looked


def _text(opened: dict[UUID, vault.Opened], handle: UUID | None) -> str:
    value = opened.get(handle) if handle else None
    return value if isinstance(value, str) else ""


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().casefold()


def _decoded(content: bytes) -> str | None:
    """The text of a file, by its mark or as UTF-8, else as Windows writes it; None for what is no text, or too much of it."""
    if len(content) > LARGEST:
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content.rstrip(b"\0"):
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
