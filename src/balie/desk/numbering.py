"""Numbers of tickets: each desk counts for itself, and none is given twice."""

from django.db import connection

from balie.desk.models import LastNumber

FIRST = 1001
_NEXT = "UPDATE desk_lastnumber SET number = number + 1 WHERE desk = %s RETURNING number"


def next_number(desk: str) -> int:
    """The next number of a desk, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [desk])
        row = cursor.fetchone()
    return int(row[0]) if row else LastNumber.objects.create(desk=desk, number=FIRST).number
