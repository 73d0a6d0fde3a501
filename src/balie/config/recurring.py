"""All periodic work, and how often: the one list."""

from datetime import timedelta

# The name of a job (see the `jobs` module of each package) and how often it is done.
EVERY = {
    "evidence.seal": timedelta(seconds=1),
    "vault.finish": timedelta(seconds=30),
    "vault.tidy": timedelta(minutes=10),
    "vault.merge": timedelta(seconds=10),
    "desk.tidy": timedelta(hours=1),
    "desk.leave": timedelta(minutes=1),
    "others.due": timedelta(minutes=1),
    "people.tidy": timedelta(minutes=5),
    "people.forget": timedelta(hours=6),
    "privacy.begin": timedelta(minutes=1),
    "privacy.sweep": timedelta(minutes=10),
    "privacy.warn": timedelta(hours=1),
    "post.tidy": timedelta(days=1),
    "evidence.count": timedelta(minutes=1),
    "evidence.expire": timedelta(hours=1),
    "evidence.post": timedelta(days=1),
}

# How often what waits in the outbox is looked at (`mail.send`), in a thread of its own in each worker.
SENDING = timedelta(seconds=1)
