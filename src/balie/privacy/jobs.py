"""Jobs of the duties: the sweep of every desk, and evidence past its term."""

from django.utils import timezone

from balie import jobs, register
from balie.privacy import destroying, retention, warning


@jobs.job("privacy.sweep")
def sweep(args: dict[str, str]) -> None:
    """Erase what is due at every desk, and what was approved and not carried out yet."""
    for desk in register.desks():
        retention.run(desk, now=timezone.now())
        destroying.finish(desk)


@jobs.job("privacy.destroy")
def destroy(args: dict[str, str]) -> None:
    """Carry out the lists of a desk that were approved."""
    destroying.finish(args["desk"])


@jobs.job("privacy.warn")
def warn(args: dict[str, str]) -> None:
    """Warn of what will end, on the days that the registers give."""
    for desk in register.desks():
        warning.run(desk, now=timezone.now())
    warning.tidy(now=timezone.now())


@jobs.job("evidence.expire")
def expire(args: dict[str, str]) -> None:
    """Let go of evidence whose term has ended."""
    retention.expire(timezone.now())
