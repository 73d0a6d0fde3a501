"""Correcting a value, or taking something out of it: sealed anew under a fresh key, the old value erased (GDPR 16, 5(1)(c))."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from balie import register
from balie.kernel import Actor, Erased, Refused, sentence
from balie.vault import erasing, putting
from balie.vault.models import About, Record


@transaction.atomic
def correct(handle: UUID, value: str | bytes, *, actor: Actor) -> UUID:
    """Put a new value in the place of an old one; the new handle. Its clock runs on as it ran.

    The old value is erased with the commit, unless it is on hold or may not be destroyed yet. Raises Erased when the record is
    gone, Refused when the register no longer declares such an item, or not that it is altered.
    """
    row = Record.objects.filter(desk=actor.desk, handle=handle).defer("sealed").first()
    if row is None:
        raise Erased(sentence("This is gone already; nothing was changed."))
    about = tuple(About.objects.filter(record=row).values_list("person", flat=True))
    version = register.in_force(actor.desk)
    altered = register.may_do(version, row.activity, "alter", people=row.people, item=row.item)
    if altered.say is not None:
        raise Refused(altered.say, clause=altered.clause, activity=row.activity, item=row.item)
    item = putting.Item(
        row.activity, row.people, row.item, value, row.holder, row.held_by, about, row.source, row.not_before
    )
    facts = register.every_condition_met(version, row.activity, row.people, row.item)
    happened = {row.trigger: row.happened_at} if row.happened_at else {}
    (fresh,) = putting.put([item], actor=actor, facts=facts, at=row.collected_at, happened=happened)
    erasing.erase_soon([handle], actor=actor, why="corrected")
    return fresh


@transaction.atomic
def take_out(
    handle: UUID, value: str | bytes, *, actor: Actor, why: str, unsearched: Sequence[tuple[int, int]] = ()
) -> UUID:
    """Put a value from which something was taken out in the place of the whole one; the new handle. Its clock runs on as it ran.

    That erases a part, and alters nothing else: it is asked of no register, for what is left was declared when it came in. The old
    value is erased with the commit. unsearched: as of `Item`. Raises Erased when the record is gone, Refused when it is on hold or
    may not be destroyed yet.
    """
    row = Record.objects.filter(desk=actor.desk, handle=handle).defer("sealed").first()
    if row is None:
        raise Erased(sentence("This is gone already; nothing was changed."))
    about = tuple(About.objects.filter(record=row).values_list("person", flat=True))
    version = register.version(actor.desk, row.version)
    place = (row.activity, row.people, row.item)
    item = putting.Item(*place, value, row.holder, row.held_by, about, row.source, unsearched=tuple(unsearched))
    facts = register.every_condition_met(version, *place)
    (fresh,) = putting.put([item], actor=actor, facts=facts, version=version, at=row.collected_at)
    if not erasing.erase_soon([handle], actor=actor, why=why):
        raise Refused(sentence("This may not be erased yet: it is on hold, or may not be destroyed before a day."))
    clock = {name: getattr(row, name) for name in _CLOCK}
    Record.objects.filter(handle=fresh).update(**clock)
    return fresh


_CLOCK = ("term", "term_version", "trigger", "happened_at", "erase_at", "review")
