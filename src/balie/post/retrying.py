"""What an administrator may do about what waits: have it tried now, or give it up."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence
from balie.kernel import Actor, Refused, Sentence, check, sentence
from balie.post.models import Outgoing

State = Outgoing.State
GIVEN_UP = "given-up"


def may_decide(actor: Actor) -> Sentence | None:
    """The rule of both verbs, also for their buttons: a named administrator of the desk decides."""
    if actor.kind == "staff" and actor.has("administrator"):
        return None
    return sentence("Only an administrator of this desk decides about what waits to be sent.")


@transaction.atomic
def try_now(handle: UUID, *, actor: Actor) -> Outgoing:
    """What waits, or was given up, may go at once, and has five days again. Raises Refused, also when it has gone meanwhile."""
    now = timezone.now()
    change = {"state": State.TO_SEND, "not_before": now, "tried_anew_at": now}
    return _decide(handle, "post.tried-anew", (State.TO_SEND, State.FAILED), actor=actor, change=change)


@transaction.atomic
def give_up(handle: UUID, *, actor: Actor) -> Outgoing:
    """What waits will not be sent. Raises Refused, also when it is just being sent or has gone meanwhile."""
    change = {"state": State.FAILED, "last_error": GIVEN_UP}
    return _decide(handle, "post.given-up", (State.TO_SEND,), actor=actor, change=change)


def _decide(handle: UUID, act: str, states: Collection[str], *, actor: Actor, change: Mapping[str, object]) -> Outgoing:
    check(may_decide(actor))
    row = Outgoing.objects.filter(pk=handle, desk=actor.desk).first()
    if row is None:
        raise Refused(sentence("There is nothing like that in the outbox any more."))
    if not Outgoing.objects.filter(pk=row.pk, state__in=states).update(**change):
        raise Refused(sentence("It is just being sent, or has gone already: look again."))
    for name, value in change.items():
        setattr(row, name, value)
    evidence.record(act, actor, row.handle, operation="transmit", facts={"kind": row.kind, "attempts": row.attempts})
    return row
