"""Signed notes and checkpoints as C2SP writes them: a few lines of text that anyone can keep and check."""

import base64
import hashlib
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "\u2014 "


class Signer(Protocol):
    """Who signs a desk's checkpoints. origin: the log's name, `desk.example.org/evidence`, also the key's name."""

    @property
    def origin(self) -> str: ...

    @property
    def public_key(self) -> bytes:
        """32 bytes, Ed25519."""

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class Checkpoint:
    """What a log stood for at one moment: its name, its number of entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """Of the signed part of a note; ValueError when it is none. Further lines are extensions, passed over."""
        origin, size, root, *_ = [*text.split("\n"), "", ""]
        if not origin or not size.isascii() or not size.isdigit() or str(int(size)) != size:
            raise ValueError("this is no checkpoint")
        found = cls(origin, int(size), _bytes(root))
        if len(found.root) != 32:
            raise ValueError("this is no checkpoint")
        return found


def vkey(origin: str, public_key: bytes) -> str:
    """The public key as a line that verifiers take: name, key id, and the key in base64."""
    return f"{origin}+{_key_id(origin, public_key).hex()}+{base64.b64encode(_ED25519 + public_key).decode()}"


def sign(text: str, signer: Signer) -> str:
    """The note: the text, which ends in a line feed, an empty line, and the signature."""
    signature = _key_id(signer.origin, signer.public_key) + signer.sign(text.encode())
    return f"{text}\n{_DASH}{signer.origin} {base64.b64encode(signature).decode()}\n"


def opened(note: str, key: str) -> str:
    """The text of a note that the key has signed, ValueError when it has not. Others' signatures do not count."""
    name, key_id, public_key = _read_vkey(key)
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        signer, _, value = line.removeprefix(_DASH).rpartition(" ")
        signature = _bytes(value)
        if line.startswith(_DASH) and signer == name and signature[:4] == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(public_key).verify(signature[4:], f"{text}\n".encode())
            except InvalidSignature:
                raise ValueError("the signature does not fit the text") from None
            return f"{text}\n"
    raise ValueError("the key has not signed this")


def _read_vkey(key: str) -> tuple[str, bytes, bytes]:
    name, given_id, encoded = [*key.strip().split("+", 2), "", ""][:3]
    data = _bytes(encoded)
    if len(data) != 33 or data[:1] != _ED25519 or _key_id(name, data[1:]).hex() != given_id:
        raise ValueError("this is no public key of a log: NAME+ID+KEY")
    return name, bytes.fromhex(given_id), data[1:]


def _key_id(name: str, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (NotBase64, ValueError):
        return b""
