"""Who writes very much is read at a measured pace, so that nobody else waits; each mail is kept at once all the same."""

import threading
from datetime import datetime, timedelta

AT_ONCE = 30  # mails of one sender that are read as they come
STEP = timedelta(milliseconds=50)  # between two after these: twenty a second, a fraction of what a worker reads
REMEMBERED = 10_000  # senders, after which those whose turn has passed are forgotten


class Pace:
    """When the next mail of each sender may be read. In memory: what is forgotten in a restart is read a little sooner."""

    def __init__(self) -> None:
        self._turns: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def due(self, sender: str, now: datetime) -> datetime:
        """The moment at which a mail from an envelope sender that came at `now` may be read: at once, unless very many came before."""
        with self._lock:
            if len(self._turns) > REMEMBERED:
                self._turns = {known: turn for known, turn in self._turns.items() if turn > now}
            turn = max(self._turns.get(sender.casefold(), now), now)
            self._turns[sender.casefold()] = turn + STEP
        return max(now, turn - AT_ONCE * STEP)
