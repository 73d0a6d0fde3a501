"""Large records in files of their own: sealed in chunks, so that no file has to fit in memory and none can be cut or reordered.

A file is a nonce prefix of 7 bytes and then chunks of 1 MiB, each sealed under nonce = prefix ‖ 4-byte count ‖ last-chunk mark.
"""

import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

CHUNK = 1024 * 1024
_PREFIX, _TAG = 7, 16
_HANDLE = re.compile("[0-9a-f]{32}")


def path_of(handle: UUID) -> Path:
    return Path(settings.BALIE_FILES) / handle.hex[-2:] / handle.hex


def write(key: bytes, handle: UUID, item: str, value: bytes) -> None:
    """Write and make durable. Only whole files ever stand under a handle's name."""
    path = path_of(handle)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        for piece in _sealed(AESGCM(key), handle.bytes + item.encode(), value):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync_folder(path.parent)


def read(key: bytes, handle: UUID, item: str) -> bytes:
    """The whole value. Raises FileNotFoundError when the file is gone, InvalidTag when it was changed, cut or reordered."""
    box, bound = AESGCM(key), handle.bytes + item.encode()
    out = bytearray()
    with path_of(handle).open("rb") as file:
        prefix = file.read(_PREFIX)
        count, piece = 0, file.read(CHUNK + _TAG)
        while True:
            following = file.read(CHUNK + _TAG)
            out += box.decrypt(_nonce(prefix, count, last=not following), piece, bound)
            if not following:
                return bytes(out)
            count, piece = count + 1, following


def length(size: int) -> int:
    """How many bytes the file of a value of so many bytes has."""
    return _PREFIX + size + _TAG * max(1, -(-size // CHUNK))


def remove(handle: UUID) -> None:
    """Take the file away; no file is no fault."""
    path_of(handle).unlink(missing_ok=True)


def all_handles() -> Iterator[tuple[UUID, Path]]:
    """Each file that stands, with the handle that its name says; a half-written one counts as well, another's file does not."""
    root = Path(settings.BALIE_FILES)
    for path in root.glob("??/*"):
        if _HANDLE.fullmatch(path.stem):
            yield UUID(path.stem), path


def _sealed(box: AESGCM, bound: bytes, value: bytes) -> Iterator[bytes]:
    prefix = secrets.token_bytes(_PREFIX)
    yield prefix
    starts = range(0, max(len(value), 1), CHUNK)
    for count, start in enumerate(starts):
        last = count == len(starts) - 1
        yield box.encrypt(_nonce(prefix, count, last=last), value[start : start + CHUNK], bound)


def _nonce(prefix: bytes, count: int, *, last: bool) -> bytes:
    return prefix + count.to_bytes(4, "big") + bytes([last])


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
