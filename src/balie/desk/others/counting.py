"""How many decisions about others' data are open at a desk, for the privacy officer: numbers only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce

from balie.desk.models import Others

LATELY = timedelta(days=365)


@dataclass(frozen=True)
class OthersCounted:
    """undecided: wait for a person; overdue: of these, longer than two working days; breaches: possible ones, noticed in a year."""

    undecided: int
    overdue: int
    breaches: int


def count(desk: str, *, now: datetime) -> OthersCounted:
    """As of a moment, whatever the team: officers see how many, not whose."""
    # Asked so that the desk is looked at for each case: SQLite would go through all tickets of the desk to find a handful of cases.
    mine = Others.objects.alias(at=Coalesce("ticket__desk", Value(""))).filter(at=desk)
    waits = Q(outcome="", done_at=None)
    return OthersCounted(
        **mine.aggregate(
            undecided=Count("pk", filter=waits),
            overdue=Count("pk", filter=waits & Q(due_at__lte=now)),
            breaches=Count("pk", filter=Q(breach=True, noticed_at__gte=now - LATELY)),
        )
    )
