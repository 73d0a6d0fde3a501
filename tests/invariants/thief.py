"""Somebody with copies of all files and with the master key, who knows how things are sealed, and imports nothing of the program."""

import base64
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


@dataclass(frozen=True)
class Sealed:
    """One sealed record of a copy of the rows."""

    handle: str
    desk: str
    item: str
    key: int
    sealed: bytes


def rows(data: Path) -> list[Sealed]:
    """Every record in a copy of the rows that is sealed there (large ones lie in files)."""
    return [
        Sealed(*row)
        for row in _read(data, "SELECT handle, desk, item, key, sealed FROM vault_record WHERE sealed NOT NULL")
    ]


def keys(store: Path, master: Path) -> dict[int, bytes]:
    """Every key in a copy of the key store that the master key leads to, by its number."""
    opener = AESGCM(base64.b64decode(master.read_text()))
    wrapping = {
        desk: _wrapping(_open(opener, sealed, desk))
        for desk, sealed in _read(store, "SELECT desk, sealed FROM keys_deskkey")
    }
    living = _read(store, "SELECT id, desk, sealed FROM keys_recordkey WHERE sealed NOT NULL")
    return {number: _open(wrapping[desk], sealed, desk) for number, desk, sealed in living if desk in wrapping}


def opened(records: Iterable[Sealed], found: dict[int, bytes]) -> dict[str, bytes]:
    """What of these records any of these keys opens, by handle: each key is tried on each record, whatever its number says."""
    out = {}
    for record in records:
        first = [found[record.key]] if record.key in found else []
        for key in (*first, *found.values()):
            try:
                bound = UUID(record.handle).bytes + record.item.encode()
                out[record.handle] = AESGCM(key).decrypt(record.sealed[:NONCE], record.sealed[NONCE:], bound)
            except InvalidTag:
                continue
            break
    return out


def _open(box: AESGCM, sealed: bytes, desk: str) -> bytes:
    return box.decrypt(sealed[:NONCE], sealed[NONCE:], desk.encode())


def _wrapping(root: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"record keys").derive(root))


def _read(path: Path, query: str) -> list[tuple]:  # type: ignore[type-arg]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchall()
