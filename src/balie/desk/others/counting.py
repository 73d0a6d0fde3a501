"""How many decisions about others' data are open at a desk, for the privacy officer: numbers only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
    mine = Others.objects.filter(ticket__desk=desk)
    waiting = mine.filter(outcome="", done_at=None)
    return OthersCounted(
        undecided=waiting.count(),
        overdue=waiting.filter(due_at__lte=now).count(),
        breaches=mine.filter(breach=True, noticed_at__gte=now - LATELY).count(),
    )
