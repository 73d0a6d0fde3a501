"""A version of the register is put in force: kept, obeyed from now on, and what is stored ends sooner where it says so."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence, register, vault
from balie.desk import holders
from balie.kernel import Actor, Invalid, check, sentence
from balie.register import coming, proposing, rules
from balie.register.models import Proposal
from balie.register.zones import day_at


@transaction.atomic
def put_in_force(
    desk: str,
    text: str,
    settings_text: str,
    *,
    actor: Actor,
    answers: Sequence[register.AnsweredDoubt] = (),
    author: rules.Author | None = None,
    told_on: date | None = None,
    valid_from: date | None = None,
) -> register.Version:
    """Adopt a register as `register.adopt` does; terms that it shortens reach what is stored, none is lengthened (GDPR 5(1)(e)).

    valid_from: a day to come; then all of that waits for `begin`. Raises as `register.adopt`. Source: mission, Beyond 2.
    """
    version = register.adopt(
        desk, text, settings_text, actor=actor, answers=answers, author=author, told_on=told_on, valid_from=valid_from
    )
    if version == register.in_force(desk):
        _shorten(version, actor)
    return version


def begin(now: datetime) -> int:
    """Do what comes with the beginning of each version whose day has come; how many began.

    They are in force since their midnight whether this ran or not; it may run late, be cut off and run again. Each is one transaction.
    """
    return sum(_begin(desk, number, now) for desk, number in coming.due(now))


@transaction.atomic
def _begin(desk: str, number: int, now: datetime) -> bool:
    actor = Actor.system("begin", desk)
    version = coming.begin(desk, number, now=now, actor=actor)
    if version is not None:
        _shorten(version, actor)
    return version is not None


def _shorten(version: register.Version, actor: Actor) -> None:
    done = vault.shorten(version, happened=partial(_happened, version.desk), now=timezone.now())
    if done.sooner:
        evidence.record(
            "retention.shortened",
            actor,
            None,
            operation="restrict",
            facts={"number": version.number, "records": done.sooner, "due": done.due},
        )


@transaction.atomic
def approve(proposal: Proposal, *, told_on: date | None = None, actor: Actor) -> register.Version:
    """Put a proposal in force that another person wrote; one of the two is the privacy officer. It begins on the day that it names.

    told_on: the day on which those concerned were told of what is wider than before; without it nothing wider comes in force
    (GDPR 13(3), 14(4)). Raises Refused, Invalid for that and for what `register.adopt` finds, Conflict where it was decided already.
    """
    author = rules.Author(proposal.written_by, proposal.by_officer)
    check(rules.adopt(actor, proposal.desk_id, author))
    _check_told(proposal, told_on)
    version = put_in_force(
        proposal.desk_id,
        proposal.text,
        proposal.settings_text,
        actor=actor,
        answers=proposing.answers_of(proposal),
        author=author,
        told_on=told_on,
        valid_from=proposal.valid_from,
    )
    proposing.adopted(proposal, number=version.number, actor=actor)
    return version


def changes(proposal: Proposal) -> list[register.Change]:
    """What a proposal changes for the people concerned, beside what is in force; nothing while it has a fault."""
    if not proposing.sound(proposal):
        return []
    return register.diff(register.in_force(proposal.desk_id), proposing.version_of(proposal))


def _check_told(proposal: Proposal, told_on: date | None) -> None:
    wider = [one for one in changes(proposal) if one.direction == "wider"]
    if wider and told_on is None:
        raise Invalid(
            sentence("This is wider than what people were told. Tell them first, then say here on which day you did."),
            clause="13(3)",
        )
    if told_on is not None and told_on > day_at(register.in_force(proposal.desk_id), timezone.now()):
        raise Invalid(sentence("The day on which people were told is still to come. Put this in force then."))


def effect(proposal: Proposal) -> vault.Effect:
    """What putting this in force now would do to what is stored; nothing is changed."""
    if not proposing.sound(proposal):
        return vault.Effect()
    version = proposing.version_of(proposal)
    return vault.effect(version, happened=partial(_happened, version.desk), now=timezone.now())


def _happened(desk: str, event: str, held_by: Iterable[UUID]) -> Mapping[UUID, datetime]:
    """When something last happened to the tickets among these; of nothing else it is known here."""
    times = holders.times(desk, list(held_by))
    if event == "ticket.last-contact":
        return {handle: one.last_contact for handle, one in times.items()}
    if event == "ticket.closed":
        return {handle: one.closed for handle, one in times.items() if one.closed}
    return {}
