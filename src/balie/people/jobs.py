"""Jobs of people: forgetting what has no use any more."""

from django.utils import timezone

from balie import jobs, register
from balie.people import accounts, persons, sign_in


@jobs.job("people.tidy")
def tidy(args: dict[str, str]) -> None:
    """Forget failed sign-ins whose wait is over, and sessions that are over."""
    sign_in.forget_old_failures(timezone.now())
    sign_in.forget_old_sessions()


@jobs.job("people.forget")
def forget(args: dict[str, str]) -> None:
    """Forget persons about whom nothing is kept, and whose an ended account was."""
    for desk in register.desks():
        accounts.forget_ended(desk)
        persons.forget_unheld(desk)
