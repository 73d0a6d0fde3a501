"""Secrets that a desk's root key yields and that nothing stores: look-ups, tokens, the key that signs the evidence."""

import base64
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from balie.vault import words
from balie.vault.keys import master, store


@dataclass(frozen=True)
class Signer:
    """Signs a desk's evidence (Ed25519). `origin` is the log's name in the C2SP sense."""

    origin: str
    _key: Ed25519PrivateKey

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def open_desk(desk: str) -> None:
    """Give a desk its root key, once. Raises Invalid when the master key is missing or is not the one of this store."""
    store.open_desk(desk)


@cache
def signer_for(desk: str) -> Signer:
    """The signer of a desk's evidence; the same at every start."""
    key = Ed25519PrivateKey.from_private_bytes(store.derived(desk, "evidence"))
    return Signer(f"balie/{desk}/evidence", key)


def lookup(desk: str, purpose: str, value: str) -> bytes:
    """A keyed hash of 16 bytes by which a table of structure finds a value that it does not hold."""
    return _mac(store.derived(desk, f"lookup {purpose}"), value)[:16]


def token(desk: str, purpose: str, value: str) -> str:
    """A secret word of 16 letters and digits for one thing, which nobody can guess and nothing needs to store."""
    return base64.b32encode(_mac(store.derived(desk, f"token {purpose}"), value)[:10]).decode().lower()


def _mac(key: bytes, value: str) -> bytes:
    mac = HMAC(key, SHA256())
    mac.update(value.encode())
    return mac.finalize()


def make_master_key(path: Path) -> None:
    """Write a fresh master key to a new file (mode 0600). Raises Invalid when one stands there."""
    master.make(path)


def check_master_key() -> None:
    """Raise Invalid, with a sentence that says what to do, when the master key is missing or is not the one of this store."""
    store.check_master_key()


def forget() -> None:
    """Drop every key and hash that this process remembers: after a restore, or between tests."""
    store.forget()
    words.forget()
    signer_for.cache_clear()
