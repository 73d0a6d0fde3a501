"""A mailbox on an IMAP server (RFC 9051 and 3501): what we ask it, and what we make of what goes wrong."""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import ProtocolError

from balie.channels.mail.fetching.source import Standing, TooLarge, Trouble
from balie.channels.mail.fetching.wire import TALK, Wire
from balie.desk.mailboxes import Connection, secret_of
from balie.kernel import Invalid

LIST = 8 * 1024 * 1024  # bytes in which the numbers of a million mails can be told
A_MAIL = 4096  # bytes that are said around each mail
# Response codes and words with which servers ask for patience (RFC 5530, and what large providers say).
_LATER = re.compile(
    rb"\[(UNAVAILABLE|INUSE|LIMIT|THROTTLED|OVERQUOTA|SERVERBUG)|too many|try again|temporar|throttl", re.I
)


class _Client(IMAPClient):  # type: ignore[misc]
    """The library's client over a wire of ours."""

    def _create_IMAP4(self) -> Wire:  # noqa: N802 - the library's name
        return Wire(self.host, self.port, self.ssl_context if self.ssl else None)

    def _set_read_timeout(self) -> None:
        """The wire has its own."""


class ImapSource:
    """One folder of one account, opened. Raises Trouble when it cannot be."""

    def __init__(self, connection: Connection, *, idle: bool = True) -> None:
        self.connection, self._idle = connection, idle
        with _speaking("unreachable", away="unreachable"):
            self._client = _Client(
                connection.host, connection.port, ssl=connection.encryption == "tls", ssl_context=_context(connection)
            )
        self._wire: Wire = self._client._imap
        try:
            self._sign_in()
            self._select()
        except BaseException:
            self.close()
            raise

    def standing(self) -> list[Standing]:
        with self._asking("refused"):
            self._client.noop()  # some servers tell of new mail only then
        with self._asking("refused", LIST):
            numbers = self._client.search(["UNDELETED"])
            unseen = set(self._client.search(["UNDELETED", "UNSEEN"]) if self.connection.after == "seen" else numbers)
        return [Standing(f"{self.series}.{number}", number, number not in unseen) for number in sorted(set(numbers))]

    def sizes(self, mails: Sequence[Standing]) -> Mapping[str, int]:
        places = {mail.number: mail.place for mail in mails}
        with self._asking("refused", TALK + A_MAIL * len(mails)):
            told = self._client.fetch(sorted(places), ["RFC822.SIZE"])
            return {
                places[number]: int(said[b"RFC822.SIZE"]) for number, said in told.items() if b"RFC822.SIZE" in said
            }

    def read(self, mails: Sequence[Standing], *, allowed: int) -> Mapping[str, bytes]:
        places = {mail.number: mail.place for mail in mails}
        with self._asking("refused", allowed + A_MAIL * (len(mails) + 1), long=TooLarge()):
            told = self._client.fetch(sorted(places), ["BODY.PEEK[]"])
        return {
            places[number]: said[b"BODY[]"] for number, said in told.items() if isinstance(said.get(b"BODY[]"), bytes)
        }

    def settle(self, mails: Sequence[Standing]) -> None:
        numbers = [mail.number for mail in mails]
        with self._asking("not-marked", TALK + A_MAIL * len(numbers)):
            if self.connection.after == "seen":
                self._client.add_flags(numbers, [b"\\Seen"], silent=True)
            elif self.connection.after == "move" and self._client.has_capability("MOVE"):
                self._client.move(numbers, self.connection.target)
            else:
                self._take_away(numbers)

    def wait(self, seconds: float) -> None:
        """The server tells of new mail if it can (RFC 2177)."""
        if self.watch == "poll":
            time.sleep(seconds)
            return
        with self._asking("no-idle"):
            self._client.idle()
            self._listen(seconds)
            self._wire.allow(TALK)
            self._client.idle_done()

    def close(self) -> None:
        """Without a word of farewell: a server that hangs is not waited for."""
        with suppress(OSError, imaplib.IMAP4.error):
            self._wire.shutdown()

    def _sign_in(self) -> None:
        with self._asking("no-tls"):
            if self.connection.encryption == "starttls":
                self._client.starttls(_context(self.connection))
        try:
            secret = secret_of(self.connection)
        except Invalid:
            raise Trouble("secret") from None
        with self._asking("sign-in"):
            self._say_who(secret)

    def _say_who(self, secret: str) -> None:
        user = self.connection.user
        if self.connection.token and self._client.has_capability("AUTH=OAUTHBEARER"):
            self._client.oauthbearer_login(user, secret)
        elif self.connection.token:
            self._client.oauth2_login(user, secret)
        elif self._client.has_capability("AUTH=PLAIN"):
            self._client.plain_login(user, secret)
        else:
            self._client.login(user, secret)

    def _select(self) -> None:
        with self._asking("refused"):
            self._client.capabilities()  # those after the signing in
        with self._asking("no-folder"):
            told = self._client.select_folder(self.connection.folder)
            self.series = _number(told, b"UIDVALIDITY") or 1
            self.following = _number(told, b"UIDNEXT") or self._after_the_last()
            self.watch = "idle" if self._idle and self._client.has_capability("IDLE") else "poll"
        if self.connection.after == "move":
            self._make_target()

    def _after_the_last(self) -> int:
        """A server that does not say which number comes next (some old ones) has given out these."""
        return max(self._client.search(["ALL"]), default=0) + 1

    def _make_target(self) -> None:
        with self._asking("not-marked"):
            if not self._client.folder_exists(self.connection.target):
                self._client.create_folder(self.connection.target)

    def _take_away(self, numbers: list[int]) -> None:
        """Copy first where it shall stay; then delete these, and never what somebody else has marked for it."""
        if self.connection.after == "move":
            self._client.copy(numbers, self.connection.target)
        self._client.add_flags(numbers, [b"\\Deleted"], silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(numbers)

    def _listen(self, seconds: float) -> None:
        self._wire.allow(TALK, seconds)
        with suppress(TimeoutError):
            while b"EXISTS" not in self._wire.readline().upper():
                pass

    @contextmanager
    def _asking(self, refused: str, size: int = TALK, *, long: Exception | None = None) -> Iterator[None]:
        self._wire.allow(size)
        try:
            with _speaking(refused, long=long):
                yield
        except Trouble as trouble:
            farewell = b" ".join(one for one in self._wire.untagged_responses.get("BYE", []) if isinstance(one, bytes))
            raise Trouble("busy" if _LATER.search(farewell) else trouble.code) from None


@contextmanager
def _speaking(refused: str, *, away: str = "dropped", long: Exception | None = None) -> Iterator[None]:
    """Whatever goes wrong becomes Trouble. refused: the code for a server that says no. away: for a line that breaks.
    long: what to raise when an answer is longer than was allowed."""
    try:
        yield
    except Trouble:
        raise
    except TooLarge:
        raise long or Trouble("rubbish") from None
    except ssl.SSLCertVerificationError:
        raise Trouble("certificate") from None
    except TimeoutError:
        raise Trouble("timeout") from None
    except OSError:
        raise Trouble(away) from None
    except imaplib.IMAP4.error as no:
        raise Trouble(_meant(no, refused)) from None
    except Exception:  # noqa: BLE001 - what a server's rubbish makes of a parser has no name
        raise Trouble("rubbish") from None


def _meant(no: imaplib.IMAP4.error, refused: str) -> str:
    """What a refusal means. The library says `abort` for what is no IMAP and for a farewell."""
    words = str(no).encode("utf-8", "replace")
    if _LATER.search(words):
        return "busy"
    if isinstance(no, ProtocolError):
        return "rubbish"
    if isinstance(no, imaplib.IMAP4.abort):
        return "rubbish" if b"unexpected" in words or b"unterminated" in words else "dropped"
    return refused


def _context(connection: Connection) -> ssl.SSLContext | None:
    if connection.encryption == "none":
        return None
    return ssl.create_default_context(cafile=connection.certificates)


def _number(told: Mapping[bytes, Any], name: bytes) -> int:
    return int(told.get(name) or 0)
