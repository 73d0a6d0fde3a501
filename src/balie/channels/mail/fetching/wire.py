"""A connection to an IMAP server that trusts it with nothing: each answer has its time and its size."""

import imaplib
import socket
import ssl
import time
from typing import Any

from balie.channels.mail.fetching.source import TooLarge, Trouble

PATIENCE = 30.0  # seconds for an answer that holds no mail
SLOWEST = 20_000  # bytes a second: a mail that comes slower is not waited for
TALK = 1024 * 1024  # bytes of an answer that holds no mail
LINES = 20_000  # of one answer: each costs more than its bytes
PIECE = 64 * 1024


class Wire(imaplib.IMAP4):
    """The standard library's dialogue over reading of our own, which ends when an answer is too long or too late.

    context: TLS from the first byte; None for a connection that begins without.
    """

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None) -> None:
        self._context, self._ahead = context, bytearray()
        self.allow(TALK)
        super().__init__(host, port, timeout=PATIENCE)

    def allow(self, size: int, seconds: float | None = None) -> None:
        """What follows may take so many bytes and seconds (default: what so many bytes take on a slow line)."""
        self._left, self._lines = size, LINES
        self._end = time.monotonic() + (PATIENCE + max(0, size - TALK) / SLOWEST if seconds is None else seconds)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """Connect. What the server sent beforehand, and reading through a file object, are not trusted (see `read`)."""
        super().open(host, port, timeout)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain: socket.socket = super()._create_socket(timeout)  # type: ignore[misc]
        return self._context.wrap_socket(plain, server_hostname=self.host) if self._context else plain

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        """Switch to TLS. Whatever came before the switch in the same breath was said by nobody we know: it ends the dialogue
        (the library would take it for the first answer after the switch)."""
        said, words = self._simple_command("STARTTLS")
        if said != "OK" or ssl_context is None:
            raise self.error("STARTTLS refused")
        if self._ahead:
            raise Trouble("rubbish")
        self.sock = ssl_context.wrap_socket(self.sock, server_hostname=self.host)
        return said, words

    def read(self, size: int) -> bytes:
        """So many bytes of an announced literal; TooLarge before the first when that is more than was allowed."""
        if size > self._left:
            raise TooLarge
        while len(self._ahead) < size:
            self._more()
        return self._taken(size)

    def readline(self) -> bytes:
        """A line with its end; nothing when the server has hung up."""
        searched, self._lines = 0, self._lines - 1
        while (end := self._ahead.find(b"\n", searched)) < 0:
            if len(self._ahead) > self._left:
                raise TooLarge
            searched = len(self._ahead)
            self._more()
        if end >= self._left or self._lines < 0:
            raise TooLarge
        return self._taken(end + 1)

    def send(self, data: Any) -> None:
        self._in_time()
        super().send(data)

    def _more(self) -> None:
        self._in_time()
        got = self.sock.recv(PIECE)
        if not got:
            raise Trouble("dropped")
        self._ahead += got

    def _in_time(self) -> None:
        rest = self._end - time.monotonic()
        if rest <= 0:
            raise TimeoutError
        self.sock.settimeout(min(rest, PATIENCE))

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._ahead[:size])
        del self._ahead[:size]
        self._left -= size
        return taken
