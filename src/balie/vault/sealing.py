"""Sealing and opening one record: AES-256-GCM under the record's own key, bound to its handle and item."""

import secrets
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


def seal(key: bytes, handle: UUID, item: str, value: bytes) -> bytes:
    """Nonce and sealed value. What was sealed for one handle and item opens for no other."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value, _bound(handle, item))


def unseal(key: bytes, handle: UUID, item: str, sealed: bytes) -> bytes:
    """The value. Raises cryptography's InvalidTag when it was changed or moved."""
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(handle, item))


def _bound(handle: UUID, item: str) -> bytes:
    return handle.bytes + item.encode()
