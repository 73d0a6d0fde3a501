"""The public notice as a PDF for anybody who asks: made once for each version and language, and kept beside the data.

Making one takes a second of a processor and memory that a server of pages does not have to spare. So a process of its own makes
it, one at a time on a machine, and whoever asks again gets the same file. There are as many as versions and languages; nothing
personal is in any.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from balie import register
from balie.channels.publishing import apart
from balie.channels.publishing.page import html
from balie.kernel import Refused, sentence

PATIENCE = 30.0  # seconds that somebody waits for another's PDF, and for one's own


def kept_pdf(version: register.Version, language: str) -> bytes:
    """The public notice of a version in one of its languages as a PDF. Raises Refused where none can be made now."""
    notice = register.notice_for(version, audience="public", language=language)
    page = html(notice, version.wording(version.data["organisation"]).read(language)).encode()
    kept = _place(version, language, page)
    if not kept.exists():
        with _alone(kept.parent):
            if not kept.exists():  # another made it meanwhile
                _keep(kept, _made(page))
    return kept.read_bytes()


def _place(version: register.Version, language: str, page: bytes) -> Path:
    """Named by what is in it: the page says the version's fingerprint, and a new layout is another file."""
    digest = hashlib.sha256(page).hexdigest()[:24]
    return Path(settings.BALIE_NOTICES) / f"{version.desk}-{version.number}-{language}-{digest}.pdf"


def _keep(kept: Path, made: bytes) -> None:
    """The whole file or none of it; what was there of the same version and language goes."""
    for older in kept.parent.glob(f"{kept.name.rpartition('-')[0]}-*.pdf"):
        older.unlink(missing_ok=True)
    half = kept.with_suffix(".half")
    half.write_bytes(made)
    os.replace(half, kept)


def _made(page: bytes) -> bytes:
    """By a process without this one's keys, database and environment."""
    command = [sys.executable, "-I", apart.__file__]
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter, arguments of our own
            command,
            input=page,
            env={**kept, "LANG": "C.UTF-8"},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _not_now() from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise _not_now()
    return done.stdout


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time, of all processes on this machine."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    until = time.monotonic() + PATIENCE
    with (folder / "making").open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise _not_now() from None
                time.sleep(0.1)
        yield


def _not_now() -> Refused:
    return Refused(sentence("No PDF can be made now. Print the notice from your browser, or save it there as a PDF."))
