"""Is every objection weighed in time, and does the restriction hold as long as it is not?"""

from datetime import datetime, timedelta

from balie.desk import restricting
from balie.kernel import sentence
from balie.privacy.models import Objection
from balie.privacy.proof import Check

IN_TIME = timedelta(days=31)  # without undue delay, a month at the latest (GDPR 12(3))


def weighed(desk: str, now: datetime) -> Check:
    """A ticket is restricted exactly while an objection is open, and none stays open for longer than a month (S0.12; 18(1)(d), 21)."""
    check = Check("objections", sentence("Whoever objects is heard within a month, and nothing is used until then."))
    open_ones = {
        row.ticket_id: row.recorded_at
        for row in Objection.objects.filter(ticket__desk=desk, outcome="").only("ticket", "recorded_at")
    }
    restricted = restricting.restricted(desk)
    for ticket, since in open_ones.items():
        if ticket not in restricted:
            check.fail(ticket, sentence("Somebody objected, but the ticket is used as if nobody had."))
        if since < now - IN_TIME:
            check.fail(ticket, sentence("An objection of {day} has not been decided.", day=since.date()))
    for ticket in restricted - open_ones.keys():
        check.fail(ticket, sentence("This ticket is restricted, but there is no objection to decide."))
    return check
