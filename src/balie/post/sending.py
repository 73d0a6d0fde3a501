"""Claiming what is to be sent, and saying how it went. The sending itself is a door's."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from balie import evidence
from balie.evidence import check_codes
from balie.kernel import Actor
from balie.post.models import Outgoing

LEASE = timedelta(minutes=15)  # longer than any dialogue with a mail server
PATIENCE = timedelta(days=5)  # how long a mail server may be out of reach (RFC 5321 4.5.4.1)
SLOWEST = timedelta(hours=4)

State = Outgoing.State


def claim(limit: int, now: datetime, *, by: str = "") -> list[Outgoing]:
    """Take up to `limit` rows that may be sent at `now`, oldest first. No other caller gets the same.

    by: the claiming process, for `take_back`. A claim lasts 15 minutes: take no more than can be sent in that time.
    """
    take_back(now)
    due = Outgoing.objects.filter(state=State.TO_SEND, not_before__lte=now).order_by("not_before", "handle")
    return [row for row in due[:limit] if _claim(row, now, by)]


def sent(row: Outgoing, *, now: datetime) -> bool:
    """It is out of the house. Recorded in the same transaction; False for a row that is not claimed, which stays as it is."""
    with transaction.atomic():
        gone = _move(row, state=State.SENT, sent_at=now, last_error="")
        if gone:
            _record("post.sent", row)
        return gone


def failed(row: Outgoing, code: str, *, permanent: bool, now: datetime) -> bool:
    """It did not go. Tried again after a pause that doubles from a minute to four hours, for five days in all.

    code: why, as a mail server numbers it (`4.4.1`), or a short word of ours; no text. permanent: trying again is of no use.
    True when it will not be tried again; it is recorded then, in the same transaction.
    """
    check_codes([code])
    with transaction.atomic():
        if not permanent and now - (row.tried_anew_at or row.created_at) < PATIENCE:
            _move(row, state=State.TO_SEND, not_before=now + pause(row.attempts), last_error=code)
            return False
        ended = _move(row, state=State.FAILED, last_error=code)
        if ended:
            _record("post.failed", row)
        return ended


def take_back(now: datetime, *, gone: Callable[[str], bool] = lambda by: False) -> int:
    """Let go what a crash left half sent: claims older than 15 minutes, or of a process that is `gone`. How many.

    Whether the other side had already accepted such a row nobody knows; it is sent again, under the same message id.
    """
    claimed = Outgoing.objects.filter(state=State.SENDING)
    left = [
        row
        for row in claimed
        if row.claimed_at and (row.claimed_at < now - LEASE or (row.claimed_by and gone(row.claimed_by)))
    ]
    return sum(_move(row, state=State.TO_SEND, last_error="left") for row in left)


def pause(attempts: int) -> timedelta:
    """How long a row rests after that many attempts."""
    return min(timedelta(minutes=2 ** min(max(attempts - 1, 0), 9)), SLOWEST)


def _claim(row: Outgoing, now: datetime, by: str) -> bool:
    change = {"state": State.SENDING, "claimed_at": now, "claimed_by": by, "attempts": F("attempts") + 1}
    if not Outgoing.objects.filter(pk=row.pk, state=State.TO_SEND, attempts=row.attempts).update(**change):
        return False
    row.state, row.claimed_at, row.claimed_by, row.attempts = State.SENDING, now, by, row.attempts + 1
    return True


def _move(row: Outgoing, **change: object) -> bool:
    """Out of `sending`, by the one that holds the claim: a claim taken back meanwhile changes nothing any more."""
    held = Outgoing.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts)
    if not held.update(claimed_at=None, claimed_by="", **change):
        return False
    for name, value in change.items():
        setattr(row, name, value)
    return True


def _record(act: str, row: Outgoing) -> None:
    facts: dict[str, str | int | None] = {"kind": row.kind, "attempts": row.attempts, "error": row.last_error or None}
    evidence.record(act, Actor.system("send", row.desk), row.handle, operation="transmit", facts=facts)
