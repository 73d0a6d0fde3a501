"""Composing the mail of a row of the outbox: who it is from, what it says, and how an answer to it finds its ticket."""

from collections.abc import Callable
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from balie import evidence, recognition, register, vault
from balie.desk import acknowledging, conversation, envelopes, rules, threading
from balie.desk.models import Message, Ticket
from balie.post.models import Outgoing


class _Ids(UnstructuredHeader, BaseHeader):
    """Message ids, each on a line of its own: the library would encode one that is longer than a line, and no thread would hold."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: " + f"{policy.linesep} ".join(str(self).split()) + policy.linesep


_HEADERS = HeaderRegistry()
for _name in ("references", "in-reply-to"):
    _HEADERS.map_to_type(_name, _Ids)
_AS_ANY_RELAY_TAKES_IT = EmailPolicy(header_factory=_HEADERS, cte_type="7bit")

_COMPOSE: dict[str, Callable[[Outgoing, vault.Reading], EmailMessage | None]] = {}


def compose(row: Outgoing, reading: vault.Reading) -> EmailMessage | None:
    """The mail of one row, opened through `reading`; None when what it should say or to whom is gone."""
    version = register.in_force(row.desk)
    with translation.override(version.data["languages"][0]):
        return _COMPOSE[row.kind](row, reading)


def _kind(
    name: str,
) -> Callable[
    [Callable[[Outgoing, vault.Reading], EmailMessage | None]], Callable[[Outgoing, vault.Reading], EmailMessage | None]
]:
    def remember(
        make: Callable[[Outgoing, vault.Reading], EmailMessage | None],
    ) -> Callable[[Outgoing, vault.Reading], EmailMessage | None]:
        _COMPOSE[name] = make
        return make

    return remember


@_kind("answer")
def _answer(row: Outgoing, reading: vault.Reading) -> EmailMessage | None:
    message = Message.objects.filter(handle=UUID(row.refs["message"])).select_related("ticket").first()
    text = reading.text(message.text) if message else ""
    if message is None or not text:
        return None
    return _to_requester(row, message.ticket, text, reading)


@_kind("acknowledgement")
def _acknowledgement(row: Outgoing, reading: vault.Reading) -> EmailMessage | None:
    ticket = Ticket.objects.filter(handle=UUID(row.refs["ticket"])).first()
    if ticket is None:
        return None
    mail = _to_requester(row, ticket, acknowledgement_text(ticket), reading)
    if mail is not None:
        mail["Auto-Submitted"] = "auto-replied"
    return mail


@_kind("checkpoint")
def _checkpoint(row: Outgoing, reading: vault.Reading) -> EmailMessage | None:
    """The newest signed checkpoint of the evidence, for the privacy officer: who keeps it can prove any later change."""
    version = register.in_force(row.desk)
    address = register.officer_address(version)
    note = evidence.checkpoint(row.desk)
    if not address or note is None:
        return None
    mail = _mail(version, address, _("Checkpoint of the evidence"))
    mail["Auto-Submitted"] = "auto-generated"
    mail["Message-ID"] = f"<{row.handle.hex}@{register.mail_address(version).rpartition('@')[2]}>"
    signer = vault.signer_for(row.desk)
    key = _("The key that it is checked with: %(key)s") % {"key": evidence.vkey(signer.origin, signer.public_key)}
    told = _("Keep this: with it anyone can prove that nothing in the evidence was changed.")
    mail.set_content(f"{told}\n\n{key}\n\n{note}")
    return mail


def acknowledgement_text(ticket: Ticket) -> str:
    """What the sender of a first mail is told: the number, what follows from what is missing, the right to object, the notice."""
    version = rules.version_of(ticket)
    language = version.data["languages"][0]
    parts = [_("We have received your message. Its number is %(number)s.") % {"number": ticket.number}]
    consequence = acknowledging.consequence(ticket)
    if consequence is not None:
        parts.append(consequence.read(language))
    told = register.right_to_object(version, language)
    if told:
        parts.append(_("Your right to object") + "\n" + told)
    notice = f"{settings.BALIE_URL}/{ticket.desk}/notice"
    parts.append(_("What we keep of your message, why and for how long: %(address)s") % {"address": notice})
    return "\n\n".join(parts)


def _to_requester(row: Outgoing, ticket: Ticket, text: str, reading: vault.Reading) -> EmailMessage | None:
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
    mail.set_content(text + "\n")
    return mail


def _subject(ticket: Ticket, reading: vault.Reading) -> str:
    """The subject of the conversation, without what is masked, with its number."""
    masks = conversation.masked_spans(ticket)
    parts = recognition.mask(reading.text(ticket.subject), masks.get(ticket.subject, []) if ticket.subject else [])
    plain = " ".join("".join(part if isinstance(part, str) else "…" for part in parts).split())
    while plain.lower().startswith("re:"):
        plain = plain[3:].strip()
    return f"Re: {plain} [{ticket.number}]" if plain else f"[{ticket.number}]"


def _mail(version: register.Version, address: str, subject: str) -> EmailMessage:
    mail = EmailMessage(policy=_AS_ANY_RELAY_TAKES_IT)
    mail["From"] = Address(version.data["name"][:60], addr_spec=register.mail_address(version))
    local, _at, domain = address.rpartition("@")
    mail["To"] = Address(addr_spec=f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}")
    mail["Subject"] = subject
    mail["Date"] = format_datetime(timezone.now())
    return mail
