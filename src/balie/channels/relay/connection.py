"""One connection with the mail server that takes our mail: protected as asked, used for several mails, never for ever."""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from balie.channels.relay import credentials
from balie.kernel import Invalid

REPLY = 60.0  # seconds for one reply of the server
LAST_REPLY = 600.0  # for the reply to a whole mail: who gives up earlier sends it twice (RFC 5321 4.5.3.2.6)
WHOLE = 120.0  # for all else of one dialogue, and for each further megabyte the same again in ten
_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}\b")
_OUR_FAULT = frozenset({530, 534, 535, 538})  # we are not signed in, or not as asked: no mail's fault


class Away(Exception):  # noqa: N818 - it is a state of the server
    """The server cannot be used now, whatever the mail. code: why, ours (`no-connection`) or the server's (`4.3.2`).

    words: what the server said, for a person who tries; never kept.
    """

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code, self.words = code, words


class NotTaken(Exception):  # noqa: N818 - it is an answer
    """The server does not take this one mail. permanent: trying again is of no use. stage: `sender`, `recipient` or `mail`."""

    def __init__(self, code: str, *, permanent: bool, stage: str, words: str = "") -> None:
        super().__init__(code)
        self.code, self.permanent, self.stage, self.words = code, permanent, stage, words


@dataclass(frozen=True)
class Secured:
    """How the way is protected: TLS version or nothing, whether the certificate was verified, for whom it is and until when."""

    version: str = ""
    verified: bool = False
    names: tuple[str, ...] = ()
    until: str = ""


class Connection:
    """Opened with the first mail, kept for those after it, given up after a fault. One thread at a time."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None
        self.secured = Secured()

    @property
    def is_open(self) -> bool:
        return self._server is not None and self._server.sock is not None

    def open(self) -> None:
        """Connect, protect the way, sign in. Raises Away; does nothing when it is open."""
        if not self.is_open:
            self.connect()
            self.secure()
            self.sign_in()

    def connect(self) -> None:
        """The first step: reach the server and be greeted."""
        relay: Any = settings.BALIE_RELAY
        with _as_away("no-connection"):
            self._server = server = _made()
            with self._bounded(WHOLE):
                _expect(server.connect(relay.host, relay.port), 220)
                _expect(server.ehlo(), 250)
            assert server.sock is not None
            server.sock.settimeout(REPLY)
        self._see()

    def secure(self) -> None:
        """The second: encrypt the way as the setting asks."""
        relay: Any = settings.BALIE_RELAY
        server = self._open_one()
        if relay.tls in ("implicit", "none"):
            return
        if not server.has_extn("starttls"):
            if relay.tls == "required":
                raise Away("no-tls")
            return
        with _as_away("dropped"), self._bounded(WHOLE):
            _expect(server.starttls(context=credentials.context()), 220)
            _expect(server.ehlo(), 250)
        self._see()

    def sign_in(self) -> None:
        """The third: sign in, where the setting names a user."""
        relay: Any = settings.BALIE_RELAY
        if not relay.user:
            return
        with _as_away("dropped"), self._bounded(WHOLE):
            self._open_one().login(relay.user, credentials.password())

    def offer(self, sender: str, recipient: str, size: int) -> None:
        """Name sender (empty: nobody) and recipient. Raises NotTaken or Away."""
        server = self._open_one()
        options = [f"SIZE={size}"] if server.has_extn("size") else []
        if not recipient.isascii():
            options.append(_any_letters(server))
        with _as_away("dropped"), self._bounded(WHOLE):
            self._asked(server.mail(sender, options), "sender")
            self._asked(server.rcpt(recipient), "recipient")

    def give(self, raw: bytes) -> str:
        """Give the mail itself (lines ending in CRLF) and wait for the receipt; what the server said. Raises NotTaken or Away.

        When Away is raised after the last line went, the server may have taken it: nobody knows.
        """
        server = self._open_one()
        with _as_away("dropped"), self._bounded(WHOLE + len(raw) / 1e6 * WHOLE / 10 + LAST_REPLY):
            self._asked(server.docmd("DATA"), "mail", ready=354)
            server.send(_stuffed(raw))
            assert server.sock is not None
            server.sock.settimeout(LAST_REPLY)
            said = self._asked(server.getreply(), "mail")
            server.sock.settimeout(REPLY)
        return said

    def close(self) -> None:
        """End the dialogue politely; what the server makes of that changes nothing any more."""
        if self._server is not None:
            with self._bounded(5), suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self.drop()

    def drop(self) -> None:
        """End it at once."""
        if self._server is not None:
            with suppress(OSError):
                self._server.close()
            self._server = None

    def _open_one(self) -> smtplib.SMTP:
        if self._server is None or self._server.sock is None:
            raise Away("dropped")
        return self._server

    def _asked(self, reply: tuple[int, bytes], stage: str, *, ready: int = 250) -> str:
        code, words = reply
        if code == ready or (ready == 250 and 200 <= code < 300):
            return _words(words)
        status = _status(code, words)
        if code == 421 or code < 400:
            raise Away(status, _words(words))
        if code in _OUR_FAULT:
            raise Away("sign-in", _words(words))
        with suppress(smtplib.SMTPException, OSError):  # a line that breaks now shows with the next mail
            self._open_one().rset()
        raise NotTaken(status, permanent=code >= 500, stage=stage, words=_words(words))

    @contextmanager
    def _bounded(self, seconds: float) -> Iterator[None]:
        """A server that gives a byte now and then holds up nobody for longer than this."""
        over = threading.Event()
        watch = threading.Timer(seconds, self._cut, [over])
        watch.daemon = True
        watch.start()
        try:
            yield
        except (smtplib.SMTPException, OSError):
            if over.is_set():
                raise TimeoutError from None
            raise
        finally:
            watch.cancel()

    def _cut(self, over: threading.Event) -> None:
        over.set()
        sock = self._server.sock if self._server else None
        if sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # under TLS too: what waits for an answer wakes

    def _see(self) -> None:
        """What TLS came to, for whoever wants to know."""
        sock = self._server.sock if self._server else None
        if not isinstance(sock, ssl.SSLSocket):
            return
        held: dict[str, Any] = dict(sock.getpeercert() or {})
        names = tuple(name for kind, name in held.get("subjectAltName", ()) if kind in ("DNS", "IP Address"))
        self.secured = Secured(sock.version() or "", bool(held), names, held.get("notAfter", ""))


def _any_letters(server: smtplib.SMTP) -> str:
    if not server.has_extn("smtputf8"):
        raise NotTaken(
            "5.6.7", permanent=True, stage="recipient", words="The server names no such addresses (SMTPUTF8)."
        )
    return "SMTPUTF8"


def _made() -> smtplib.SMTP:
    relay: Any = settings.BALIE_RELAY
    greeting, patience = settings.BALIE_GREETING, min(REPLY, 30)
    if relay.tls == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            local_hostname=greeting, timeout=patience, context=credentials.context()
        )
    else:
        server = smtplib.SMTP(local_hostname=greeting, timeout=patience)
    server._host = relay.host  # type: ignore[attr-defined]  # the name that the certificate must have; only the constructor sets it
    return server


@contextmanager
def _as_away(code: str) -> Iterator[None]:
    """What goes wrong on the way, as Away. code: for a connection that is not there, or no more."""
    try:
        yield
    except (smtplib.SMTPException, OSError, Invalid) as wrong:
        raise _away(wrong, code) from None


def _away(wrong: Exception, code: str) -> Away:
    if isinstance(wrong, Invalid):
        return Away("sign-in", str(wrong.sentence))
    if isinstance(wrong, smtplib.SMTPNotSupportedError):
        return Away("sign-in", "The server offers no way of signing in that we know.")
    if isinstance(wrong, smtplib.SMTPResponseException):
        return _answered(wrong)
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return Away("certificate", wrong.verify_message)
    if isinstance(wrong, ssl.SSLError):
        return Away("tls", wrong.reason or "")
    return Away(_broken(wrong) or code, getattr(wrong, "strerror", "") or "")


def _answered(wrong: smtplib.SMTPResponseException) -> Away:
    """The server says no before there is a mail: to a name and a password, or to everybody."""
    words, status = _words(wrong.smtp_error), _status(wrong.smtp_code, wrong.smtp_error)
    if 400 <= wrong.smtp_code < 500:
        return Away(status, words)
    return Away("sign-in" if isinstance(wrong, smtplib.SMTPAuthenticationError) else "not-ready", words)


def _broken(wrong: Exception) -> str:
    """How a line that there was broke: smtplib calls silence a disconnection too."""
    if isinstance(wrong, TimeoutError) or isinstance(wrong.__context__, TimeoutError):
        return "no-answer"
    return "dropped" if isinstance(wrong, smtplib.SMTPServerDisconnected | ConnectionResetError) else ""


def _expect(reply: tuple[int, bytes], code: int) -> None:
    if reply[0] != code:
        raise smtplib.SMTPResponseException(*reply)


def _status(code: int, words: bytes | str) -> str:
    """The enhanced status code (RFC 3463) that a server gives, else its three digits."""
    found = _STATUS.match(_words(words))
    return found[0] if found and found[1] == str(code)[:1] else str(code)


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:300]


def _stuffed(raw: bytes) -> bytes:
    """A mail as it goes over the wire: a point at the beginning of a line is doubled, one alone ends it (RFC 5321 4.5.2)."""
    body = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", body) + b".\r\n"
