"""Who objects, decides, holds and approves what is to be destroyed: each rule gives a sentence of refusal, or None."""

from uuid import UUID

from django.db.models import QuerySet

from balie.desk import rules
from balie.desk.models import Ticket
from balie.kernel import Actor, Sentence, sentence
from balie.kernel.prepared import prepared
from balie.privacy.models import Destruction, Objection, Outcome

# To what rests on these one may object.
OBJECTIONABLE = frozenset({"legitimate-interest", "public-task"})

# Why an objection is upheld or rejected. Rejecting is for the controller to justify (21(1), 21(6)).
REASONS = {
    Outcome.UPHELD: ("person-prevails", "no-grounds-shown", "direct-marketing"),
    Outcome.REJECTED: ("compelling-grounds", "legal-claims", "public-interest"),
}


def record(ticket: Ticket, actor: Actor) -> Sentence | None:
    """An agent or the privacy officer of the desk, when the ticket's activity rests on something one can object to."""
    refusal = _named(ticket, actor)
    if refusal is not None:
        return refusal
    if not can_be_objected_to(ticket):
        return sentence("What is kept here rests on a ground to which the law gives no objection; say so, and why.")
    if _undecided(ticket.pk):
        return sentence("There is an objection on this ticket already: decide that one first.")
    return None


def decide(objection: Objection, actor: Actor) -> Sentence | None:
    """A named person decides, once (mission S0.9; GDPR 22)."""
    if objection.outcome != Outcome.OPEN:
        return sentence("This objection has been decided.")
    return _named(objection.ticket, actor)


def hold(ticket: Ticket, actor: Actor) -> Sentence | None:
    """The privacy officer says that data outlive their term (GDPR 17(3), 39(1))."""
    if not actor.has("privacy-officer"):
        return sentence("Only the privacy officer of the desk holds data beyond their term.")
    return _named(ticket, actor)


def destroy(destruction: Destruction, actor: Actor) -> Sentence | None:
    """The privacy officer, by name, approves what is to be destroyed or takes something out of it (GDPR 5(2), 39(1))."""
    if actor.kind != "staff" or not actor.has("privacy-officer") or actor.desk != destruction.desk:
        return sentence("Only the privacy officer of the desk approves what is to be destroyed.")
    if destruction.approved_at is not None:
        return sentence("This list has been approved.")
    return None


def can_be_objected_to(ticket: Ticket) -> bool:
    """Whether a purpose of the ticket's activity rests on a legitimate interest or a public task (GDPR 21(1))."""
    purposes = rules.version_of(ticket).data["activities"][ticket.activity]["purposes"].values()
    return any(purpose["basis"] in OBJECTIONABLE for purpose in purposes)


@prepared
def _undecided(ticket: UUID) -> QuerySet[Objection, UUID]:
    return Objection.objects.filter(ticket=ticket, outcome=Outcome.OPEN).values_list("pk", flat=True)


def _named(ticket: Ticket, actor: Actor) -> Sentence | None:
    if actor.kind != "staff" or not (actor.has("agent") or actor.has("privacy-officer")):
        return sentence("Only an agent or the privacy officer of this desk can do this: a named person decides.")
    return rules.look(ticket, actor)
