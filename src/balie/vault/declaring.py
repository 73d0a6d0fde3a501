"""Declaring anew: what hangs on a thing comes under another activity or group, where the register has a place for it (S2.3)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from balie import register
from balie.kernel import Actor, Refused, sentence
from balie.vault import clock
from balie.vault.models import Record

Place = tuple[str, str]  # activity and group of people
_FIELDS = ["activity", "people", "version", "term", "trigger", "happened_at", "erase_at", "review"]


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
        _check(version, record, activity, people)
        record.activity, record.people, record.version = activity, people, version.number
        record.trigger, record.happened_at, record.erase_at, record.review = "", None, None, None
        rule = register.erase_rule(version, activity, people, record.item, holder=record.holder)  # type: ignore[arg-type]
        clock.wind(record, rule, happened)
        moved.append(record)
    if moved:
        Record.objects.bulk_update(moved, _FIELDS, batch_size=200)
    return len(moved)


def _check(version: register.Version, record: Record, activity: str, people: str) -> None:
    asked = register.may_collect(version, activity, people, record.item, holder=record.holder)  # type: ignore[arg-type]
    if not asked.yes:
        assert asked.say is not None
        raise Refused(asked.say, clause=asked.clause, activity=activity, item=record.item, need=asked.need)
    if record.source not in register.place_of(version, activity, people, record.item).sources:
        say = sentence("{item} from «{source}» is not declared.", item=version.label(record.item), source=record.source)
        raise Refused(say, clause="5(1)(c), 14(2)(f)", activity=activity, item=record.item, source=record.source)
