"""The mail server that takes what we send: where it is, how the way to it is protected, and who we are to it."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit


class Tls(StrEnum):
    """How the way is protected.

    implicit: TLS from the first byte. required: STARTTLS with a certificate that holds, or nothing is sent. opportunistic:
    encrypted where it is offered, whoever answers. none: in the clear.
    """

    IMPLICIT = "implicit"
    REQUIRED = "required"
    OPPORTUNISTIC = "opportunistic"
    NONE = "none"


@dataclass(frozen=True)
class Relay:
    """One mail server that takes our mail. user: the name that we sign in with, or nothing."""

    host: str
    port: int
    tls: Tls = Tls.OPPORTUNISTIC
    user: str = ""

    @classmethod
    def read(cls, text: str) -> "Relay":
        """`smtps://user@host:465`, `smtp://user@host:587`, `smtp://host:25?tls=opportunistic`, or `host:port`.

        Raises ValueError with a sentence for anything else, and for what would send a password or a mail in the clear.
        """
        parts = _parts(text)
        _nothing_more(text, parts)
        user = unquote(parts.username or "")
        secure = parts.scheme == "smtps"
        port = parts.port or (465 if secure else 587 if user else 25)
        assert parts.hostname is not None
        relay = cls(parts.hostname, port, _tls(text, parts), user)
        _no_secret_in_the_clear(relay)
        return relay

    @property
    def is_here(self) -> bool:
        """Whether the way to it stays on this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def _parts(text: str) -> SplitResult:
    parts = urlsplit(text if "://" in text else f"smtp://{text}")
    try:
        fits = parts.scheme in ("smtp", "smtps") and parts.hostname and (parts.port or "://" in text)
    except ValueError:  # a port that is none
        fits = False
    if not fits:
        raise ValueError(
            f"«{text.rpartition('@')[2]}» (BALIE_RELAY) is no mail server; write for example smtps://desk@mail.example.org:465"
        )
    return parts


def _nothing_more(text: str, parts: SplitResult) -> None:
    if parts.password is not None:
        raise ValueError(
            "BALIE_RELAY holds a password: put it into a file that only its owner can read, and name it in BALIE_RELAY_PASSWORD_FILE"
        )
    if parts.path not in ("", "/") or parts.fragment or set(parse_qs(parts.query, keep_blank_values=True)) - {"tls"}:
        raise ValueError("BALIE_RELAY has something behind the host that is not known; only ?tls= may stand there")


def _tls(text: str, parts: SplitResult) -> Tls:
    asked = parse_qs(parts.query).get("tls", [""])[0]
    if parts.scheme == "smtps":
        if asked:
            raise ValueError("BALIE_RELAY: smtps:// is TLS from the first byte, so ?tls= has nothing to say there")
        return Tls.IMPLICIT
    if asked not in ("", Tls.REQUIRED, Tls.OPPORTUNISTIC, Tls.NONE):
        raise ValueError(f"BALIE_RELAY: ?tls= is «required», «opportunistic» or «none», not «{asked}»")
    here = Relay(parts.hostname or "", 25).is_here
    return Tls(asked) if asked else Tls.OPPORTUNISTIC if here else Tls.REQUIRED


def _no_secret_in_the_clear(relay: Relay) -> None:
    if relay.is_here:
        return
    if relay.tls == Tls.NONE:
        raise ValueError(
            "BALIE_RELAY: without TLS mail goes only to this machine itself; use ?tls=opportunistic or better"
        )
    if relay.user and relay.tls == Tls.OPPORTUNISTIC:
        raise ValueError("BALIE_RELAY: a password is sent only over TLS that is checked; leave ?tls=opportunistic out")
