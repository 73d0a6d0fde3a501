"""The diary of a mailbox: what was taken is written in the same transaction in which the mail is kept."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from balie import jobs, vault
from balie.desk import arrivals
from balie.desk.mailboxes.connections import Connection
from balie.desk.mailboxes.models import FetchedMail, Mailbox
from balie.desk.mailboxes.telling import REASONS, TROUBLES
from balie.kernel import Actor

LEASE = timedelta(minutes=15)  # of a claim of another machine; a dead process of this one is seen at once
AGAIN = timedelta(hours=1)  # until a mail that was left is tried again
AT_ONCE = 500  # rows in one statement


@dataclass(frozen=True)
class Found:
    """A mail as it was fetched. place: where it stands in the mailbox."""

    place: str
    delivery: arrivals.Delivery


@transaction.atomic
def name_all(connections: Sequence[Connection]) -> None:
    """Make the mailboxes of all desks exactly these; what is known of one that goes is kept, should it come back."""
    for one in connections:
        told = {"desk": one.desk, "kind": one.kind, "after": one.after, "in_use": True}
        Mailbox.objects.update_or_create(name=one.name, defaults=told)
    Mailbox.objects.filter(in_use=True).exclude(name__in=[one.name for one in connections]).update(in_use=False)


def claim(name: str, *, now: datetime, actor: Actor) -> Mailbox | None:
    """The mailbox, now this process's to read until it lets go or is silent for a quarter of an hour; None when another's."""
    box = Mailbox.objects.get(name=name, desk=actor.desk)
    free = box.claimed_by in ("", jobs.me()) or jobs.is_gone(box.claimed_by)
    mine = Q(claimed_by=box.claimed_by) if free else Q(claimed_at__lt=now - LEASE)
    if not Mailbox.objects.filter(mine, name=name).update(claimed_by=jobs.me(), claimed_at=now):
        return None
    return box


def let_go(box: Mailbox, *, actor: Actor) -> None:
    """Others may read the mailbox now."""
    Mailbox.objects.filter(name=box.name, claimed_by=jobs.me()).update(claimed_by="", claimed_at=None)


def opened(box: Mailbox, *, series: int, following: int, watch: str, actor: Actor) -> None:
    """The mailbox was opened and counts in this series, `following` being the number of the next mail.

    A series that is not the one of last time means that all places have changed: everything is looked at again, and what was
    taken before is known by its mark.
    """
    if box.series != series:
        box.series, box.begins_at = series, following
    box.watch = watch
    box.save(update_fields=["series", "begins_at", "watch"])


def known(box: Mailbox) -> dict[str, str]:
    """The places that were dealt with and how: `taken` (still to be marked), `settled`, or `left`."""
    return dict(FetchedMail.objects.filter(mailbox=box).values_list("place", "state"))


def unmarked(box: Mailbox) -> set[str]:
    """Places of mails that are kept and still to be marked, moved or deleted."""
    taken = FetchedMail.objects.filter(mailbox=box, state=FetchedMail.State.TAKEN)
    return set(taken.values_list("place", flat=True))


def due_again(box: Mailbox, *, now: datetime) -> set[str]:
    """Places of mails that were left, and whose hour to be tried again has come."""
    old = FetchedMail.objects.filter(mailbox=box, state=FetchedMail.State.LEFT, at__lte=now - AGAIN)
    return set(old.exclude(reason="too-large").values_list("place", flat=True))


@transaction.atomic
def take(box: Mailbox, mails: Sequence[Found], *, now: datetime, actor: Actor) -> int:
    """Keep mails for the actor's desk and write down that they were taken, in one transaction; how many were new.

    One whose mark is known was taken before, and is only written down at its new place. Raises what `arrivals.take_in` raises.
    """
    marks = {mail.place: _mark(actor.desk, mail.delivery.raw) for mail in mails}
    rows = FetchedMail.objects.filter(mailbox=box, mark__in=list(marks.values())).exclude(mark=b"")
    before = {bytes(mark) for mark in rows.values_list("mark", flat=True)}
    fresh = {marks[mail.place]: mail.delivery for mail in mails if marks[mail.place] not in before}
    arrivals.take_in(list(fresh.values()), actor=actor)
    FetchedMail.objects.filter(mailbox=box, place__in=list(marks), state=FetchedMail.State.LEFT).delete()
    FetchedMail.objects.bulk_create(
        FetchedMail(mailbox=box, place=place, mark=mark, state=FetchedMail.State.TAKEN, at=now)
        for place, mark in marks.items()
    )
    if fresh:
        Mailbox.objects.filter(name=box.name).update(taken=F("taken") + len(fresh), taken_at=now)
    return len(fresh)


def recognised(box: Mailbox, raws: Mapping[str, bytes], *, now: datetime, actor: Actor) -> None:
    """Mails that are left alone, by place: what they are known by is written down, so that they are known at other places."""
    FetchedMail.objects.bulk_create(
        FetchedMail(mailbox=box, place=place, mark=_mark(actor.desk, raw), state=FetchedMail.State.SETTLED, at=now)
        for place, raw in raws.items()
    )


def settled(box: Mailbox, places: Iterable[str], *, actor: Actor) -> None:
    """What was taken has been marked, moved or deleted at these places too. Of what is gone nothing is remembered."""
    for some in _in_parts(list(places)):
        rows = FetchedMail.objects.filter(mailbox=box, place__in=some, state=FetchedMail.State.TAKEN)
        if box.after == "seen":
            rows.update(state=FetchedMail.State.SETTLED)
        else:
            rows.delete()


def leave(box: Mailbox, place: str, *, reason: str, size: int, now: datetime, actor: Actor) -> None:
    """A mail stays where it is because it cannot be taken. reason: a code of REASONS. size: bytes, 0 when unknown."""
    assert reason in REASONS
    if FetchedMail.objects.filter(mailbox=box, place=place).exclude(state=FetchedMail.State.LEFT).exists():
        return  # another process has just taken it
    FetchedMail.objects.update_or_create(
        mailbox=box,
        place=place,
        defaults={"state": FetchedMail.State.LEFT, "reason": reason, "size": size, "at": now, "mark": b""},
    )


@transaction.atomic
def forget_gone(box: Mailbox, present: Collection[str], *, actor: Actor) -> int:
    """Forget what no longer stands in the mailbox; how many. Call it when everything that stands there was dealt with.

    While a mail waits to be tried again nothing is forgotten: it may be one that was taken under another place.
    """
    rows = dict(FetchedMail.objects.filter(mailbox=box).values_list("place", "reason"))
    if any(reason not in ("", "too-large") for place, reason in rows.items() if place in present):
        return 0
    gone = [place for place in rows if place not in present]
    for some in _in_parts(gone):
        FetchedMail.objects.filter(mailbox=box, place__in=some).delete()
    return len(gone)


def went_well(box: Mailbox, *, now: datetime, actor: Actor) -> None:
    """The mailbox was read to its end."""
    well = {"error": "", "attempts": 0, "failing_since": None, "next_at": None}
    Mailbox.objects.filter(name=box.name).update(**well, succeeded_at=now, claimed_at=now)


@transaction.atomic
def went_wrong(box: Mailbox, code: str, *, now: datetime, next_at: datetime, actor: Actor) -> None:
    """The mailbox could not be read to its end. code: of TROUBLES. next_at: when it is tried again."""
    assert code in TROUBLES
    rows = Mailbox.objects.filter(name=box.name)
    rows.filter(error="").update(error=code, failing_since=now)
    rows.update(error=code, attempts=F("attempts") + 1, next_at=next_at)


def _mark(desk: str, raw: bytes) -> bytes:
    return vault.lookup(desk, "mailbox", hashlib.sha256(raw).hexdigest())


def _in_parts(places: list[str]) -> Iterable[list[str]]:
    return (places[first : first + AT_ONCE] for first in range(0, len(places), AT_ONCE))
