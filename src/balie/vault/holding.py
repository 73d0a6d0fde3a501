"""Holds: a named person's recorded word that records may not be erased yet."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from balie import evidence
from balie.kernel import Actor, Refused, sentence
from balie.vault.models import Hold, Record


def hold(wanted: Iterable[UUID], *, reason: str, actor: Actor, until: date | None = None) -> int:
    """Keep these records from being erased, in the caller's transaction; how many. reason: one short code (GDPR 17(3), 18).

    Raises Refused when no named person acts.
    """
    if actor.kind != "staff":
        raise Refused(sentence("Only a named person can put data on hold."))
    rows = list(Record.objects.filter(desk=actor.desk, handle__in=list(wanted)).defer("sealed"))
    now = timezone.now()
    Hold.objects.bulk_create([Hold(record=row, reason=reason, by=str(actor), at=now, until=until) for row in rows])
    Record.objects.filter(handle__in=[row.handle for row in rows]).update(on_hold=True)
    for row in rows:
        evidence.record("record.held", actor, row.handle, operation="restrict", facts={"reason": reason})
    return len(rows)


def release(wanted: Iterable[UUID], *, actor: Actor) -> int:
    """End every hold on these records, in the caller's transaction; the sweep takes what is due. Raises Refused as `hold`."""
    if actor.kind != "staff":
        raise Refused(sentence("Only a named person can end a hold."))
    rows = list(Record.objects.filter(desk=actor.desk, handle__in=list(wanted), on_hold=True).defer("sealed"))
    Hold.objects.filter(record__in=rows).delete()
    Record.objects.filter(handle__in=[row.handle for row in rows]).update(on_hold=False)
    for row in rows:
        evidence.record("record.released", actor, row.handle, operation="restrict")
    return len(rows)
