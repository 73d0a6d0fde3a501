"""A desk whose register asks for approval before anything goes, or warns before it: the publication office, with one line more."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from balie.desk import closing
from balie.desk.models import Ticket
from balie.privacy import destroying, retention
from balie.privacy.models import Destruction
from balie.privacy.tests.at_the_desk import mail_in
from balie.register.tests.desks_read import adopted

ASKED = (
    "    keep: 1 year after ticket.closed\n",
    "    keep: 1 year after ticket.closed\n    approve-within: 30 days\n",
)
WARNED = (
    "    keep: 1 year after ticket.closed\n",
    "    keep: 1 year after ticket.closed\n    warn: [30 days, 7 days]\n",
)
YEAR = timezone.now() + timedelta(days=370)


def asking(cast: Any) -> Any:
    """The desk, from now on with such a register."""
    adopted(ASKED, ("number: VB-0117", "number: VB-0118"), desk=cast.desk, actor=cast.dora)
    return cast


def ended(cast: Any, **mail: Any) -> Ticket:
    """A ticket that was closed."""
    ticket = mail_in(cast, **mail)
    closing.close(ticket, actor=cast.bob)
    return ticket


def gathered(cast: Any) -> Destruction:
    """The list of what is due after a year."""
    retention.run(cast.desk, now=YEAR)
    found = destroying.open_at(cast.desk)
    assert found is not None
    return found
