"""A maildir: a folder in which each mail is a file, and a mail that is read is renamed."""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from balie.channels.mail.fetching.source import Standing, TooLarge, Trouble
from balie.desk.mailboxes import Connection

GLANCE = 1.0  # seconds between two looks for new mail


class MaildirSource:
    """One maildir. A mail's place is a hash of its file's name without the marks behind the colon: it stays when they change."""

    series, watch = 1, "poll"

    def __init__(self, connection: Connection) -> None:
        assert connection.path is not None
        self.connection, self.path = connection, connection.path
        self.following = time.time_ns()
        with _reaching():
            os.listdir(self.path / "new")

    def standing(self) -> list[Standing]:
        self._seen_at = self._changed()
        found = []
        with _reaching():
            for file in self._files():
                with suppress(FileNotFoundError):
                    number = file.stat().st_mtime_ns
                    found.append(
                        Standing(_place(file), number, "S" in file.name.rpartition(":2,")[2] and ":2," in file.name)
                    )
        return sorted(found, key=lambda one: (one.number, one.place))

    def sizes(self, mails: Sequence[Standing]) -> Mapping[str, int]:
        with _reaching():
            return {place: file.stat().st_size for place, file in self._of(mails).items()}

    def read(self, mails: Sequence[Standing], *, allowed: int) -> Mapping[str, bytes]:
        read = dict[str, bytes]()
        with _reaching():
            for place, file in self._of(mails).items():
                with suppress(FileNotFoundError), file.open("rb") as opened:
                    read[place] = opened.read(allowed + 1)
                allowed -= len(read.get(place, b""))
                if allowed < 0:
                    raise TooLarge
        return read

    def settle(self, mails: Sequence[Standing]) -> None:
        try:
            for file in self._of(mails).values():
                self._settle(file)
        except OSError:
            raise Trouble("not-marked") from None

    def wait(self, seconds: float) -> None:
        """Until the folder of new mail changes."""
        end = time.monotonic() + seconds
        with _reaching():
            while time.monotonic() < end and self._changed() == self._seen_at:
                time.sleep(min(GLANCE, seconds))

    def close(self) -> None:
        """Nothing is held."""

    def _settle(self, file: Path) -> None:
        base, _, marks = file.name.partition(":2,")
        if self.connection.after == "delete":
            file.unlink(missing_ok=True)
            return
        folder = self.path / f".{self.connection.target}" if self.connection.after == "move" else self.path
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            file.rename(folder / "cur" / f"{base}:2,{''.join(sorted({*marks, 'S'}))}")

    def _files(self) -> Iterator[Path]:
        """Files of mails; a link could lead anywhere, and a name that begins with a dot is none (maildir's own rule)."""
        for part in ("new", "cur"):
            for entry in os.scandir(self.path / part):
                if (
                    not entry.name.startswith(".")
                    and entry.is_file(follow_symlinks=False)
                    and "T" not in entry.name.partition(":2,")[2]
                ):
                    yield Path(entry.path)

    def _of(self, mails: Sequence[Standing]) -> dict[str, Path]:
        wanted = {mail.place for mail in mails}
        return {place: file for file in self._files() if (place := _place(file)) in wanted}

    def _changed(self) -> tuple[int, int]:
        with _reaching():
            new = os.stat(self.path / "new")
            return new.st_mtime_ns, new.st_nlink


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise Trouble("no-folder") from None


def _place(file: Path) -> str:
    return f"1.{hashlib.sha256(os.fsencode(file.name.partition(':2,')[0])).hexdigest()[:32]}"
