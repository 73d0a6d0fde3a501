"""Leaving something to be sent, and seeing what has not gone."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from balie.evidence import check_codes
from balie.kernel import handles, rows
from balie.kernel.prepared import prepared
from balie.post.models import Outgoing

KEPT = timedelta(days=30)  # what has gone stays known so long, for the mail that comes back


def add(desk: str, *, kind: str, refs: Mapping[str, str], not_before: datetime | None = None) -> Outgoing:
    """Leave one thing to send in the caller's transaction. It goes out after the commit, by a door, or not at all.

    kind: a code that a door knows. refs: handles by what they are, `{"message": "0198…"}`; ValueError for anything but
    handles and short codes. not_before: the earliest moment. Architecture, `post`.
    """
    check_codes([desk, kind, *refs, *refs.values()])
    now = timezone.now()
    row = Outgoing(
        handle=handles.new(), desk=desk, kind=kind, refs=dict(refs), not_before=not_before or now, created_at=now
    )
    rows.insert([row])
    return row


def untried(desk: str, *, kind: str, ref: str, values: Iterable[str]) -> dict[str, Outgoing]:
    """What of this kind still waits for its first attempt, by the handle that its reference `ref` names, of these handles."""
    asked = set(values)
    return {row.refs[ref]: row for row in (_untried(desk, kind) if asked else []) if row.refs.get(ref) in asked}


@prepared
def _untried(desk: str, kind: str) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(desk=desk, kind=kind, state=Outgoing.State.TO_SEND, attempts=0)


def withdraw(row: Outgoing) -> bool:
    """Take back what was never tried, in the caller's transaction; False when a door was quicker, and then it goes.

    The caller records why: a row that nobody sent leaves nothing behind.
    """
    count, _ = Outgoing.objects.filter(pk=row.pk, state=Outgoing.State.TO_SEND, attempts=0).delete()
    return bool(count)


def waiting(desk: str) -> QuerySet[Outgoing]:
    """What of this desk has not gone: to be sent, being sent, or failed for good; oldest first."""
    return Outgoing.objects.filter(desk=desk).exclude(state=Outgoing.State.SENT).order_by("created_at", "handle")


def listed(desk: str) -> QuerySet[Outgoing]:
    """All of this desk that the outbox knows, what went in the last 30 days as well; oldest first."""
    return Outgoing.objects.filter(desk=desk).order_by("created_at", "handle")


def tidy(*, now: datetime) -> int:
    """Take away what was sent more than 30 days before `now`; that it was sent stays in the evidence. How many."""
    count, _ = Outgoing.objects.filter(state=Outgoing.State.SENT, sent_at__lt=now - KEPT).delete()
    return count
