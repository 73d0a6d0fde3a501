"""The decision that a purpose reaches data collected before it was declared: weighed by the privacy officer, approved by another.

What stands in it is of the kind of the register itself: sentences about an activity, never about a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from balie import evidence
from balie.kernel import Actor, Conflict, Invalid, check, sentence
from balie.recognition.looking import look_through
from balie.recognition.spans import Participants
from balie.register import in_use, reach, rules
from balie.register.models import Reach
from balie.register.versions import Version
from balie.register.zones import day_at

# What is weighed (GDPR 6(4)(a) to (e)).
FACTORS = ("link", "context", "nature", "consequences", "safeguards")
LONGEST = 2000  # signs of one reason


@dataclass(frozen=True)
class Wider:
    """A purpose of the version in force that an earlier version did not have, or not for all that it has now.

    since: the version from which on it reads as now. state: empty, `proposed` or `approved`.
    """

    activity: str
    purpose: str
    since: int
    state: str


@transaction.atomic
def propose(
    desk: str,
    activity: str,
    purpose: str,
    *,
    ground: str,
    reasons: Mapping[str, str],
    because: str = "",
    told_on: date | None,
    actor: Actor,
) -> Reach:
    """Write down why a purpose shall reach what was collected before it was declared; nothing is used for it yet.

    ground: `compatible`, then `reasons` has one for each of FACTORS; `law` or `consent`, then `because` says which law, or how people
    are asked. told_on: the day on which those concerned were told (GDPR 13(3), 14(4)).
    Raises Refused for who is not the privacy officer, Invalid for what is missing, Conflict where it was decided or waits already.
    """
    check(rules.decide_reach(actor, desk))
    now = in_use.in_force(desk)
    weighed = reach.scope(now, activity, purpose)
    if weighed is None:
        raise Invalid(sentence("Choose a purpose of the register in force."))
    given = _given(now, ground, reasons, because)
    told = _told(now, told_on)
    alike = Reach.objects.filter(desk_id=desk, activity=activity, purpose=purpose, number=now.number)
    if alike.filter(outcome__in=("", "approved")).exists():
        raise Conflict(
            sentence("About this purpose there is a decision already, or one that waits for another person.")
        )
    made = Reach.objects.create(
        desk_id=desk,
        activity=activity,
        purpose=purpose,
        number=now.number,
        scope={"said": weighed.said, "items": sorted(weighed.items), "to": sorted(weighed.to)},
        ground=ground,
        told_on=told,
        written_at=timezone.now(),
        written_by=str(actor),
        **given,
    )
    _record("reach.proposed", made, now, actor)
    return made


@transaction.atomic
def approve(decision: Reach, *, actor: Actor) -> None:
    """Let the purpose reach older data: another person than who wrote it (four eyes, as for a version).

    Raises Refused for who may not, Conflict where it was decided, or where the purpose reads otherwise now than when it was weighed.
    """
    check(rules.adopt(actor, decision.desk_id, rules.Author(decision.written_by, officer=True)))
    kept, now = _still(decision, ""), in_use.in_force(decision.desk_id)
    weighed = reach.scope(now, kept.activity, kept.purpose)
    if weighed is None or not weighed.within(in_use.as_decided(kept).scope):
        raise Conflict(
            sentence("The purpose reads otherwise now, or takes in more, than when this was weighed. Weigh it again.")
        )
    _decide(kept, Reach.Outcome.APPROVED, actor)
    _record("reach.approved", kept, now, actor)


@transaction.atomic
def end(decision: Reach, *, actor: Actor) -> None:
    """It shall not reach them: withdraw what waits, or end what was approved; from now on a use is refused again.

    Raises Refused for who does not write the register, Conflict where it has ended already.
    """
    check(rules.propose(actor, decision.desk_id))
    waits = decision.outcome == ""
    kept = _still(decision, decision.outcome)
    if kept.outcome not in ("", Reach.Outcome.APPROVED):
        raise _decided_already()
    _decide(kept, Reach.Outcome.WITHDRAWN if waits else Reach.Outcome.ENDED, actor)
    _record("reach.withdrawn" if waits else "reach.ended", kept, in_use.in_force(kept.desk_id), actor)


def known(desk: str) -> list[Reach]:
    """Every decision of a desk, the newest first."""
    return list(Reach.objects.filter(desk_id=desk).order_by("-pk"))


def one(desk: str, number: int) -> Reach | None:
    return Reach.objects.filter(desk_id=desk, pk=number).first()


def wider(desk: str) -> list[Wider]:
    """The purposes of the version in force that do not reach all that an earlier version collected, without a decision."""
    return list(_wider(desk))


def _wider(desk: str) -> Iterator[Wider]:
    now = in_use.in_force(desk)
    earlier = [in_use.version(desk, number) for number in in_use.numbers(desk) if number < now.number]
    waits = [in_use.as_decided(one) for one in Reach.objects.filter(desk_id=desk, outcome="")]
    for activity, act in now.data["activities"].items():
        for purpose in act["purposes"]:
            narrow = [v.number for v in earlier if _adds(v, now, activity, purpose)]
            if narrow:
                yield Wider(activity, purpose, max(narrow) + 1, _state(now, activity, purpose, max(narrow), waits))


def _state(now: Version, activity: str, purpose: str, last: int, waits: list[reach.Decided]) -> str:
    """What was decided about all that this purpose takes in now, from data collected under versions up to `last`."""
    is_now = reach.scope(now, activity, purpose)
    for state, decided in (("approved", in_use.decided(now.desk)), ("proposed", waits)):
        about = reach.decisions(now, activity, purpose, decided)
        if any(one.before > last and is_now and is_now.within(one.scope) for one in about):
            return state
    return ""


def _adds(old: Version, now: Version, activity: str, purpose: str) -> bool:
    """Whether a purpose uses more now than an earlier version let it use of what that collected: an item, or a recipient."""
    if activity not in old.data["activities"]:
        return False
    served = [place for place in now.places_within.get(activity, ()) if purpose in place.purposes]
    kept = {(one.people, one.item): one.purposes for one in old.places_within.get(activity, ())}
    if any((one.people, one.item) in kept and purpose not in kept[one.people, one.item] for one in served):
        return True
    new = {line.to for line in now.shares[activity]} - {line.to for line in old.shares[activity]}
    lines = [
        line for line in now.shares[activity] if line.to in new and (not line.purposes or purpose in line.purposes)
    ]
    return any(
        (one.people, one.item) in kept and any(line.fits(*one[1:3], one.purposes) for line in lines) for one in served
    )


def _given(now: Version, ground: str, reasons: Mapping[str, str], because: str) -> dict[str, str]:
    """What is kept of the reasons: for each ground its own, none of them empty."""
    if ground == "compatible":
        given = {name: reasons.get(name, "").strip() for name in FACTORS}
    elif ground in ("law", "consent"):
        given = {"because": because.strip()}
    else:
        raise Invalid(sentence("Say on what this rests: weighed, a law, or consent."))
    if not all(given.values()):
        raise Invalid(sentence("Each of these needs its reason; none may be left out."), clause="6(4)")
    for text in given.values():
        _check_text(now, text)
    return given


def _check_text(now: Version, text: str) -> None:
    if len(text) > LONGEST:
        raise Invalid(sentence("A reason has {most} signs at most.", most=LONGEST))
    if look_through(text, participants=Participants(), country=str(now.data["controller"]["country"])):
        raise Invalid(
            sentence("This stands in clear beside the register: write it without anybody’s number or address.")
        )


def _told(now: Version, told_on: date | None) -> date:
    if told_on is None:
        raise Invalid(sentence("Tell people first, then say here on which day you did."), clause="13(3), 14(4)")
    if told_on > day_at(now, timezone.now()):
        raise Invalid(sentence("The day on which people were told is still to come. Decide this then."), clause="13(3)")
    return told_on


def _still(decision: Reach, outcome: str) -> Reach:
    kept = Reach.objects.select_for_update().filter(pk=decision.pk, outcome=outcome).first()
    if kept is None:
        raise _decided_already()
    return kept


def _decided_already() -> Conflict:
    return Conflict(sentence("Somebody has decided about this already. Look at it again."))


def _decide(kept: Reach, outcome: Reach.Outcome, actor: Actor) -> None:
    kept.outcome, kept.decided_at, kept.decided_by = outcome, timezone.now(), str(actor)
    kept.save(update_fields=["outcome", "decided_at", "decided_by"])
    in_use.forget(kept.desk_id)


def _record(act: str, kept: Reach, now: Version, actor: Actor) -> None:
    evidence.record(
        act,
        actor,
        None,
        operation="organise",
        activity=now.uri(kept.activity),
        facts={"decision": kept.pk, "purpose": kept.purpose, "ground": kept.ground, "told": kept.told_on.isoformat()},
    )
