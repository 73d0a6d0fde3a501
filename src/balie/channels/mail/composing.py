"""Composing the mail of a row of the outbox: who it is from, what it says, and how an answer to it finds its ticket."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from balie import evidence, recognition, register, vault
from balie.channels import clock
from balie.channels.mail import dressing
from balie.desk import acknowledging, conversation, deliveries, envelopes, gathering, rules, threading
from balie.desk.models import Attachment, Message, Ticket
from balie.post.models import Outgoing


class _Ids(UnstructuredHeader, BaseHeader):
    """Message ids, each on a line of its own: the library would encode one that is longer than a line, and no thread would hold."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: " + f"{policy.linesep} ".join(str(self).split()) + policy.linesep


_HEADERS = HeaderRegistry()
for _name in ("references", "in-reply-to"):
    _HEADERS.map_to_type(_name, _Ids)
_AS_ANY_RELAY_TAKES_IT = EmailPolicy(header_factory=_HEADERS, cte_type="7bit")
_FOR_ANY_LETTERS = _AS_ANY_RELAY_TAKES_IT.clone(utf8=True)  # an address that only SMTPUTF8 (RFC 6531) can name

_ANY_LETTERS = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_MEDIA_TYPE = re.compile(r"(application|audio|font|image|text|video)/[a-z0-9][a-z0-9.+-]{0,60}")


@dataclass(frozen=True)
class Letter:
    """A mail in its envelope. sender: where reports about it go; empty: nowhere, for what no machine may answer."""

    mail: EmailMessage
    sender: str

    @property
    def recipient(self) -> str:
        return str(self.mail["To"].addresses[0].addr_spec)

    def raw(self) -> bytes:
        """As it goes over the wire, each line ending in CRLF."""
        return self.mail.as_bytes(policy=self.mail.policy.clone(linesep="\r\n"))


Compose = Callable[[Outgoing, vault.Reading], Letter | None]
_COMPOSE: dict[str, Compose] = {}


def compose(row: Outgoing, reading: vault.Reading) -> Letter | None:
    """The mail of one row, opened through `reading`; None when what it should say or to whom is gone."""
    version = register.in_force(row.desk)
    with translation.override(version.data["languages"][0]):
        return _COMPOSE[row.kind](row, reading)


def _kind(name: str) -> Callable[[Compose], Compose]:
    def remember(make: Compose) -> Compose:
        _COMPOSE[name] = make
        return make

    return remember


@_kind("answer")
def _answer(row: Outgoing, reading: vault.Reading) -> Letter | None:
    """An answer with its files. Reports about it come home to its own return path; when one of its files is gone, so is the answer."""
    message = Message.objects.filter(handle=UUID(row.refs["message"])).select_related("ticket").first()
    text = reading.text(message.text) if message else ""
    if message is None or not text:
        return None
    files = list(message.attachments.order_by("handle"))
    opened = reading.open([handle for file in files for handle in (file.name, file.content)])
    if not all(isinstance(opened.get(file.content), bytes) for file in files):
        return None
    version = rules.version_of(message.ticket)
    languages = version.data["languages"]
    mail = _to_requester(row, message.ticket, reading)
    if mail is None:
        return None
    _say(mail, text, language=languages[0] if len(languages) == 1 else "")  # which of several, nobody said
    for file in files:
        _attach(mail, file, opened.get(file.name), opened[file.content])
    return Letter(mail, deliveries.return_path(message, register.mail_address(version)))


@_kind("acknowledgement")
def _acknowledgement(row: Outgoing, reading: vault.Reading) -> Letter | None:
    """Automatic, and says so in every way that mail programmes know; from nobody, so that nothing comes back (RFC 3834 3.3)."""
    ticket = Ticket.objects.filter(handle=UUID(row.refs["ticket"])).first()
    mail = _to_requester(row, ticket, reading) if ticket else None
    if ticket is None or mail is None:
        return None
    _automatic(mail, "auto-replied")
    _say(mail, acknowledgement_text(ticket), language=rules.version_of(ticket).data["languages"][0])
    return Letter(mail, "")


@_kind("warning")
def _warning(row: Outgoing, reading: vault.Reading) -> Letter | None:
    """Tells who asked that what is kept of it will be erased, and how to stop that. Automatic; reports about it come to nobody."""
    ticket = Ticket.objects.filter(handle=UUID(row.refs["ticket"])).first()
    mail = _to_requester(row, ticket, reading) if ticket else None
    due = date.fromisoformat(row.refs["due"])
    if ticket is None or mail is None or due <= timezone.now().date():
        return None
    _automatic(mail, "auto-generated")
    _say(mail, warning_text(ticket, due), language=rules.version_of(ticket).data["languages"][0])
    return Letter(mail, "")


@_kind("checkpoint")
def _checkpoint(row: Outgoing, reading: vault.Reading) -> Letter | None:
    """The newest signed checkpoint of the evidence, for the privacy officer: who keeps it can prove any later change."""
    version = register.in_force(row.desk)
    address, own = register.officer_address(version), register.mail_address(version)
    note = evidence.checkpoint(row.desk)
    if not address or note is None:
        return None
    mail = _mail(version, address, _("Checkpoint of the evidence"))
    _automatic(mail, "auto-generated")
    mail["Message-ID"] = f"<{row.handle.hex}@{own.rpartition('@')[2]}>"
    signer = vault.signer_for(row.desk)
    key = _("The key that it is checked with: %(key)s") % {"key": evidence.vkey(signer.origin, signer.public_key)}
    told = _("Keep this: with it anyone can prove that nothing in the evidence was changed.")
    mail.set_content(f"{told}\n\n{key}\n\n{note}")
    mail["Content-Language"] = version.data["languages"][0]
    return Letter(mail, own)  # one that does not arrive is missed, so the desk must hear of it


def acknowledgement_text(ticket: Ticket) -> str:
    """What the sender of a first mail is told: the number, what follows from what is missing, the right to object, the notice."""
    version = rules.version_of(ticket)
    language = version.data["languages"][0]
    parts = [_("We have received your message. Its number is %(number)s.") % {"number": ticket.number}]
    consequence = acknowledging.consequence(ticket)
    if consequence is not None:
        parts.append(consequence.read(language))
    others = acknowledging.about_others(ticket)
    if others is not None:
        parts.append(others.read(language))
    told = register.right_to_object(version, language)
    if told:
        parts.append(_("Your right to object") + "\n" + told)
    notice = f"{settings.BALIE_URL}/{ticket.desk}/notice"
    parts.append(_("What we keep of your message, why and for how long: %(address)s") % {"address": notice})
    return "\n\n".join(parts)


def warning_text(ticket: Ticket, due: date) -> str:
    """What whoever asked is told before the end: what goes when, how to stop it, where it says what is kept and why."""
    language = rules.version_of(ticket).data["languages"][0]
    told = _("On %(day)s we erase what we keep of your message with number %(number)s.")
    parts = [
        told % {"day": clock.day_words(due).read(language), "number": ticket.number},
        _("If the matter is not at an end, answer this message before that day; then it stays."),
        _("You need do nothing if it may go."),
        _("What we keep of your message, why and for how long: %(address)s")
        % {"address": f"{settings.BALIE_URL}/{ticket.desk}/notice"},
    ]
    return "\n\n".join(parts)


def _to_requester(row: Outgoing, ticket: Ticket, reading: vault.Reading) -> EmailMessage | None:
    version = rules.version_of(ticket)
    last = conversation.answered(ticket)
    address = conversation.answer_address(ticket, reading)
    if not address:
        return None
    word = threading.secret_word(ticket)
    own = register.mail_address(version)
    mail = _mail(version, address, _subject(ticket, reading))
    mail["Reply-To"] = Address(addr_spec=own.replace("@", f"+{word}@", 1))
    mail["Message-ID"] = f"<{threading.mark(ticket)}.{row.handle.hex}@{own.rpartition('@')[2]}>"
    ids = envelopes.unpacked(reading.open([last.envelope]).get(last.envelope)) if last and last.envelope else ()
    ids = tuple(one for one in ids if one.isascii())
    if ids:
        mail["In-Reply-To"] = f"<{ids[-1]}>"
        mail["References"] = " ".join(f"<{one}>" for one in ids)
    return mail


def _say(mail: EmailMessage, text: str, *, language: str) -> None:
    """The text, and the same as a page."""
    mail.set_content(text + "\n")
    mail.add_alternative(dressing.dressed(text, subject=str(mail["Subject"]), language=language), subtype="html")
    if language:  # last: whatever sets the content drops what was said of it
        mail["Content-Language"] = language


def _attach(mail: EmailMessage, file: Attachment, name: vault.Opened | None, content: vault.Opened) -> None:
    """One file, of the kind that it is said to be unless a mail cannot carry that as a file."""
    assert isinstance(content, bytes)
    kind = file.media_type if _MEDIA_TYPE.fullmatch(file.media_type) else "application/octet-stream"
    shown = name.decode("utf-8", "replace") if isinstance(name, bytes) else ""
    plain = "".join(sign for sign in shown if sign.isprintable()).rpartition("/")[2].rpartition("\\")[2]
    main, _slash, sub = kind.partition("/")
    mail.add_attachment(content, maintype=main, subtype=sub, filename=plain[:200] or "?")


def _automatic(mail: EmailMessage, how: str) -> None:
    """Marked for every kind of machine: RFC 3834's field, the older one, and that of the servers that read neither."""
    mail["Auto-Submitted"] = how
    mail["Precedence"] = "auto_reply" if how == "auto-replied" else "bulk"
    mail["X-Auto-Response-Suppress"] = "All"


def _subject(ticket: Ticket, reading: vault.Reading) -> str:
    """The subject of the conversation, without what is masked, with its number."""
    masks = gathering.masks([ticket])
    parts = recognition.mask(reading.text(ticket.subject), masks.get(ticket.subject, []) if ticket.subject else [])
    plain = " ".join("".join(part if isinstance(part, str) else "…" for part in parts).split())
    while plain.lower().startswith("re:"):
        plain = plain[3:].strip()
    return f"Re: {plain} [{ticket.number}]" if plain else f"[{ticket.number}]"


def _mail(version: register.Version, address: str, subject: str) -> EmailMessage:
    to = _address(address)
    mail = EmailMessage(policy=_AS_ANY_RELAY_TAKES_IT if to.username.isascii() else _FOR_ANY_LETTERS)
    mail["From"] = Address(version.data["name"][:60], addr_spec=register.mail_address(version))
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(timezone.now())
    return mail


def _address(written: str) -> Address:
    """An address as an envelope can hold it: the domain in ASCII, before the @ any letters. Raises ValueError for none."""
    local, _at, domain = written.rpartition("@")
    host = domain if domain.isascii() else domain.encode("idna").decode()
    if local.isascii():
        return Address(addr_spec=f"{local}@{host}")
    if not _ANY_LETTERS.fullmatch(local) or not host:
        raise ValueError("no address")
    return Address(username=local, domain=host)
