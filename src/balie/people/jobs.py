"""Jobs of people: forgetting what has no use any more."""

from django.utils import timezone

from balie import jobs, register
from balie.people import persons, sign_in


@jobs.job("people.tidy")
def tidy(args: dict[str, str]) -> None:
    """Forget failed sign-ins whose wait is over."""
    sign_in.forget_old_failures(timezone.now())


@jobs.job("people.forget")
def forget(args: dict[str, str]) -> None:
    """Forget persons about whom nothing is kept."""
    for desk in register.desks():
        persons.forget_unheld(desk)
