"""Files that come with a message, as its page names them: what they are, how large, and that nobody has opened them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie.desk import conversation, gathering
from balie.desk.models import Others, Ticket
from balie.desk.others import showing
from balie.kernel import Actor

_OTHER = ("file", gettext_noop("File"))
# How a media type begins, or a file's name ends: its drawing and its word. The sender says so; nothing is opened to see.
_KINDS = (
    ("image/", (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".svg"), "photo", gettext_noop("Picture")),
    ("audio/", (".mp3", ".ogg", ".m4a", ".wav"), "music", gettext_noop("Sound")),
    ("video/", (".mp4", ".mov", ".webm", ".avi"), "movie", gettext_noop("Film")),
    ("text/calendar", (".ics",), "calendar-event", gettext_noop("Calendar entry")),
    ("message/", (".eml", ".msg"), "mail-opened", gettext_noop("Mail")),
    ("application/pdf", (".pdf",), "file-type-pdf", gettext_noop("PDF")),
    ("application/zip", (".zip", ".7z", ".rar", ".gz", ".tar"), "file-zip", gettext_noop("Archive")),
    ("application/vnd.ms-excel", (".xlsx", ".xls", ".ods", ".csv"), "file-spreadsheet", gettext_noop("Spreadsheet")),
    ("text/", (".txt", ".doc", ".docx", ".odt", ".rtf"), "file-text", gettext_noop("Text")),
)


@dataclass(frozen=True)
class FileShown:
    """One file. kind: in a word; inline: it stands in the text of its writer, as the picture of a signature does.

    held: where it is opened all the same, with a reason, while it is held back. gone: nothing of it is left.
    """

    url: str
    name: str
    icon: str
    kind: str
    size: int
    inline: bool
    held: str = ""
    gone: bool = False


def files_of(ticket: Ticket, files: Sequence[conversation.ShownFile], actor: Actor) -> list[FileShown]:
    """The files of one message as an actor has them; those that stand in its text come last."""
    cases = {one.attachment_id: one for one in gathering.others(ticket) if one.attachment_id}
    shown = [_file(ticket, one, cases.get(one.attachment.handle), actor) for one in files]
    return sorted(shown, key=lambda one: one.inline)


def kind_of(media_type: str, name: str) -> tuple[str, str]:
    """Drawing and word for a file: by its name, which is what opens it, else by the type that it was sent with."""
    by_name = (one for one in _KINDS if name.casefold().endswith(one[1]))
    by_type = (one for one in _KINDS if media_type.startswith(one[0]))
    found = next(by_name, None) or next(by_type, None)
    return (found[2], found[3]) if found else _OTHER


def _file(ticket: Ticket, shown: conversation.ShownFile, case: Others | None, actor: Actor) -> FileShown:
    asked = {"desk": ticket.desk, "number": ticket.number, "handle": shown.attachment.handle}
    icon, word = kind_of(shown.attachment.media_type, shown.name)
    if case is not None:
        case.ticket = ticket
    held = showing.holds_back(shown.attachment, case, actor)
    return FileShown(
        url=reverse("attachment", kwargs=asked),
        name=shown.name or _("Attachment"),
        icon=icon,
        kind=_(word),
        size=shown.attachment.size,
        inline=shown.attachment.inline,
        held=reverse("attachment-opening", kwargs=asked) if held else "",
        gone=shown.gone,
    )
