"""A version of the register is put in force: kept, obeyed from now on, and what is stored ends sooner where it says so."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence, register, vault
from balie.desk import holders
from balie.kernel import Actor


@transaction.atomic
def put_in_force(
    desk: str, text: str, settings_text: str, *, actor: Actor, answers: Sequence[register.AnsweredDoubt] = ()
) -> register.Version:
    """Adopt a register as `register.adopt` does; terms that it shortens reach what is stored, none is lengthened (GDPR 5(1)(e)).

    Raises as `register.adopt`. Source: mission, Beyond 2.
    """
    version = register.adopt(desk, text, settings_text, actor=actor, answers=answers)
    done = vault.shorten(version, happened=partial(_happened, desk), now=timezone.now())
    if done.sooner:
        evidence.record(
            "retention.shortened",
            actor,
            None,
            operation="restrict",
            facts={"number": version.number, "records": done.sooner, "due": done.due},
        )
    return version


def effect(version: register.Version) -> vault.Effect:
    """What putting this version in force now would do to what is stored; nothing is changed."""
    return vault.effect(version, happened=partial(_happened, version.desk), now=timezone.now())


def _happened(desk: str, event: str, held_by: Iterable[UUID]) -> Mapping[UUID, datetime]:
    """When something last happened to the tickets among these; of nothing else it is known here."""
    times = holders.times(desk, list(held_by))
    if event == "ticket.last-contact":
        return {handle: one.last_contact for handle, one in times.items()}
    if event == "ticket.closed":
        return {handle: one.closed for handle, one in times.items() if one.closed}
    return {}
