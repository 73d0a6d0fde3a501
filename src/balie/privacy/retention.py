"""Retention: what the register says goes, goes on its day; and what will go is known beforehand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from balie import evidence, vault
from balie.desk import forgetting, outcomes
from balie.kernel import Actor
from balie.privacy import destroying
from balie.privacy.letting_go import let_go

BATCH = 500  # records in one transaction: short enough that nobody waits for it
TOGETHER = 5000  # records whose keys are destroyed at once


@dataclass
class Swept:
    """What one sweep of a desk erased: how many records, and how many under each term. listed: put on the list to be approved."""

    desk: str
    as_of: datetime
    terms: Counter[str] = field(default_factory=Counter)
    listed: int = 0

    @property
    def erased(self) -> int:
        return self.terms.total()


def forecast(desk: str, *, until: datetime | None = None) -> list[vault.Going]:
    """What goes in which month, by activity, kind of data and term, and what has no date yet (GDPR 5(1)(e), 30(1)(f)).

    until: only what goes by that moment.
    """
    return vault.forecast(desk, until=until)


def run(
    desk: str, *, now: datetime, actor: Actor | None = None, told: Callable[[int], None] = lambda erased: None
) -> Swept:
    """Erase what is due at a desk, the longest due first; what is on hold or may not be destroyed yet stays.

    Under a term whose destruction a person approves it goes on a list instead and stays until then (see `destroying`).

    now: the moment as of which terms are counted; later than the clock, it erases what will be due then. Each batch is a
    transaction of its own and its keys are destroyed within seconds, by the worker if this process is cut off: a sweep may be
    begun anew. What it costs grows with what is due (invariant 3). told: hears after each batch how many records went.

    A mail that was accepted and not read yet stays until it is, however long the worker was away: none is lost (invariant 9);
    `prove` tells of it after a day.
    """
    actor = actor or Actor.system("retain", desk)
    swept = Swept(desk, now)
    while batch := _due(desk, now):
        going = destroying.gather(desk, batch, now=now, actor=actor)
        swept.listed += len(batch) - len(going)
        erased = let_go(going, actor=actor, now=now)
        if not erased.total() and len(going) == len(batch):  # put on hold since it was looked up
            break
        if (swept.erased + erased.total()) // TOGETHER > swept.erased // TOGETHER:
            vault.finish(desk)
        swept.terms += erased
        told(erased.total())
    if swept.erased:
        vault.finish(desk)
        with transaction.atomic():
            forgetting.put_aside(now=timezone.now(), actor=actor)
            _record(swept, actor)
    return swept


def expire(now: datetime) -> int:
    """Let go of evidence entries whose term has ended, of every desk; how many. Never before the clock says so."""
    moment, done = min(now, timezone.now()), 0
    while some := evidence.expire(now=moment):
        done += some
    return done


def _due(desk: str, now: datetime) -> list[vault.Due]:
    """What one batch takes. Which mails are unread is asked last: one that comes in meanwhile is seen to be."""
    due = vault.due(desk, now, limit=BATCH)
    waiting = len(outcomes.unread(desk)) if due else 0
    if waiting:
        due = vault.due(desk, now, limit=BATCH + waiting)
    unread = outcomes.unread(desk) if due else set()
    return [one for one in due if one.handle not in unread][:BATCH]


def _record(swept: Swept, actor: Actor) -> None:
    evidence.record(
        "retention.swept",
        actor,
        None,
        operation="erase",
        facts={
            "as-of": swept.as_of.date().isoformat(),
            "records": swept.erased,
            **{f"term.{term}": count for term, count in sorted(swept.terms.items())},
        },
    )
