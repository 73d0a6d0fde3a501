"""The conversation of a ticket as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from balie import post, register, vault
from balie.channels import clock, correspondence, provenance, telling
from balie.channels.console import avoiding
from balie.channels.console.attached import FileShown, files_of
from balie.channels.console.others import OthersShown, others_of
from balie.channels.telling import WhyShown
from balie.desk import contacts, conversation, folding, rules, taking_back
from balie.desk.models import Message, Ticket
from balie.kernel import Actor, Sentence, Wording, sentence

_HOW = {"mail": gettext_noop("by mail"), "phone": gettext_noop("by phone")}
_DELIVERY = {
    "delayed": ("clock", sentence("Not delivered yet, the mail server goes on trying.")),
    "failed": ("mail-x", sentence("Not delivered.")),
}


@dataclass(frozen=True)
class StretchShown:
    """A part of a text in its place. fold: what stands on the line that opens it; empty for what is said now."""

    fold: str
    kind: str
    parts: Sequence[folding.Part]


@dataclass(frozen=True)
class DeliveryShown:
    """What became of an answer that did not simply arrive. failed: it never will."""

    icon: str
    failed: bool
    said: Sentence
    why: Sentence | None


@dataclass(frozen=True)
class QuotedShown:
    """A ticket that a mail names without having a place there, where the reader may open it."""

    number: int
    url: str


@dataclass(frozen=True)
class WaitingShown:
    """That an answer has not gone. at: when it goes; empty once it may go at any moment. url: where its writer takes it back."""

    at: str
    url: str


@dataclass(frozen=True)
class MessageShown:
    """One message: who, how, what, or what is said in its place; and why it is still here.

    name: of the writer, where there is one still; who: that, or what is said in its place. moved_from: where it was said first.
    runs: the text in runs of stretches that are folded, or not. sender: what is known of who sent a mail.
    """

    handle: UUID
    kind: str
    name: str
    who: str
    how: str
    at: datetime
    moved_from: int | None
    runs: list[tuple[bool, list[StretchShown]]]
    gone: Sentence | None
    unreadable: Sentence | None
    protection: str
    protected: Sentence | None
    sender: provenance.Told | None
    quotes: QuotedShown | None
    waits: WaitingShown | None
    delivery: DeliveryShown | None
    not_kept: list[Wording]
    avoided: Sentence | None
    files: list[FileShown]
    others: list[OthersShown]
    why: WhyShown | None


def messages_of(
    ticket: Ticket,
    reading: vault.Reading,
    kept: Mapping[UUID, vault.Described],
    uncovered: frozenset[UUID] = frozenset(),
) -> list[MessageShown]:
    """Every message of a ticket, the oldest first, opened through one reading. uncovered: as of `conversation.shown`."""
    version = rules.version_of(ticket)
    shown = conversation.shown(ticket, reading, uncovered=uncovered)
    others = others_of(ticket, reading)
    quoted = _quoted([one.message for one in shown], reading.actor)
    waits = _waiting(ticket, [one.message for one in shown], reading.actor)
    return [
        replace(
            _message(ticket, one, version, kept),
            files=files_of(ticket, one.files, reading.actor),
            others=others.get(one.message.handle, []),
            quotes=quoted.get(one.message.handle),
            waits=waits.get(one.message.handle),
        )
        for one in shown
    ]


def _waiting(ticket: Ticket, messages: Sequence[Message], actor: Actor) -> dict[UUID, WaitingShown]:
    """By message: that it has not gone, and the way to take it back for whoever may."""
    return {
        handle: WaitingShown(
            at=clock.second(one.goes_at) if one.goes_at > timezone.now() else "",
            url="" if rules.take_back(one.message, actor) else _retraction(ticket, handle),
        )
        for handle, one in taking_back.waiting(ticket.desk, messages).items()
    }


def _retraction(ticket: Ticket, handle: UUID) -> str:
    return reverse("retraction", kwargs={"desk": ticket.desk, "number": ticket.number, "handle": handle})


def _quoted(messages: Sequence[Message], actor: Actor) -> dict[UUID, QuotedShown]:
    """By message: the ticket that it may belong to (`may_belong_to` of its provenance), of those that the reader may open."""
    named = {one.handle: number for one in messages if isinstance(number := one.provenance.get("may_belong_to"), int)}
    if not named:
        return {}
    known = set(Ticket.objects.visible_to(actor).filter(number__in=named.values()).values_list("number", flat=True))
    return {
        handle: QuotedShown(number, reverse("ticket", kwargs={"desk": actor.desk, "number": number}))
        for handle, number in named.items()
        if number in known
    }


def _message(
    ticket: Ticket, shown: conversation.Shown, version: register.Version, kept: Mapping[UUID, vault.Described]
) -> MessageShown:
    message = shown.message
    described = kept.get(message.text) if message.text else None
    return MessageShown(
        handle=message.handle,
        kind=message.kind,
        name=contacts.name_or_covered(shown.who),
        who=contacts.name_or_covered(shown.who) or _nobody(message, shown),
        how=_(_HOW[ticket.channel]) if message.kind == Message.Kind.INCOMING else "",
        at=message.at,
        moved_from=message.moved_from.number if message.moved_from else None,
        runs=_runs(shown.stretches or []),
        gone=telling.gone(version, shown.gone) if shown.gone else None,
        unreadable=correspondence.unreadable(message.unreadable) if message.unreadable else None,
        protection=message.protection,
        protected=correspondence.protection(message.protection),
        sender=_sender(message),
        quotes=None,
        waits=None,
        delivery=_delivery(message),
        not_kept=[version.label(item) for item in message.not_kept],
        avoided=_avoided(ticket, shown),
        files=[],
        others=[],
        why=telling.why(version, described) if described else None,
    )


def _nobody(message: Message, shown: conversation.Shown) -> str:
    """What is said in the place of a writer who has no name."""
    if message.kind == Message.Kind.ANSWER and message.automatic:
        return _("the software")
    return _("erased") if shown.gone else _("somebody without a name")


def _runs(stretches: Sequence[folding.Stretch]) -> list[tuple[bool, list[StretchShown]]]:
    """Folded stretches that follow one another stand side by side; what is blank is not shown."""
    told = [StretchShown(_fold(one), one.kind, one.parts) for one in stretches if not one.blank]
    return [(folded, list(run)) for folded, run in groupby(told, key=lambda one: bool(one.fold))]


def _fold(stretch: folding.Stretch) -> str:
    if stretch.kind == folding.NEW:
        return ""
    if stretch.kind == folding.SIGNATURE:
        return _("Signature")
    if stretch.kind == folding.DEVICE:
        return _("Added by the mail program")
    lines = stretch.lines
    return ngettext("Quoted text, {n} line", "Quoted text, {n} lines", lines).format(n=lines)


def _sender(message: Message) -> provenance.Told | None:
    """Of a mail that came in: of whatever else there is no sender to be checked."""
    if message.kind != Message.Kind.INCOMING or message.arrival is None:
        return None
    return provenance.told(message.provenance)


def _delivery(message: Message) -> DeliveryShown | None:
    if message.delivery not in _DELIVERY:
        return None
    icon, said = _DELIVERY[message.delivery]
    return DeliveryShown(icon, message.delivery == "failed", said, post.reason(message.delivery_code))


def _avoided(ticket: Ticket, shown: conversation.Shown) -> Sentence | None:
    """Of a colleague's text: what a requester writes is their own."""
    if shown.message.account is None or not shown.parts:
        return None
    return avoiding.warning(ticket, "".join(part for part in shown.parts if isinstance(part, str)))
