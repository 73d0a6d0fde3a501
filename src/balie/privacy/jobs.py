"""Jobs of the duties: versions whose day has come, the sweep of every desk, and evidence past its term."""

from django.utils import timezone

from balie import evidence, jobs, register
from balie.privacy import destroying, retention, versions, warning


@jobs.job("privacy.begin")
def begin(args: dict[str, str]) -> None:
    """Write down which versions are in force since their day, and let what is stored end as they say."""
    versions.begin(timezone.now())


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


@jobs.job("evidence.count")
def count(args: dict[str, str]) -> None:
    """Add up what was sealed, by month, activity and act."""
    evidence.count()


@jobs.job("evidence.expire")
def expire(args: dict[str, str]) -> None:
    """Let go of evidence whose term has ended."""
    retention.expire(timezone.now())
