"""A mailbox in memory that can be told to fail, and what the tests of fetching ask about the desk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from balie.channels.mail.fetching.rounds import Rounds
from balie.channels.mail.fetching.source import Standing, TooLarge, Trouble
from balie.desk import arrivals, mailboxes
from balie.desk.mailboxes import Connection
from balie.desk.models import Arrival


class KilledError(BaseException):
    """The process is gone, at once: nothing that follows in it happens."""


@dataclass
class Box:
    """A mailbox as its server has it. mails: number to bytes. fails: what happens before (and after) each thing it is asked."""

    mails: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    moved: list[bytes] = field(default_factory=list)
    series: int = 7
    following: int = 1
    said: dict[bytes, int] = field(default_factory=dict)  # sizes that are not true
    fails: Callable[[str, Sequence[Standing]], None] = lambda what, mails: None
    fetched: list[bytes] = field(default_factory=list)

    def put(self, *mails: bytes, seen: bool = False) -> None:
        for raw in mails:
            self.mails[self.following] = raw
            if seen:
                self.seen.add(self.following)
            self.following += 1

    def renumber(self, *, flags_lost: bool = False) -> None:
        """All mails get other numbers under another UIDVALIDITY."""
        held = [(raw, number in self.seen and not flags_lost) for number, raw in self.mails.items()]
        self.series, self.mails, self.seen = self.series + 1, {}, set()
        self.following = 1
        for raw, seen in held:
            self.put(raw, seen=seen)


class MemorySource:
    watch = "poll"

    def __init__(self, box: Box, after: str) -> None:
        self.box, self.after = box, after
        self.series, self.following = box.series, box.following
        self.closed = False

    def standing(self) -> list[Standing]:
        self.box.fails("before standing", [])
        return [Standing(f"{self.series}.{n}", n, n in self.box.seen) for n in sorted(self.box.mails)]

    def sizes(self, mails: Sequence[Standing]) -> Mapping[str, int]:
        here = [one for one in mails if one.number in self.box.mails]
        return {
            one.place: self.box.said.get(self.box.mails[one.number], len(self.box.mails[one.number])) for one in here
        }

    def read(self, mails: Sequence[Standing], *, allowed: int) -> Mapping[str, bytes]:
        self.box.fails("before read", mails)
        found = {one.place: self.box.mails[one.number] for one in mails if one.number in self.box.mails}
        self.box.fetched += found.values()
        if sum(map(len, found.values())) > allowed:
            raise TooLarge
        self.box.fails("after read", mails)
        return found

    def settle(self, mails: Sequence[Standing]) -> None:
        self.box.fails("before settle", mails)
        for one in mails:
            if self.after == "seen":
                self.box.seen.add(one.number)
            else:
                gone = self.box.mails.pop(one.number, None)
                self.box.moved += [gone] if gone and self.after == "move" else []
        self.box.fails("after settle", mails)

    def wait(self, seconds: float) -> None:
        raise Trouble("dropped")

    def close(self) -> None:
        self.closed = True


def connection(name: str = "inbox", *, after: str = "delete", desk: str = "publications", **more: Any) -> Connection:
    """A mailbox of the settings that the diary knows."""
    made = Connection(**{"name": name, "desk": desk, "kind": "imap", "after": after, **more})
    mailboxes.name_all([made])
    return made


def rounds(made: Connection, actor: Any) -> Rounds:
    """As a process that has just started."""
    box = mailboxes.claim(made.name, now=timezone.now(), actor=actor)
    assert box is not None
    return Rounds(made, box)


def mail(number: int, text: str = "Hello", *, to: str = "servicedesk@publications.test") -> bytes:
    return f"From: alice@example.org\r\nTo: {to}\r\nSubject: {number}\r\n\r\n{text} {number}\r\n".encode()


def kept() -> list[bytes]:
    """The mails that the desk has, one for each time that it was taken in."""
    return sorted(one.raw for arrival in Arrival.objects.all() for one in arrivals.opened([arrival]))
