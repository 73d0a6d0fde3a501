"""The worker: jobs as they come, periodic work when it is due."""

import time

from django.db import close_old_connections
from django.utils import timezone

from balie import jobs
from balie.config.recurring import EVERY


def work_for_ever(*, idle: float) -> None:
    """Do what waits until the process is ended; rest for `idle` seconds when there is nothing."""
    jobs.find()
    jobs.keep_periodic(EVERY, now=timezone.now())
    while True:
        done = jobs.work(timezone.now(), limit=50) + jobs.work_periodic(timezone.now())
        if not done:
            close_old_connections()
            time.sleep(idle)


def work_all() -> int:
    """Do everything that waits now, periodic work too; for the command line, the demonstration and tests. How many jobs."""
    jobs.find()
    done = 0
    while more := jobs.work(timezone.now()):
        done += more
    return done
