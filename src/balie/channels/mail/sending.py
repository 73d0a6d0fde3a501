"""Sending: rows of the outbox become mails, several over one connection; what cannot go yet waits, and holds up no other."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.errors import MessageError
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from balie import jobs, post, vault
from balie.channels.mail import composing
from balie.channels.relay import Away, Connection, NotTaken
from balie.desk import deliveries
from balie.kernel import Actor, log
from balie.post.models import Outgoing

AT_ONCE = 100  # rows in one round, and with them over one connection
ROUND = 30.0  # seconds after which a round begins nothing more
FIRST_REST, LONGEST_REST = timedelta(seconds=5), timedelta(minutes=5)

_ending = threading.Event()
_taken: set[UUID] = set()  # rows that the server took, until that is kept: should keeping fail, they are not sent again


class _Rest:
    """A mail server that is away is left alone for a while, twice as long each time."""

    def __init__(self) -> None:
        self.until: datetime | None = None
        self._next = FIRST_REST

    def begin(self, now: datetime) -> None:
        self.until, self._next = now + self._next, min(self._next * 2, LONGEST_REST)

    def over(self) -> None:
        self.until, self._next = None, FIRST_REST

    def holds(self, now: datetime) -> bool:
        return self.until is not None and now < self.until


rest = _Rest()


def send_waiting(now: datetime | None = None) -> int:
    """Send what may go now through the relay of the settings; how many went. Without a relay everything waits.

    One row is claimed at a time, so that a slow relay never outlasts a claim. A row that the relay puts off waits by itself; a relay
    that is away ends the round, and is tried again after 5 seconds, then twice as long each time up to 5 minutes.
    """
    now = now or timezone.now()
    if settings.BALIE_RELAY is None or rest.holds(now):
        return 0
    post.take_back(now, gone=jobs.is_gone)
    sent, end = 0, time.monotonic() + ROUND
    with _connection() as line:
        for _ in range(AT_ONCE):
            rows = post.claim(1, now, by=jobs.me()) if time.monotonic() < end and not _ending.is_set() else []
            if not rows or (went := _send(rows[0], line, now)) is None:
                break
            sent += went
    return sent


def leave_off() -> None:
    """The process is told to end: the mail that is under way is finished, and no other begun."""
    _ending.set()


@contextmanager
def _connection() -> Iterator[Connection]:
    line = Connection()
    try:
        yield line
    finally:
        line.close()


def _send(row: Outgoing, line: Connection, now: datetime) -> bool | None:
    """Whether this row went; None when the relay is away, and so no other would.

    What is sent is read first, and the reading is proven before the first byte leaves.
    """
    if row.handle in _taken:
        return _gone(row, now)
    reading = vault.Reading(Actor.system("send", row.desk), "mail.composed", row.handle)
    try:
        letter = composing.compose(row, reading)
        raw = letter.raw() if letter else b""
    except (ValueError, LookupError, MessageError) as unfit:  # an address that is none: trying again is of no use
        return _given_up(row, "not-an-address" if isinstance(unfit, ValueError) else type(unfit).__name__, now)
    if letter is None:
        return _given_up(row, "nothing-to-send", now)
    reading.record()
    return _hand_over(row, letter, raw, line, now)


def _hand_over(row: Outgoing, letter: composing.Letter, raw: bytes, line: Connection, now: datetime) -> bool | None:
    try:
        _offer(letter, len(raw), line)
        line.give(raw)
    except NotTaken as refused:
        log.say("mail.not-sent", row=row.handle, code=refused.code)
        deliveries.not_sent(row, refused.code, permanent=refused.permanent, now=now)
        return False
    except Away as away:
        log.say("mail.server-away", row=row.handle, code=away.code)
        line.drop()
        rest.begin(now)
        deliveries.not_sent(row, away.code, permanent=False, now=now)
        return None
    rest.over()
    _taken.add(row.handle)
    return _gone(row, now)


def _offer(letter: composing.Letter, size: int, line: Connection) -> None:
    """Name the envelope; over a fresh connection when the one that carried other mails has been ended meanwhile."""
    fresh = not line.is_open
    line.open()
    try:
        line.offer(letter.sender, letter.recipient, size)
    except Away:
        if fresh:
            raise
        line.drop()
        line.open()
        line.offer(letter.sender, letter.recipient, size)


def _gone(row: Outgoing, now: datetime) -> bool:
    deliveries.sent(row, now=now)
    _taken.discard(row.handle)
    return True


def _given_up(row: Outgoing, code: str, now: datetime) -> bool:
    log.say("mail.not-written", row=row.handle, code=code)
    deliveries.not_sent(row, code, permanent=True, now=now)
    return False
