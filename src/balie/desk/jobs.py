"""Jobs of the desk: looking into files, others' data, and forgetting what is over: arrivals of a week ago, what can no longer be
undone, who was at which ticket a minute ago."""

from uuid import UUID

from django.utils import timezone

from balie import jobs
from balie.desk import allowance, arrivals, bulk, looking_into, presence
from balie.desk.others import carrying_out


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


@jobs.job("files.look-into")
def look_into(args: dict[str, str]) -> None:
    """Look into a file that came in; until then it is held back."""
    looking_into.look_into(UUID(args["file"]))


@jobs.job("others.carry-out")
def carry_out(args: dict[str, str]) -> None:
    """Do what somebody decided about others' data, now that it cannot be taken back any more."""
    carrying_out.carry_out(UUID(args["others"]), now=timezone.now())


@jobs.job("others.due")
def due(args: dict[str, str]) -> None:
    """Do what was decided and not done yet, what nobody decided in time, and what is needed no longer."""
    carrying_out.work(now=timezone.now())
