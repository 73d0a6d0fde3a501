"""What a ticket's page says of the requester's right to object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie.desk.models import Ticket
from balie.kernel import Actor, Sentence
from balie.privacy import rules
from balie.privacy.models import Objection

_REASONS = {
    "person-prevails": gettext_noop("Upheld: the interests of the person weigh more."),
    "no-grounds-shown": gettext_noop("Upheld: we have no compelling ground to go on."),
    "direct-marketing": gettext_noop("Upheld: it was for marketing, which ends at once."),
    "compelling-grounds": gettext_noop("Rejected: our compelling grounds weigh more."),
    "legal-claims": gettext_noop("Rejected: needed for a legal claim."),
    "public-interest": gettext_noop("Rejected: needed for a task in the public interest."),
}


@dataclass(frozen=True)
class DecisionShown:
    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class ObjectionShown:
    """open: one waits for a decision, at `url`. decided: what was decided last. refusal: why not."""

    open: bool
    may_begin: bool
    url: str
    recorded_at: datetime | None
    decisions: list[DecisionShown]
    why: str
    decided: str
    decided_at: datetime | None
    refusal: Sentence | None


def objection_of(
    ticket: Ticket, known: Sequence[Objection], actor: Actor, request: HttpRequest, *, anything_kept: bool
) -> ObjectionShown | None:
    """Of these, the newest first: the objection on a ticket, or the way to write one down; nothing where the law gives no objection."""
    if not known and not (anything_kept and rules.can_be_objected_to(ticket)):
        return None
    waiting = next((one for one in known if not one.outcome), None)
    decided = next((one for one in known if one.outcome), None)
    may_begin = waiting is None and anything_kept
    return ObjectionShown(
        open=waiting is not None,
        may_begin=may_begin,
        url=f"objections/{waiting.handle}/decision" if waiting else "objections",
        recorded_at=waiting.recorded_at if waiting else None,
        decisions=_decisions(request.POST.get("decision", "")),
        why=request.POST.get("why", ""),
        decided=_(_REASONS.get(decided.reason, decided.reason)) if decided else "",
        decided_at=decided.decided_at if decided else None,
        refusal=rules.decide(waiting, actor) if waiting else rules.record(ticket, actor),
    )


def _decisions(chosen: str) -> list[DecisionShown]:
    """Every outcome with its reasons; none is chosen beforehand (invariant 7)."""
    values = [f"{outcome}/{reason}" for outcome, reasons in rules.REASONS.items() for reason in reasons]
    return [DecisionShown(value, _(_REASONS[value.partition("/")[2]]), value == chosen) for value in values]
