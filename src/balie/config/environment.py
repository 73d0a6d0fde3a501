"""What an installation may set, each with its help: this list is also the manual (docs/settings.md)."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from balie.post.relay import Relay

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One variable of the environment: its name, what it is for, how it is read, and what holds when it is not set."""

    name: str
    help: str
    read: Callable[[str], T]
    default: Callable[[], T]
    shown_default: str

    def value(self) -> T:
        text = os.environ.get(self.name, "")
        return self.read(text) if text else self.default()


@dataclass(frozen=True)
class Endpoint:
    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> "Endpoint":
        """`host:port`, `[::1]:port` or `:port`. Raises ValueError with a sentence otherwise."""
        host, _, port = text.rpartition(":")
        if not port.isdigit() or int(port) > 65535:
            raise ValueError(f"«{text}» is no HOST:PORT; write for example 127.0.0.1:8000")
        return cls(host.strip("[]") or "127.0.0.1", int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _numbered(text: str) -> Endpoint:
    """A server by its number: to look its name up, another would have to be asked. Raises ValueError with a sentence."""
    at = Endpoint.read(text)
    try:
        ip_address(at.host)
    except ValueError:
        raise ValueError(f"«{at.host}» is a name; write the number, for example 127.0.0.1:53") from None
    return at


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _beside_the_data() -> Path:
    return data.value().with_name(data.value().name + ".master-key")


data = Setting(
    "BALIE_DATA",
    "The one folder in which an installation keeps everything but the master key.",
    _path,
    lambda: _path("var"),
    "var/",
)
master_key_file = Setting(
    "BALIE_MASTER_KEY_FILE",
    "The file with the master key, outside the data folder, readable by its owner only (0600). Without it nothing can be read.",
    _path,
    _beside_the_data,
    "beside the data folder, with its name and «.master-key»",
)
master_key = Setting(
    "BALIE_MASTER_KEY",
    "The master key itself, 32 bytes in base64, when it comes from a secret store rather than a file.",
    str,
    str,
    "not set",
)
http = Setting(
    "BALIE_HTTP", "Where the pages are served.", Endpoint.read, lambda: Endpoint("127.0.0.1", 8000), "127.0.0.1:8000"
)
smtp = Setting(
    "BALIE_SMTP", "Where mail is received.", Endpoint.read, lambda: Endpoint("127.0.0.1", 2525), "127.0.0.1:2525"
)
relay = Setting[Relay | None](
    "BALIE_RELAY",
    "The mail server that takes the mail we send, and how the way to it is protected. "
    "Without one, mail waits in the outbox (`balie mail outbox`).",
    Relay.read,
    lambda: None,
    "not set",
)
relay_password_file = Setting[Path | None](
    "BALIE_RELAY_PASSWORD_FILE",
    "The file with the password for the user in BALIE_RELAY, readable by its owner only (0600).",
    _path,
    lambda: None,
    "not set",
)
relay_password = Setting(
    "BALIE_RELAY_PASSWORD",
    "That password itself, when it comes from a secret store rather than a file.",
    str,
    str,
    "not set",
)
relay_certificates = Setting[Path | None](
    "BALIE_RELAY_CERTIFICATES",
    "A file with the certificates (PEM) of those whom the mail server's certificate may come from, instead of the system's.",
    _path,
    lambda: None,
    "the system's",
)


def _megabytes(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100:
        raise ValueError(f"«{text}» is no number of megabytes from 1 to 100; write for example 25")
    return int(text)


def _seconds(text: str) -> int:
    if not text.isdigit() or int(text) > 30:
        raise ValueError(f"«{text}» is no number of seconds from 0 to 30; write for example 15")
    return int(text)


answer_files = Setting(
    "BALIE_ANSWER_FILES",
    "How many megabytes the files of one answer may have together. "
    "A mail grows by a third on its way: stay below what your mail server takes.",
    _megabytes,
    lambda: 25,
    "25",
)
undo = Setting(
    "BALIE_UNDO",
    "How many seconds an answer waits before it goes, so that its writer can take it back; 0 to 30.",
    _seconds,
    lambda: 15,
    "15",
)
mailboxes = Setting[Path | None](
    "BALIE_MAILBOXES",
    "A file that names the mailboxes from which mail is fetched (IMAP, maildir). Without it mail comes by SMTP only.",
    _path,
    lambda: None,
    "not set",
)
hosts = Setting(
    "BALIE_HOSTS",
    "The host names under which the pages are reached, separated by commas.",
    _words,
    lambda: ("localhost", "127.0.0.1", "[::1]"),
    "localhost, 127.0.0.1, [::1]",
)
address = Setting(
    "BALIE_URL",
    "How people reach the pages, as it stands in mails: https://desk.example.org. With https, cookies are sent over https only.",
    lambda text: text.rstrip("/"),
    lambda: f"http://{http.value()}",
    "http:// and BALIE_HTTP",
)

receiving_servers = Setting(
    "BALIE_RECEIVING_SERVERS",
    "The names under which our own receiving mail servers write what they checked (authserv-id), separated by commas. "
    "What any other server wrote is not believed.",
    _words,
    lambda: (),
    "not set: nobody is believed",
)
resolver = Setting[Endpoint | None](
    "BALIE_RESOLVER",
    "The name server, by its number, that is asked for the keys of signatures on mail: 127.0.0.1:53. Without one, none is asked.",
    _numbered,
    lambda: None,
    "not set",
)
known_domains = Setting(
    "BALIE_KNOWN_DOMAINS",
    "Domains whose look-alikes are named when mail comes from them, beside those of the desks and their registers.",
    _words,
    lambda: (),
    "not set",
)


def greeting() -> str:
    """How we greet a mail server: as people reach us. Left to itself, smtplib asks a resolver that nobody declared (invariant 4)."""
    host = urlsplit(address.value()).hostname or "localhost"
    try:
        literal = ip_address(host)
    except ValueError:
        return host
    return f"[{literal}]" if literal.version == 4 else f"[IPv6:{literal}]"


ALL: tuple[Setting[object], ...] = (  # type: ignore[assignment]
    *(data, master_key_file, master_key, http, smtp),
    *(relay, relay_password_file, relay_password, relay_certificates, answer_files, undo),
    *(mailboxes, hosts, address),
    *(receiving_servers, resolver, known_domains),
)
