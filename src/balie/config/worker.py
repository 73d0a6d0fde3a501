"""The worker: jobs as they come, periodic work when it is due, and beside both the sending, which waits for other machines."""

import threading
import time

from django.db import close_old_connections, connections
from django.utils import timezone

from balie import jobs
from balie.config.recurring import EVERY, SENDING
from balie.jobs.working import attempt

LAST_MAIL = 15.0  # seconds that the mail under way may take when the process is told to end


def work_for_ever(*, idle: float) -> None:
    """Do what waits until the process is ended; rest for `idle` seconds when there is nothing.

    Sending has a thread of its own: a mail server that hangs holds up the reading of nobody's mail. When the process is told to end,
    the mail that is under way is finished, so that it need not go twice.
    """
    jobs.find()
    jobs.keep_periodic(EVERY, now=timezone.now())
    ending = threading.Event()
    sender = threading.Thread(target=_send_until, args=[ending], name="sender", daemon=True)
    sender.start()
    try:
        while True:
            done = jobs.work(timezone.now(), limit=50) + jobs.work_periodic(timezone.now())
            if not done:
                close_old_connections()
                time.sleep(idle)
    finally:
        ending.set()
        attempt("mail.leave-off", {})
        sender.join(LAST_MAIL)


def work_all() -> int:
    """Do everything that waits now, periodic work too; for the command line, the demonstration and tests. How many jobs."""
    jobs.find()
    done = 0
    while more := jobs.work(timezone.now()):
        done += more
    return done


def _send_until(ending: threading.Event) -> None:
    """Any number of workers may do this: a row of the outbox is claimed by one of them."""
    while not ending.wait(SENDING.total_seconds()):
        attempt("mail.send", {})
        close_old_connections()
    connections.close_all()
