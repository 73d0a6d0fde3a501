"""The conversation of a ticket as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import recognition, register, vault
from balie.channels import telling
from balie.channels.console import avoiding
from balie.channels.telling import WhyShown
from balie.desk import conversation, rules
from balie.desk.models import Message, Ticket
from balie.kernel import Sentence, Wording, sentence

_HOW = {"mail": gettext_noop("by mail"), "phone": gettext_noop("by phone")}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic")


@dataclass(frozen=True)
class FileShown:
    url: str
    name: str
    icon: str
    size: int


@dataclass(frozen=True)
class MessageShown:
    """One message: who, how, what, or what is said in its place; and why it is still here.

    name: of the writer, where there is one still; who: that, or what is said in its place.
    """

    kind: str
    name: str
    who: str
    how: str
    at: datetime
    parts: Sequence[str | recognition.Masked]
    gone: Sentence | None
    unreadable: Sentence | None
    not_kept: list[Wording]
    avoided: Sentence | None
    files: list[FileShown]
    why: WhyShown | None


def messages_of(ticket: Ticket, reading: vault.Reading, kept: Mapping[UUID, vault.Described]) -> list[MessageShown]:
    """Every message of a ticket, the oldest first, opened through one reading."""
    version = rules.version_of(ticket)
    return [_message(ticket, shown, version, kept) for shown in conversation.shown(ticket, reading)]


def _message(
    ticket: Ticket, shown: conversation.Shown, version: register.Version, kept: Mapping[UUID, vault.Described]
) -> MessageShown:
    message = shown.message
    described = kept.get(message.text) if message.text else None
    return MessageShown(
        kind=message.kind,
        name=shown.who,
        who=shown.who or (_("erased") if shown.gone else _("somebody without a name")),
        how=_(_HOW[ticket.channel]) if message.kind == Message.Kind.INCOMING else "",
        at=message.at,
        parts=shown.parts or (),
        gone=telling.gone(version, shown.gone) if shown.gone else None,
        unreadable=_unreadable(message.unreadable),
        not_kept=[version.label(item) for item in message.not_kept],
        avoided=_avoided(ticket, shown),
        files=[_file(ticket, one) for one in shown.files],
        why=telling.why(version, described) if described else None,
    )


def _unreadable(reason: str) -> Sentence | None:
    if not reason:
        return None
    return sentence("This mail could not be read, so it is not shown. What it was is kept until it is looked at.")


def _avoided(ticket: Ticket, shown: conversation.Shown) -> Sentence | None:
    """Of a colleague's text: what a requester writes is their own."""
    if shown.message.account is None or not shown.parts:
        return None
    return avoiding.warning(ticket, "".join(part for part in shown.parts if isinstance(part, str)))


def _file(ticket: Ticket, shown: conversation.ShownFile) -> FileShown:
    asked = {"desk": ticket.desk, "number": ticket.number, "handle": shown.attachment.handle}
    picture = shown.name.lower().endswith(_PICTURES)
    icon = "photo" if picture else "file"
    return FileShown(reverse("attachment", kwargs=asked), shown.name or _("Attachment"), icon, shown.attachment.size)
