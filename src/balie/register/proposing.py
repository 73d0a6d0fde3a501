"""A proposal: the next version as somebody wrote it, which another person puts in force, or which is withdrawn."""

from datetime import date, timedelta

import yaml
from django.db import transaction
from django.utils import timezone

from balie import evidence
from balie.kernel import Actor, Conflict, Invalid, check, sentence
from balie.register import doubts, in_use, rules
from balie.register.finding import Finding
from balie.register.linting import lint
from balie.register.models import Adopted, Proposal
from balie.register.versions import AnsweredDoubt, Version, draft
from balie.register.zones import day_at

FURTHEST = timedelta(days=731)


@transaction.atomic
def propose(
    desk: str, text: str, settings_text: str, answers_text: str, *, valid_from: date | None = None, actor: Actor
) -> Proposal:
    """Keep what shall be in force next; what was proposed before is replaced. Nothing is obeyed of it yet.

    valid_from: the day with which it shall come in force, in the desk's own time; None: as soon as it is approved.
    Raises Refused for who does not write the register, Invalid for what is no register of this desk or says what holds
    already, or a day that has begun or is more than two years away. A fault of the lint does not stop it here: it is shown, and
    never comes in force.
    """
    check(rules.propose(actor, desk))
    candidate = draft(text, settings_text, name=f"{desk}.yaml")
    if candidate.desk != desk:
        say = sentence("this is the register of «{one}», not of «{other}»", one=candidate.desk, other=desk)
        raise Invalid(say)
    given = doubts.read_answers(answers_text or "[]")
    if _says_what_holds(candidate, given):
        raise Invalid(sentence("This says what is in force already; nothing was changed."))
    _check_day(candidate, valid_from)
    _end(_open(desk), Proposal.Outcome.REPLACED, actor)
    made = Proposal.objects.create(
        desk_id=desk,
        text=text,
        settings_text=settings_text,
        answers_text=answers_text,
        written_at=timezone.now(),
        written_by=str(actor),
        by_officer=actor.has("privacy-officer"),
        valid_from=valid_from,
    )
    _record("register.proposed", made, actor)
    return made


def open_at(desk: str) -> Proposal | None:
    """What is proposed at a desk and not decided yet."""
    return Proposal.objects.filter(desk_id=desk, outcome="").first()


def texts(desk: str) -> tuple[str, str, str]:
    """The three files of what is in force: register, settings, answers; to be changed and proposed."""
    kept = Adopted.objects.get(desk_id=desk, number=in_use.in_force(desk).number)
    answers = yaml.safe_dump(kept.answers, allow_unicode=True, sort_keys=False, width=120) if kept.answers else ""
    return kept.text, kept.settings_text, answers


def version_of(proposal: Proposal) -> Version:
    """A proposal as a version that answers questions and is in force nowhere."""
    return draft(proposal.text, proposal.settings_text, name=f"{proposal.desk_id}.yaml")


def answers_of(proposal: Proposal) -> tuple[AnsweredDoubt, ...]:
    return doubts.read_answers(proposal.answers_text or "[]")


def in_the_way(proposal: Proposal) -> list[Finding]:
    """What stands between a proposal and its being in force: faults, doubts without an answer, answers that do not hold."""
    found = lint(version_of(proposal))
    today = timezone.now().date()
    return doubts.in_the_way(found, answers_of(proposal), today=max(today, proposal.valid_from or today))


def sound(proposal: Proposal) -> bool:
    """Whether it has no fault, so that it can be asked questions."""
    return not any(one.level == "fault" for one in lint(version_of(proposal)))


@transaction.atomic
def withdraw(proposal: Proposal, *, actor: Actor) -> None:
    """It shall not be in force. Raises Refused for who does not write the register, Conflict where it was decided already."""
    check(rules.propose(actor, proposal.desk_id))
    _end(_still(proposal), Proposal.Outcome.WITHDRAWN, actor)
    _record("register.withdrawn", proposal, actor)


def adopted(proposal: Proposal, *, number: int, actor: Actor) -> None:
    """It is in force as this version, in the caller's transaction. Raises Conflict where it was decided already."""
    kept = _still(proposal)
    kept.number = number
    _end(kept, Proposal.Outcome.ADOPTED, actor)


def _says_what_holds(candidate: Version, answers: tuple[AnsweredDoubt, ...]) -> bool:
    holds = in_use.in_force(candidate.desk)
    same = candidate.digest == holds.digest and candidate.settings == holds.settings
    return same and tuple(answers) == tuple(holds.answers)


def _check_day(candidate: Version, day: date | None) -> None:
    today = day_at(candidate, timezone.now())
    if day is not None and not today < day <= today + FURTHEST:
        raise Invalid(sentence("A version comes in force at once, or on a day to come within two years."))


def _open(desk: str) -> Proposal | None:
    return Proposal.objects.select_for_update().filter(desk_id=desk, outcome="").first()


def _still(proposal: Proposal) -> Proposal:
    kept = _open(proposal.desk_id)
    if kept is None or kept.pk != proposal.pk:
        raise Conflict(sentence("Somebody has decided about this proposal already. Look at the register again."))
    return kept


def _end(proposal: Proposal | None, outcome: Proposal.Outcome, actor: Actor) -> None:
    if proposal is None:
        return
    proposal.outcome, proposal.decided_at, proposal.decided_by = outcome, timezone.now(), str(actor)
    proposal.save(update_fields=["outcome", "decided_at", "decided_by", "number"])


def _record(act: str, proposal: Proposal, actor: Actor) -> None:
    evidence.record(act, actor, None, operation="organise", facts=_facts(proposal))


def _facts(proposal: Proposal) -> dict[str, str | int]:
    day = proposal.valid_from
    return {"proposal": proposal.pk, **({"from": day.isoformat()} if day else {})}
