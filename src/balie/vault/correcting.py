"""Correcting a value: sealed anew under a fresh key, the old value erased (GDPR 16)."""

from uuid import UUID

from django.utils import timezone

from balie import register
from balie.kernel import Actor, Erased, sentence
from balie.vault import erasing, putting
from balie.vault.models import About, Record


def correct(handle: UUID, value: str | bytes, *, actor: Actor) -> UUID:
    """Put a new value in the place of an old one, in the caller's transaction; the new handle.

    The old value goes into the ledger; the caller's process finishes it after commit (`erasing.finish`). Raises Erased when the
    record is gone, Refused when the register no longer declares such an item.
    """
    row = Record.objects.filter(desk=actor.desk, handle=handle).defer("sealed").first()
    if row is None:
        raise Erased(sentence("This is gone already; nothing was changed."))
    about = tuple(About.objects.filter(record=row).values_list("person", flat=True))
    item = putting.Item(
        row.activity, row.people, row.item, value, row.holder, row.held_by, about, row.source, row.not_before
    )
    facts = register.every_condition_met(register.in_force(actor.desk), row.activity, row.people, row.item)
    (fresh,) = putting.put([item], actor=actor, facts=facts)
    if row.happened_at is not None:
        Record.objects.filter(handle=fresh).update(happened_at=row.happened_at, erase_at=row.erase_at)
    erasing.erase_rows([handle], actor=actor, why="corrected", at=timezone.now())
    return fresh
