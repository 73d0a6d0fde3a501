"""How many mails may go out that nobody wrote: few to one address, few on one ticket, a bounded number from one desk."""

from datetime import datetime, timedelta

from django.db import connection

from balie import vault
from balie.desk.models import Tally, Ticket

TO_AN_ADDRESS = 5  # a day
ON_A_TICKET = 5  # a day
FROM_A_DESK = 1000  # an hour: more at once is no counter that is busy, it is a bomb whose echo we would be
KEPT = timedelta(days=2)

_COUNT = (
    "INSERT INTO desk_tally (desk, mark, since, count) VALUES (%s, %s, %s, 1) "
    "ON CONFLICT (desk, mark, since) DO UPDATE SET count = desk_tally.count + 1 RETURNING count"
)


def one_more(ticket: Ticket, address: str, *, at: datetime) -> bool:
    """Whether one more automatic mail may go to this address about this ticket; it is counted, in the caller's transaction.

    Three counts at three places, however much came before. An address is counted behind a keyed hash, which is gone after two days.
    """
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = at.replace(minute=0, second=0, microsecond=0)
    plain = address.casefold().encode("utf-8", "surrogateescape").decode("latin-1")  # whatever a sender may be called
    to_address = _count(ticket.desk, vault.lookup(ticket.desk, "automatic", plain), day)
    on_ticket = _count(ticket.desk, ticket.handle.bytes, day)
    if to_address > TO_AN_ADDRESS or on_ticket > ON_A_TICKET:
        return False
    return _count(ticket.desk, b"", hour) <= FROM_A_DESK


def forget_old(now: datetime) -> int:
    """Drop counts whose day is over; how many."""
    gone, _ = Tally.objects.filter(since__lt=now - KEPT).delete()
    return gone


def _count(desk: str, mark: bytes, since: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [desk, mark, connection.ops.adapt_datetimefield_value(since)])
        return int(cursor.fetchone()[0])
