"""What a ticket's page says of the holds on its data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import vault
from balie.desk.models import Ticket
from balie.kernel import Actor
from balie.privacy import holding, rules

REASONS = {
    "legal-claim": gettext_noop("Legal claim"),
    "information-request": gettext_noop("A request for public documents"),
    "archiving": gettext_noop("Archiving in the public interest"),
}


@dataclass(frozen=True)
class HoldShown:
    reason: str
    name: str
    until: date | None


@dataclass(frozen=True)
class HoldsShown:
    """The holds, and for what another can be set by the reader. may: whether the reader holds and releases."""

    holds: list[HoldShown]
    others: list[HoldShown]
    may: bool


def holds_of(ticket: Ticket, actor: Actor, kept: Sequence[vault.Described]) -> HoldsShown | None:
    """The holds on a ticket; nothing where there is none and the reader sets none. kept: what the ticket holds."""
    may = actor.has("privacy-officer") and rules.hold(ticket, actor) is None
    known = holding.of(ticket) if any(one.on_hold for one in kept) else []
    if not known and not (may and kept):
        return None
    set_ = [HoldShown(one.reason, _(REASONS[one.reason]), one.until) for one in known]
    others = [
        HoldShown(one, _(REASONS[one]), None) for one in holding.REASONS if one not in {two.reason for two in known}
    ]
    return HoldsShown(set_, others, may)
