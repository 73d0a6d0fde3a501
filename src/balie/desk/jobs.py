"""Jobs of the desk: forgetting arrivals whose week is over, what can no longer be undone, and who was at which ticket a minute ago."""

from django.utils import timezone

from balie import jobs
from balie.desk import allowance, arrivals, bulk, presence


@jobs.job("desk.tidy")
def tidy(args: dict[str, str]) -> None:
    """Forget the fingerprints of mail of more than a week ago, how many automatic mails went on days that are over, and what can
    no longer be undone."""
    arrivals.forget_old(timezone.now())
    bulk.forget_old(timezone.now())
    allowance.forget_old(timezone.now())


@jobs.job("desk.leave")
def leave(args: dict[str, str]) -> None:
    """Forget who was at which ticket more than a minute ago."""
    presence.forget_old(timezone.now())
