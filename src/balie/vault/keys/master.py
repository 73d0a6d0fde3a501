"""The master key: read from a file outside the data folder or from the environment, never written by anything but set-up."""

import base64
import binascii
import os
import secrets
import stat
from functools import cache
from pathlib import Path

from django.conf import settings

from balie.kernel import Invalid, sentence

LENGTH = 32


def make(path: Path) -> None:
    """Write a fresh master key to a new file with mode 0600. Raises Invalid when there is one already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as stands:
        raise Invalid(sentence("There is a master key already; it was left as it is.")) from stands
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(LENGTH)) + b"\n")
        file.flush()
        os.fsync(file.fileno())


@cache
def key() -> bytes:
    """The master key, 32 bytes. Raises Invalid with a sentence that says what to do when it is missing or unfit."""
    if settings.BALIE_MASTER_KEY:
        return _decoded(settings.BALIE_MASTER_KEY, "BALIE_MASTER_KEY")
    path = Path(settings.BALIE_MASTER_KEY_FILE)
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii")
    except FileNotFoundError as missing:
        raise Invalid(
            sentence(
                "There is no master key at {path}. Put the key back there, or name its place in BALIE_MASTER_KEY_FILE; "
                "without it nothing that was kept can be read.",
                path=path,
            )
        ) from missing
    except (OSError, UnicodeDecodeError) as unreadable:
        raise Invalid(
            sentence("The master key at {path} cannot be read: check who owns the file.", path=path)
        ) from unreadable
    if stat.S_IMODE(mode) & 0o077:
        raise Invalid(
            sentence(
                "Others can read the master key at {path}. Run `chmod 600` on it, and consider it known.", path=path
            )
        )
    return _decoded(text, str(path))


def _decoded(text: str, place: str) -> bytes:
    try:
        found = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != LENGTH:
        raise Invalid(
            sentence(
                "What stands in {place} is not 32 bytes in base64, so no master key: put the right one there; nothing was changed.",
                place=place,
            )
        )
    return found
