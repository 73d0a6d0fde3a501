"""What a mailbox offers whoever reads it, be it on a server or in a folder of files, and the ways in which it can fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

LARGEST = 50 * 1024 * 1024  # bytes of one mail, as at reception


class Trouble(Exception):  # noqa: N818 - as the pages call it
    """The mailbox cannot be read on. code: of `mailboxes.TROUBLES`. The connection is of no use any more."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooLarge(Exception):  # noqa: N818 - a property of a mail, no error of anybody
    """A mail turned out to be larger than may be taken; what was said of its size before was wrong."""


@dataclass(frozen=True)
class Standing:
    """A mail that stands in the mailbox. place: where, for the diary. number: later ones have greater ones. seen: somebody
    has read it."""

    place: str
    number: int
    seen: bool


class Source(Protocol):
    """An opened mailbox. Every method may raise Trouble.

    series: places count within it. following: mails that come after the opening have at least this number. watch: how it
    learns of new mail, `idle` or `poll`.
    """

    series: int
    following: int
    watch: str

    def standing(self) -> list[Standing]:
        """What stands in the mailbox now, the oldest first."""

    def sizes(self, mails: Sequence[Standing]) -> Mapping[str, int]:
        """Bytes of each mail, by place; without those that are gone."""

    def read(self, mails: Sequence[Standing], *, allowed: int) -> Mapping[str, bytes]:
        """The mails themselves, by place, without those that are gone. Raises TooLarge beyond so many bytes altogether."""

    def settle(self, mails: Sequence[Standing]) -> None:
        """Mark, move or delete. Raises Trouble «not-marked» when that may not be done. Safe to repeat."""

    def wait(self, seconds: float) -> None:
        """Return when there may be something new, at the latest after so many seconds."""

    def close(self) -> None:
        """Let go, whatever state it is in."""
