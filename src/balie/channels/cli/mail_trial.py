"""`balie mail test`: one mail through the mail server of the settings, each step in plain words, and nothing kept."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from balie import register
from balie.channels import relay
from balie.channels.cli import asking, printing
from balie.channels.relay import Away, Connection, NotTaken
from balie.kernel import Invalid, Refused, handles, sentence

_TEXT = """This mail was sent with `balie mail test`, to see whether the mail server takes what this desk sends.

Whoever gets it need do nothing.
"""
_HINTS = {  # what to do, by the code of a failure; else by its stage
    "no-connection": "Is the host in BALIE_RELAY right, does the server listen there, and does no firewall stand between?",
    "no-answer": "Something listens there and says nothing: is the port right? TLS from the first byte (port 465) is written smtps://.",
    "dropped": "The server ended the connection: its log says why. TLS from the first byte (port 465) is written smtps://.",
    "no-tls": "Use a port with STARTTLS or smtps://; or, within your own walls only, ?tls=opportunistic in BALIE_RELAY.",
    "tls": "No encrypted connection came about: is it smtps:// on a port that begins in the clear, or a server with old TLS only?",
    "certificate": "Write the name in BALIE_RELAY for which the certificate is, or name its issuer in BALIE_RELAY_CERTIFICATES.",
    "sign-in": "Correct the user in BALIE_RELAY and the password in BALIE_RELAY_PASSWORD_FILE, or let the server allow this machine.",
    "sender": "The server must be told that this machine may send as the desk's address.",
    "recipient": "Is the address right? Elsewhere a server sends on only for those whom it knows: sign in, or be allowed there.",
    "mail": "The server took the envelope and refused the mail: its log says why.",
}
_LATER = "The server asks to come back later; Balie does that by itself. Try again in a few minutes."


@dataclass(frozen=True)
class Step:
    """One step of the way. hint: what to do where it failed."""

    step: str
    ok: bool
    says: str
    hint: str = ""


def add_command(own: asking.Commands) -> None:
    parser = asking.command(
        own,
        "test",
        run,
        "send one mail through the mail server of the settings, and tell each step",
        example="balie mail test me@example.org --desk publications",
        more="Nothing is kept. Exit status 1 at the first step that fails, with what to do.",
    )
    parser.add_argument("address", metavar="ADDRESS", help="where the mail goes")
    parser.add_argument("--desk", metavar="DESK", help="the desk that it comes from (default: the first)")
    asking.as_json(parser)


def run(asked: argparse.Namespace) -> int:
    """Send it; 1 when a step fails."""
    desk = asking.desks(asked)[0]
    mail = _mail(desk, asked.address)
    if settings.BALIE_RELAY is None:
        raise Refused(sentence("No mail server takes what we send: name one in BALIE_RELAY (see docs/settings.md)."))
    relay.check()
    steps: list[Step] = []
    for one in _steps(mail):
        steps.append(one)
        if not asked.json:
            _print(one)
    if asked.json:
        printing.data([vars(one) for one in steps])
    return 0 if all(one.ok for one in steps) else 1


def _steps(mail: EmailMessage) -> Iterator[Step]:
    """Each step as it is taken, up to the first that fails."""
    line = Connection()
    try:
        yield from _way(line)
        yield from _dialogue(line, mail)
    except NotTaken as refused:
        hint = _HINTS[refused.stage] if refused.permanent else _LATER
        yield Step(refused.stage, False, _refused(refused.words, refused.code), hint)
    except _Failed as failed:
        yield Step(
            failed.step, False, _refused(failed.away.words, failed.away.code), _HINTS.get(failed.away.code, _LATER)
        )
    finally:
        line.close()


class _Failed(Exception):  # noqa: N818 - a step that failed
    def __init__(self, step: str, away: Away) -> None:
        super().__init__(step)
        self.step, self.away = step, away


def _way(line: Connection) -> Iterator[Step]:
    where: Any = settings.BALIE_RELAY
    _tried("connect", line.connect)
    yield Step("connect", True, f"{where} answers.")
    _tried("encrypt", line.secure)
    yield Step("encrypt", True, _protection(line))
    _tried("sign in", line.sign_in)
    yield Step(
        "sign in", True, f"Signed in as {where.user}." if where.user else "Not asked for: BALIE_RELAY names no user."
    )


def _dialogue(line: Connection, mail: EmailMessage) -> Iterator[Step]:
    raw = mail.as_bytes(policy=mail.policy.clone(linesep="\r\n", cte_type="7bit"))
    sender, recipient = (mail[name].addresses[0].addr_spec for name in ("From", "To"))
    _tried("envelope", lambda: line.offer(sender, recipient, len(raw)))
    yield Step("sender", True, f"Mail from {sender} is taken.")
    yield Step("recipient", True, f"Mail to {recipient} is taken.")
    said = _tried("mail", lambda: line.give(raw))
    yield Step("mail", True, f"Taken: «{said}». Whether it arrives, only its recipient can see.")


def _tried(step: str, do: Any) -> Any:
    try:
        return do()
    except Away as away:
        raise _Failed(step, away) from None


def _protection(line: Connection) -> str:
    way = line.secured
    if not way.version:
        return "The way is not encrypted; BALIE_RELAY allows that."
    if not way.verified:
        return f"{way.version}; whose certificate it is was not asked, as BALIE_RELAY allows."
    return f"{way.version}; the certificate is valid for {', '.join(way.names[:5])} until {way.until}."


def _refused(words: str, code: str) -> str:
    return f"No: «{words}»." if words else f"No ({code})."


def _mail(desk: str, address: str) -> EmailMessage:
    version = register.in_force(desk)
    own = register.mail_address(version)
    if not own:
        raise Refused(sentence("The desk «{desk}» has no mail address in its settings file.", desk=desk))
    mail = EmailMessage()
    try:
        mail["To"] = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError):
        raise Invalid(sentence("«{address}» is no mail address.", address=address)) from None
    mail["From"] = Address(version.data["name"][:60], addr_spec=own)
    mail["Subject"] = "Test of the mail server"
    mail["Date"] = format_datetime(timezone.now())
    mail["Message-ID"] = f"<{handles.new().hex}@{own.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_TEXT)
    return mail


def _print(one: Step) -> None:
    printing.line(f"{'ok' if one.ok else 'failed'}\t{one.step}\t{one.says}")
    if one.hint:
        printing.line(f"\t\t{one.hint}")
