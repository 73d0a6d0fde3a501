"""Letting go of entries whose term has ended: the body and the salt go, the leaf stays and still fits the tree."""

from datetime import datetime

from django.db import transaction

from balie.evidence.models import Entry
from balie.evidence.terms import day_number

_EMPTY: dict[str, object] = {
    **dict.fromkeys(("act", "operation", "actor", "activity"), ""),
    **dict.fromkeys(("trace", "span", "ref", "at", "salt")),
    "about": [],
    "facts": {},
}


def expire(*, now: datetime, limit: int = 10_000) -> int:
    """Empty up to `limit` sealed entries whose term has ended by the day of `now` (UTC); how many.

    Without its salt nothing of an entry can be told from its leaf. That is an act of the log itself and is not recorded
    again (LDV 3.3, standards 1.3 no. 13). The cost grows with what is due.
    """
    due = Entry.objects.filter(salt__isnull=False, index__isnull=False, expires__lte=day_number(now))
    with transaction.atomic():
        chosen = list(due.order_by("expires", "id").values_list("id", flat=True)[:limit])
        for start in range(0, len(chosen), 500):  # SQLite takes no more than some thousand values a statement
            Entry.objects.filter(id__in=chosen[start : start + 500]).update(**_EMPTY)
    return len(chosen)
