"""A version from a day to come: approved beforehand, in force by itself with the midnight of its day, withdrawn until then.

Nothing has to run at midnight: `in_use` asks the clock. What a beginning does beside (the terms of the evidence, shorter terms of what
is stored, the entry that it began) is done once by a job, whenever it next runs.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from balie import evidence
from balie.kernel import Actor, Conflict, Invalid, check, sentence
from balie.register import adoption, in_use, rules
from balie.register.models import Coming
from balie.register.versions import Version

# Why a version is withdrawn before its day.
REASONS = ("mistake", "people-not-told", "other-version", "not-needed")
LAST_MOMENT = timedelta(minutes=1)  # from then on processes may obey it before they hear that it was withdrawn


@transaction.atomic
def withdraw(desk: str, number: int, *, reason: str, actor: Actor) -> None:
    """The version that is approved for a day to come shall not come in force; it stays to be read, its number is not used again.

    reason: one of REASONS. Raises Refused for who does not write the register, Invalid for another reason, Conflict where it is
    not waiting or its day is about to begin.
    """
    check(rules.propose(actor, desk))
    if reason not in REASONS:
        raise Invalid(sentence("Say why it is withdrawn."))
    kept = _waiting().select_for_update().filter(adopted__desk_id=desk, adopted__number=number).first()
    if kept is None or kept.adopted.valid_from <= timezone.now() + LAST_MOMENT:
        raise Conflict(sentence("This version does not wait for its day any more. Look at the register again."))
    kept.outcome, kept.reason = Coming.Outcome.WITHDRAWN, reason
    _decided(kept, actor)
    in_use.forget(desk)
    evidence.record(
        "register.approval-withdrawn",
        actor,
        None,
        operation="organise",
        facts={"number": number, "reason": reason},
    )


def due(now: datetime) -> list[tuple[str, int]]:
    """Versions whose day has begun and of which that is not written down yet: desk and number, in the order of their days."""
    rows = _waiting().filter(adopted__valid_from__lte=now).order_by("adopted__valid_from", "adopted__number")
    return list(rows.values_list("adopted__desk_id", "adopted__number"))


def begin(desk: str, number: int, *, now: datetime, actor: Actor) -> Version | None:
    """What comes with the beginning of a version, once, in the caller's transaction; None where another worker did it."""
    rows = _waiting().select_for_update().filter(adopted__desk_id=desk, adopted__number=number)
    kept = rows.filter(adopted__valid_from__lte=now).first()
    if kept is None:
        return None
    kept.outcome = Coming.Outcome.BEGUN
    _decided(kept, actor)
    version = in_use.built(kept.adopted.pk, kept.adopted.adopted_at)
    adoption.begin(kept.adopted, version, actor=actor)
    return version


def withdrawn(desk: str) -> dict[int, str]:
    """The versions of a desk that never came in force, by number, with the code of the reason."""
    rows = Coming.objects.filter(adopted__desk_id=desk, outcome=Coming.Outcome.WITHDRAWN)
    return dict(rows.values_list("adopted__number", "reason"))


def _waiting() -> QuerySet[Coming]:
    return Coming.objects.filter(outcome="").select_related("adopted")


def _decided(kept: Coming, actor: Actor) -> None:
    kept.decided_at, kept.decided_by = timezone.now(), str(actor)
    kept.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])
