"""Watching the mailboxes: each in a thread of its own, which comes back after whatever trouble, later each time."""

import threading
import time
from contextlib import closing
from datetime import timedelta

from django.db import DatabaseError, connections
from django.utils import timezone

from balie.channels.mail.fetching.imap import ImapSource
from balie.channels.mail.fetching.maildir import MaildirSource
from balie.channels.mail.fetching.rounds import Rounds
from balie.channels.mail.fetching.source import Source, Trouble
from balie.desk import mailboxes
from balie.desk.mailboxes import Connection, Mailbox
from balie.kernel import Actor, Invalid, Stop, log, sentence

IDLE = 300.0  # seconds that a server which tells of new mail is listened to, before we look ourselves
POLL = 60.0  # seconds between two looks where it does not
AT_ONCE = 8  # times that a mailbox is opened again at once when one of its mails broke the connection
LONGEST = timedelta(minutes=15)  # of a rest
# The first rest after trouble; each further one is twice as long.
REST = timedelta(seconds=2)
RESTS = {"sign-in": timedelta(minutes=1), "busy": timedelta(minutes=1)}  # what servers lock out who asks too often for
LONGER = {"sign-in": timedelta(hours=1)}


class Fetcher:
    """Whoever reads one mailbox, now or for ever."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.actor = connection, Actor.system("receive", connection.desk)
        self._idle = True

    def once(self) -> bool:
        """Read the mailbox to its end, or write down why not. False when another process is at it."""
        box = mailboxes.claim(self.connection.name, now=timezone.now(), actor=self.actor)
        if box is None:
            return False
        rounds = Rounds(self.connection, box)
        for _ in range(AT_ONCE):
            code = self._read(rounds, stay=False)
            if not code or not rounds.stumbled:
                break
        if code:
            self._rest(box, code)
        mailboxes.let_go(box, actor=self.actor)
        return True

    def for_ever(self) -> None:
        """Read the mailbox, wait for new mail, read again; after trouble rest and begin anew."""
        rounds: Rounds | None = None
        while True:
            try:
                box = mailboxes.claim(self.connection.name, now=timezone.now(), actor=self.actor)
                if box is None:
                    time.sleep(POLL)
                    continue
                rounds = rounds or Rounds(self.connection, box)
                rounds.box = box  # another process may have been at it meanwhile
                time.sleep(self._rest(box, self._read(rounds, stay=True)))
            except Exception as error:  # noqa: BLE001 - whatever it is, a mailbox must not stay unread for it
                log.say("mailbox.failed", mailbox=self.connection.name, error=type(error).__name__)
                connections.close_all()
                time.sleep(REST.total_seconds())

    def _read(self, rounds: Rounds, *, stay: bool) -> str:
        """Open and read; with `stay` again and again, until there is trouble. The code of the trouble, or nothing."""
        try:
            with closing(self._opened()) as source:
                self._go(rounds, source)
                while stay:
                    source.wait(IDLE if source.watch == "idle" else POLL)
                    self._go(rounds, source)
        except Trouble as trouble:
            self._idle = self._idle and trouble.code != "no-idle"
            return trouble.code
        except (Stop, DatabaseError) as error:
            log.say("mailbox.failed", mailbox=self.connection.name, error=type(error).__name__)
            connections.close_all()
            return "cannot-keep"
        return ""

    def _opened(self) -> Source:
        if self.connection.kind == "maildir":
            return MaildirSource(self.connection)
        return ImapSource(self.connection, idle=self._idle)

    def _go(self, rounds: Rounds, source: Source) -> None:
        taken = rounds.go(source)
        mailboxes.went_well(rounds.box, now=timezone.now(), actor=self.actor)
        if taken:
            log.say("mailbox.read", mailbox=self.connection.name, taken=taken)

    def _rest(self, box: Mailbox, code: str) -> float:
        """Write down the trouble; how many seconds to rest. A server that does not keep its word about IDLE is no trouble."""
        if code == "no-idle":
            return 0
        box.refresh_from_db(fields=["attempts"])
        rest: timedelta = min(RESTS.get(code, REST) * 2 ** min(box.attempts, 12), LONGER.get(code, LONGEST))
        now = timezone.now()
        log.say("mailbox.trouble", mailbox=self.connection.name, code=code, rest=int(rest.total_seconds()))
        mailboxes.went_wrong(box, code, now=now, next_at=now + rest, actor=self.actor)
        return rest.total_seconds()


def serve() -> None:
    """Read all mailboxes of the settings until the process is ended; one with a fault keeps no other from being read.

    Raises Invalid when there is none to read.
    """
    found, faults = mailboxes.look()
    log.say("mailboxes.watched", mailboxes=len(found), faults=len(faults))
    if not found:
        raise Invalid(faults[0] if faults else sentence("The settings name no mailbox (BALIE_MAILBOXES)."))
    mailboxes.name_all(found)
    connections.close_all()
    threads = [threading.Thread(target=Fetcher(one).for_ever, name=one.name, daemon=True) for one in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def fetch(name: str) -> bool:
    """Read one mailbox of the settings once. False when another process is at it. Raises Invalid when there is none so named."""
    found = mailboxes.configured()
    mailboxes.name_all(found)
    return Fetcher(mailboxes.named(found, name)).once()
