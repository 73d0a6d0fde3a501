"""Declaring anew: what hangs on a thing comes under another activity or group, where the register has a place for it (S2.3)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from balie import register
from balie.kernel import Actor
from balie.vault import clock, putting, shortening
from balie.vault.models import Record

Place = tuple[str, str]  # activity and group of people
_FIELDS = ["activity", "people", "version", "term_version", "term", "trigger", "happened_at", "erase_at", "review"]


def declare(
    held_by: UUID,
    place_of: Callable[[str], Place],
    *,
    version: register.Version,
    actor: Actor,
    happened: Mapping[str, datetime],
) -> int:
    """Everything that hangs on this stands from now on where `place_of` says for its kind of data; how many records moved.

    Each is asked of the register at its new place, as when it was collected: what that does not declare, from that source, raises
    Refused with its sentence, and nothing moves. Terms run anew from the day of collecting and from what has `happened`. In the
    caller's transaction; the verb that calls records the evidence (GDPR 5(1)(b)).
    """
    moved = []
    for record in Record.objects.filter(desk=actor.desk, held_by=held_by).defer("sealed"):
        activity, people = place_of(record.item)
        if (activity, people) == (record.activity, record.people):
            continue
        putting.fit(version, _as_item(record, activity, people), register.NO_FACTS)
        record.activity, record.people, record.version = activity, people, version.number
        record.trigger, record.happened_at, record.erase_at, record.review = "", None, None, None
        rule = register.erase_rule(version, activity, people, record.item, holder=record.holder)  # type: ignore[arg-type]
        record.term_version = version.number
        clock.wind(record, rule, happened)
        shortening.as_in_force(record, version, happened)
        moved.append(record)
    if moved:
        Record.objects.bulk_update(moved, _FIELDS, batch_size=200)
    return len(moved)


def _as_item(record: Record, activity: str, people: str) -> putting.Item:
    """What is asked of the register: the record as if it were put away at its new place."""
    return putting.Item(activity, people, record.item, b"", record.holder, record.held_by, source=record.source)
