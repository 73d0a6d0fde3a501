"""A register is put in force: read, checked, kept as a version that never changes, and told to the evidence."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from balie import evidence
from balie.kernel import Actor, Conflict, Invalid, check, sentence
from balie.register import compiling, doubts, in_use, rules
from balie.register.canonical import digest
from balie.register.collecting import places_of
from balie.register.finding import Finding, invalid
from balie.register.linting import lint
from balie.register.models import Adopted, Coming, Compiled, Desk
from balie.register.versions import AnsweredDoubt, Version, draft
from balie.register.zones import day_at, midnight


@transaction.atomic
def adopt(
    desk: str,
    text: str,
    settings_text: str,
    *,
    actor: Actor,
    answers: Sequence[AnsweredDoubt] = (),
    author: rules.Author | None = None,
    told_on: date | None = None,
    valid_from: date | None = None,
) -> Version:
    """Put a register and its settings in force at a desk, as the next version; the same again changes nothing.

    desk: the slug, the same as in the file. answers: for each doubt of the lint a reason, a review date and the role of the
    officer who answers. author: who wrote it, where that was another person. told_on: the day on which those concerned were told of
    what is wider (GDPR 13(3)). From now on new data stand under this version, and the evidence is kept under its terms.
    valid_from: a day to come, in the desk's own time; until it begins what is in force stays so (`coming.py`). One that has begun
    is now.

    Raises Invalid with one sentence for each fault, unanswered doubt or stale answer, Refused when the actor is not the desk's
    privacy officer, Conflict when another version was adopted at the same moment or is approved for a day to come. Source: mission,
    Beyond 2; GDPR 24(1), 30.
    """
    check(rules.adopt(actor, desk, author))
    candidate = draft(text, settings_text, name=f"{desk}.yaml")
    now = timezone.now()
    begins = _begins(candidate, valid_from, now)
    last = Adopted.objects.select_for_update().filter(desk_id=desk).order_by("-number").first()
    row = Adopted(
        desk_id=desk,
        number=last.number + 1 if last else 1,
        digest=candidate.digest,
        settings_digest=digest(candidate.settings),
        text=text,
        settings_text=settings_text,
        adopted_at=now,
        adopted_by=str(actor),
        valid_from=begins,
        written_by=author.actor if author else str(actor),
        told_on=told_on,
        answers=[doubts.plain(one) for one in answers],
    )
    holds = in_use.in_force(desk) if last else None
    if holds and _says_the_same(Adopted.objects.get(desk_id=desk, number=holds.number), row):
        return holds
    _check_room(desk, later=begins > now, first=holds is None)
    stopping = _stopping(candidate, desk, answers, day_at(candidate, begins))
    if stopping:
        raise invalid(stopping)
    return _keep(row, candidate, actor)


def _begins(candidate: Version, day: date | None, now: datetime) -> datetime:
    """The moment from which it is in force: never in the past."""
    return max(now, midnight(candidate, day)) if day else now


def _check_room(desk: str, *, later: bool, first: bool) -> None:
    """Versions come in force in the order of their numbers: one waits at a time."""
    if first and later:
        raise Invalid(sentence("The first version of a register comes in force at once: without one there is no desk."))
    waits = in_use.coming(desk)
    if waits is not None:
        say = sentence(
            "Version {number} is approved and comes in force on {day}. Withdraw it first, or wait for that day.",
            number=waits.number,
            day=waits.in_force_since,
        )
        raise Conflict(say, clause="5(2)")


def _stopping(candidate: Version, desk: str, answers: Sequence[AnsweredDoubt], day: date) -> list[Finding]:
    if candidate.desk != desk:
        say = sentence("this is the register of «{one}», not of «{other}»", one=candidate.desk, other=desk)
        return [Finding("fault", "desk", "", ("desk",), say, f"{desk}.yaml", candidate.lines.get(("desk",), 1))]
    return doubts.in_the_way(lint(candidate), answers, today=day)


def _says_the_same(one: Adopted, other: Adopted) -> bool:
    return (one.digest, one.settings_digest, one.answers) == (other.digest, other.settings_digest, other.answers)


def _keep(row: Adopted, candidate: Version, actor: Actor) -> Version:
    Desk.objects.get_or_create(slug=row.desk_id)
    try:
        with transaction.atomic():
            row.save()
            plain = compiling.compiled(candidate)
            Compiled.objects.create(adopted=row, plain=plain, digest=in_use.seal_of(row, plain))
    except IntegrityError:
        raise Conflict(
            sentence("Another version was put in force just now; look at it first."), clause="5(2)"
        ) from None
    version = in_use.built(row.pk, row.adopted_at)
    if row.valid_from > row.adopted_at:
        Coming.objects.create(adopted=row)
        _record("register.approved", row, actor, from_day=version.in_force_since)
    else:
        begin(row, version, actor=actor)
    return version


def begin(row: Adopted, version: Version, *, actor: Actor) -> None:
    """From now on this version is in force, in the caller's transaction: the evidence is kept under its terms, and says so."""
    in_use.forget(row.desk_id)
    evidence.set_terms(row.desk_id, acts=_term(version, "act-record"), looks=_term(version, "look-record"))
    _record("register.adopted", row, actor)


def _record(act: str, row: Adopted, actor: Actor, *, from_day: date | None = None) -> None:
    facts: dict[str, str | int] = {"number": row.number, "digest": row.digest, "answered": len(row.answers)}
    if from_day is not None:
        facts["from"] = from_day.isoformat()
    evidence.record(act, actor, None, operation="organise", facts=facts)


def _term(version: Version, item: str) -> str:
    """The term of the evidence, ISO 8601. The lint saw to it that there is one, that runs from the entry itself."""
    return places_of(version, item)[0].rule.offset or "P1Y"
