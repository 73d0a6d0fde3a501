"""Jobs of the desk: forgetting arrivals whose week is over."""

from django.utils import timezone

from balie import jobs
from balie.desk import allowance, arrivals


@jobs.job("desk.tidy")
def tidy(args: dict[str, str]) -> None:
    """Forget the fingerprints of mail that came more than a week ago, and how many automatic mails went on days that are over."""
    arrivals.forget_old(timezone.now())
    allowance.forget_old(timezone.now())
