"""A register is put in force: read, checked, kept as a version that never changes, and told to the evidence."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from balie import evidence
from balie.kernel import Actor, Conflict, check, sentence
from balie.register import compiling, doubts, in_use, rules
from balie.register.canonical import digest
from balie.register.collecting import places_of
from balie.register.finding import Finding, invalid
from balie.register.linting import lint
from balie.register.models import Adopted, Compiled, Desk
from balie.register.versions import AnsweredDoubt, Version, draft


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
) -> Version:
    """Put a register and its settings in force at a desk, as the next version; the same again changes nothing.

    desk: the slug, the same as in the file. answers: for each doubt of the lint a reason, a review date and the role of the
    officer who answers. author: who wrote it, where that was another person. told_on: the day on which those concerned were told of
    what is wider (GDPR 13(3)). From now on new data stand under this version, and the evidence is kept under its terms.

    Raises Invalid with one sentence for each fault, unanswered doubt or stale answer, Refused when the actor is not the desk's
    privacy officer, Conflict when another version was adopted at the same moment. Source: mission, Beyond 2; GDPR 24(1), 30.
    """
    check(rules.adopt(actor, desk, author))
    candidate = draft(text, settings_text, name=f"{desk}.yaml")
    last = Adopted.objects.select_for_update().filter(desk_id=desk).order_by("-number").first()
    row = Adopted(
        desk_id=desk,
        number=last.number + 1 if last else 1,
        digest=candidate.digest,
        settings_digest=digest(candidate.settings),
        text=text,
        settings_text=settings_text,
        adopted_at=timezone.now(),
        adopted_by=str(actor),
        written_by=author.actor if author else str(actor),
        told_on=told_on,
        answers=[doubts.plain(one) for one in answers],
    )
    if last and _says_the_same(last, row):
        return in_use.built(last.pk, last.adopted_at)
    stopping = _stopping(candidate, desk, answers)
    if stopping:
        raise invalid(stopping)
    return _keep(row, candidate, actor)


def _stopping(candidate: Version, desk: str, answers: Sequence[AnsweredDoubt]) -> list[Finding]:
    if candidate.desk != desk:
        say = sentence("this is the register of «{one}», not of «{other}»", one=candidate.desk, other=desk)
        return [Finding("fault", "desk", "", ("desk",), say, f"{desk}.yaml", candidate.lines.get(("desk",), 1))]
    return doubts.in_the_way(lint(candidate), answers, today=timezone.now().date())


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
    in_use.forget(row.desk_id)
    evidence.set_terms(row.desk_id, acts=_term(version, "act-record"), looks=_term(version, "look-record"))
    evidence.record(
        "register.adopted",
        actor,
        None,
        operation="organise",
        facts={"number": row.number, "digest": row.digest, "answered": len(row.answers)},
    )
    return version


def _term(version: Version, item: str) -> str:
    """The term of the evidence, ISO 8601. The lint saw to it that there is one, that runs from the entry itself."""
    return places_of(version, item)[0].rule.offset or "P1Y"
