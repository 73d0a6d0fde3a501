"""Holds: a named person's recorded word that records may not be erased yet."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence
from balie.kernel import Actor, Refused, sentence
from balie.vault.models import Hold, Record


@transaction.atomic
def hold(wanted: Iterable[UUID], *, reason: str, actor: Actor, until: date | None = None) -> int:
    """Keep these records from being erased; how many. reason: one short code (GDPR 17(3), 18).

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


def held(desk: str, held_by: Iterable[UUID]) -> list[tuple[str, date | None]]:
    """Why, and until when, anything that these hold is on hold; each reason once."""
    rows = Hold.objects.filter(record__desk=desk, record__held_by__in=list(held_by)).order_by("reason", "until")
    return list(rows.values_list("reason", "until").distinct())


def inherit(records: Sequence[Record]) -> None:
    """What comes to something that is on hold is on hold for the same reasons, in the transaction in which it is put away."""
    above = Hold.objects.filter(record__held_by__in={one.held_by for one in records}).order_by()
    known: dict[UUID, dict[str, Hold]] = {}
    for one in above.select_related("record"):
        known.setdefault(one.record.held_by, {}).setdefault(one.reason, one)
    if not known:
        return
    fresh = [row for row in records if row.held_by in known]
    Hold.objects.bulk_create(
        Hold(record_id=row.handle, reason=one.reason, by=one.by, at=one.at, until=one.until)
        for row in fresh
        for one in known[row.held_by].values()
    )
    Record.objects.filter(handle__in=[row.handle for row in fresh]).update(on_hold=True)


@transaction.atomic
def release(wanted: Iterable[UUID], *, actor: Actor, reason: str | None = None) -> int:
    """End the holds on these records; how many records. Raises Refused as `hold`.

    reason: only the holds for this reason; what somebody holds for another stays. None: every hold. The sweep takes what is due.
    """
    if actor.kind != "staff":
        raise Refused(sentence("Only a named person can end a hold."))
    holds = Hold.objects.filter(record__desk=actor.desk, record__in=list(wanted))
    if reason is not None:
        holds = holds.filter(reason=reason)
    held = list(dict.fromkeys(holds.values_list("record", flat=True)))
    holds.delete()
    still = set(Hold.objects.filter(record__in=held).values_list("record", flat=True))
    Record.objects.filter(handle__in=[one for one in held if one not in still]).update(on_hold=False)
    for handle in held:
        evidence.record("record.released", actor, handle, operation="restrict", facts={"reason": reason})
    return len(held)
