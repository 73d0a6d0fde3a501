"""Moving records from one holder to another of the same kind: a message that belongs to another ticket goes there with its data."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.db import OperationalError, transaction

from balie import jobs
from balie.kernel import Actor, log
from balie.vault import index
from balie.vault.models import Record


def move(wanted: Iterable[UUID | None], *, to: UUID, actor: Actor) -> int:
    """From now on `to` holds these records, in the caller's transaction; how many. They keep key, value, term and register version.

    The caller winds their clocks anew (`start_clock`, `stop_clock`): what ran from an event of the old holder says nothing any
    more. The index follows with the commit, and by a job should that be cut off. The verb that calls records the evidence.
    """
    asked = {handle for handle in wanted if handle is not None}
    moved = Record.objects.filter(desk=actor.desk, handle__in=asked).update(held_by=to)
    if moved:
        jobs.add("vault.settle", holder=to.hex)
        transaction.on_commit(lambda: _at_once(to))
    return moved


def settle(holder: UUID) -> int:
    """Let the index say of everything that is held here that it is; how many entries were wrong. Doing it twice does no harm."""
    return index.held_by(holder, list(Record.objects.filter(held_by=holder).values_list("handle", flat=True)))


def _at_once(holder: UUID) -> None:
    """What was moved is moved, whatever becomes of the index now: the job does what is left."""
    with suppress(OperationalError):
        settle(holder)
        return
    log.say("index.waits", holder=holder.hex)
