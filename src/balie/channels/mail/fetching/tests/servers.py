"""An IMAP server in a thread that behaves as badly as it is told to, and says back what it was asked."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from balie.channels.mail.fetching.tests.standing_mail import connection

GREETING = "* OK ready"
CAPABILITIES = "IMAP4rev1 AUTH=PLAIN UIDPLUS MOVE"


@dataclass
class BadServer:
    """Serves one folder. odd: by command, what is done instead of answering: it gets the wire, the tag and what was asked.

    Returns what is said; None ends the connection.
    """

    mails: dict[int, bytes] = field(default_factory=dict)
    series: int = 1
    greeting: str = GREETING
    capabilities: str = CAPABILITIES
    odd: dict[str, Callable[["BadServer", socket.socket, str, str], bytes | None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @contextmanager
    def serving(self) -> Iterator["BadServer"]:
        with socket.create_server(("127.0.0.1", 0)) as door:
            self.port = door.getsockname()[1]
            thread = threading.Thread(target=self._serve, args=(door,))
            thread.start()
            try:
                yield self
            finally:
                with suppress(OSError):
                    door.shutdown(socket.SHUT_RDWR)
                thread.join(10)

    def _serve(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                wire, _ = door.accept()
                self.connections += 1
                with wire, suppress(OSError):
                    wire.settimeout(10)
                    self._talk(wire)

    def _talk(self, wire: socket.socket) -> None:
        wire.sendall(f"{self.greeting}\r\n".encode())
        self.talk(wire)

    def talk(self, wire: socket.socket) -> None:
        """The dialogue, from where it stands."""
        lines = wire.makefile("rb")
        for line in lines:
            tag, _, rest = line.decode("latin-1").strip().partition(" ")
            said = self._said(wire, lines, tag, rest)
            if said is None:
                return
            wire.sendall(said)

    def _said(self, wire: socket.socket, lines: Any, tag: str, rest: str) -> bytes | None:
        self.asked.append(rest)
        words = rest.upper().split()
        name = " ".join(words[:2]) if words and words[0] == "UID" else (words or [""])[0]
        if name in self.odd:
            return self.odd[name](self, wire, tag, rest)
        if name == "AUTHENTICATE":
            wire.sendall(b"+ \r\n")
            lines.readline()
        return self.usual(name, rest) + f"{tag} OK done\r\n".encode()

    def usual(self, name: str, rest: str) -> bytes:
        """What a server that is well says before the tagged answer."""
        if name == "CAPABILITY":
            return f"* CAPABILITY {self.capabilities}\r\n".encode()
        if name == "SELECT":
            following = max(self.mails, default=0) + 1
            told = (f"{len(self.mails)} EXISTS", f"OK [UIDVALIDITY {self.series}] x", f"OK [UIDNEXT {following}] x")
            return "".join(f"* {one}\r\n" for one in told).encode()
        if name == "UID SEARCH":
            return f"* SEARCH {' '.join(map(str, sorted(self.mails)))}\r\n".encode()
        if name == "UID FETCH":
            return b"".join(self.fetched(number, rest) for number in self.numbers(rest))
        if name == "UID EXPUNGE":
            for number in self.numbers(rest):
                self.mails.pop(number)
        return b""

    def numbers(self, rest: str) -> list[int]:
        return [int(one) for one in re.findall(r"\d+", rest.split()[2]) if int(one) in self.mails]

    def fetched(self, number: int, rest: str, *, size: int | None = None) -> bytes:
        raw = self.mails[number]
        size = len(raw) if size is None else size
        if "RFC822.SIZE" in rest:
            return f"* {number} FETCH (UID {number} RFC822.SIZE {size})\r\n".encode()
        return f"* {number} FETCH (UID {number} BODY[] {{{size}}}\r\n".encode() + raw + b")\r\n"


def to(server: BadServer, folder: Path, **more: Any) -> Any:
    """The mailbox of the settings that leads to a server on this machine."""
    secret = folder / "password"
    secret.write_text("päss-wörd\n", "utf-8")
    secret.chmod(0o600)
    told = {"host": "127.0.0.1", "port": server.port, "user": "desk", "folder": "INBOX", "encryption": "none"}
    return connection(**{**told, "secret": secret, **more})
