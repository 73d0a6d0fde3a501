"""Numbers of tickets: each desk counts for itself, and none is given twice."""

from django.db.models import F

from balie.desk.models import LastNumber

FIRST = 1001


def next_number(desk: str) -> int:
    """The next number of a desk, in the caller's transaction."""
    if not LastNumber.objects.filter(desk=desk).update(number=F("number") + 1):
        LastNumber.objects.create(desk=desk, number=FIRST)
    return LastNumber.objects.get(desk=desk).number
