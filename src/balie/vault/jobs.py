"""Jobs of the vault: finishing what a crash cut off."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from balie import evidence, jobs, post, register, vault
from balie.kernel import Stop


@jobs.job("vault.finish")
def finish(args: dict[str, str]) -> None:
    """Carry out what the erasure ledger says and has not seen done."""
    vault.finish(older_than=timedelta(seconds=5))


@jobs.job("vault.settle")
def settle(args: dict[str, str]) -> None:
    """The index follows what was moved from one holder to another."""
    vault.settle(UUID(args["holder"]))


@jobs.job("vault.tidy")
def tidy(args: dict[str, str]) -> None:
    """Take away what acts of the last hours left that were taken back."""
    vault.tidy_lately(since=timedelta(hours=2))


@jobs.job("vault.merge")
def merge(args: dict[str, str]) -> None:
    """Keep the search index in few pieces: from one piece what is erased is taken out eight times as fast."""
    vault.merge()


@jobs.job("evidence.seal")
def seal(args: dict[str, str]) -> None:
    """Order, hash and sign what was recorded since the last time; the signing keys are the vault's."""
    evidence.seal(lambda desk: vault.signer_for(desk))


@jobs.job("evidence.post")
def post_checkpoint(args: dict[str, str]) -> None:
    """A checkpoint leaves the machine every day, to each desk's privacy officer; it covers all that was recorded until then."""
    with suppress(
        Stop
    ):  # a log that is broken is told of by the sealer; what is left of it goes out, and the others' too
        evidence.seal(vault.signer_for)
    for desk in register.desks():
        if register.officer_address(register.in_force(desk)) and evidence.checkpoint(desk) is not None:
            post.add(desk, kind="checkpoint", refs={})
