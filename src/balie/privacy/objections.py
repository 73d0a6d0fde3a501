"""Objections: somebody asks us to stop. It is written down, the data rest, a named person decides, and that is carried out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from balie import evidence, vault
from balie.desk import clocks, forgetting, holders, restricting
from balie.desk import rules as desk_rules
from balie.desk.models import Ticket
from balie.kernel import Actor, Invalid, check, sentence
from balie.kernel.prepared import prepared
from balie.people import accounts
from balie.privacy import rules
from balie.privacy.models import Objection, Outcome

HOLD = "objection"  # the reason of the holds that an open objection sets
WHY = "objection-upheld"  # why, in the erasure ledger


@dataclass(frozen=True)
class Receipt:
    """What a decision did to the data. lines: the ledger's, by which anyone can check what went and when. kept: what may not go yet."""

    ticket: int
    at: datetime
    lines: tuple[vault.Ended, ...]
    kept: int


@transaction.atomic
def record(ticket: Ticket, *, actor: Actor) -> Objection:
    """Write down that the requester objects. From now on the ticket's data are kept and not used, and not erased either.

    Not erased, because the person may need them (GDPR 18(1)(d), 18(2)). Raises Refused when a rule says no (S0.12; GDPR 21).
    """
    check(rules.record(ticket, actor))
    objection = Objection.objects.create(
        ticket=ticket, recorded_at=timezone.now(), recorded_by=accounts.account_of(actor)
    )
    restricting.restrict(ticket, actor=actor)
    vault.hold(_records(ticket), reason=HOLD, actor=actor)
    _record("objection.recorded", objection, actor, operation="record")
    return objection


@transaction.atomic
def decide(objection: Objection, *, outcome: str, reason: str, text: str, actor: Actor) -> Receipt:
    """Decide an objection. Upheld: all that the ticket holds is erased at once. Rejected: it may be used again.

    outcome: `upheld` or `rejected`. reason: a code of `rules.REASONS`. text: why, in the decider's words, for the answer to the
    person; needed when it is rejected, and kept sealed with the ticket. Answer the person first: what is erased can be written to
    no more (GDPR 12(4), 17(1)(c), 21(1)). What may not be destroyed yet, or is on hold for another reason, stays (17(3)).

    Raises Refused when no named person decides or it was decided, Invalid for an unknown outcome or reason or a missing text.
    """
    check(rules.decide(objection, actor))
    _fit(outcome, reason, text)
    ticket = objection.ticket
    vault.release(_records(ticket), actor=actor, reason=HOLD)
    receipt = _erase(ticket, actor) if outcome == Outcome.UPHELD else Receipt(ticket.number, timezone.now(), (), 0)
    restricting.lift(ticket, actor=actor)
    objection.outcome, objection.reason, objection.decided_at = outcome, reason, timezone.now()
    objection.decided_by = accounts.account_of(actor)
    objection.reasons = _put(ticket, text.strip(), actor) if text.strip() else None
    objection.save()
    _record(
        f"objection.{outcome}",
        objection,
        actor,
        operation="erase" if outcome == Outcome.UPHELD else "use",
        reason=reason,
        erased=len(receipt.lines),
        kept=receipt.kept,
    )
    return receipt


def of(ticket: Ticket) -> list[Objection]:
    """The objections on a ticket, the newest first."""
    return _of(ticket.pk)


@prepared
def _of(ticket: UUID) -> QuerySet[Objection]:
    return Objection.objects.filter(ticket=ticket).order_by("-recorded_at")


def _fit(outcome: str, reason: str, text: str) -> None:
    if outcome not in (Outcome.UPHELD, Outcome.REJECTED):
        raise Invalid(sentence("Say whether the objection is upheld or rejected."))
    known = rules.REASONS[Outcome(outcome)]
    if reason not in known:
        raise Invalid(sentence("Choose a reason: {reasons}.", reasons=known))
    if outcome == Outcome.REJECTED and not text.strip():
        raise Invalid(sentence("Write down why: the person must be told (GDPR 12(4))."), clause="12(4)")


def _records(ticket: Ticket) -> list[UUID]:
    return [one.handle for one in vault.describe(ticket.desk, held_by=holders.of_ticket(ticket))]


def _erase(ticket: Ticket, actor: Actor) -> Receipt:
    today, kept = timezone.now().date(), vault.describe(ticket.desk, held_by=holders.of_ticket(ticket))
    going = {one.handle for one in kept if not one.on_hold and (one.not_before is None or one.not_before <= today)}
    vault.erase_soon(going, actor=actor, why=WHY)
    forgetting.forget(going)
    lines = [line for line in vault.ended(ticket.desk, holders.of_ticket(ticket)) if line.handle in going]
    return Receipt(ticket.number, timezone.now(), tuple(lines), len(kept) - len(going))


def _put(ticket: Ticket, text: str, actor: Actor) -> UUID:
    about = (ticket.requester_id,) if ticket.requester_id else ()
    group, version = desk_rules.group_of(ticket), desk_rules.version_of(ticket)
    item = vault.Item(ticket.activity, group, "message", text, "ticket", ticket.handle, about, "staff")
    (handle,) = vault.put([item], actor=actor, version=version)
    clocks.wind(ticket, actor=actor)
    return handle


def _record(act: str, objection: Objection, actor: Actor, *, operation: str, **facts: str | int) -> None:
    ticket = objection.ticket
    evidence.record(
        act,
        actor,
        objection.handle,
        operation=operation,
        activity=desk_rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "service": ticket.service, **facts},
    )
