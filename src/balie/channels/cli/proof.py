"""`balie prove`: is everything as the register says? Exit status 0 only if all of it is."""

import argparse

from django.utils import timezone

from balie.channels.cli import asking, printing
from balie.privacy import proving
from balie.privacy.proof import Proof


def add_commands(commands: asking.Commands) -> None:
    parser = asking.command(
        commands,
        "prove",
        prove,
        "check the whole installation against its registers, and sign the result",
        example="balie prove --json",
        more="Exit status 0 only if all holds; each failure is named by its handle, with a sentence.",
    )
    asking.as_json(parser)


def prove(asked: argparse.Namespace) -> int:
    """Prove every desk, and that nothing is left over that belongs to none."""
    with printing.steps() as steps:
        asking.desks(argparse.Namespace(desk=None))
        proofs = proving.prove_all(now=timezone.now(), told=lambda desk, check: steps.at(f"{desk}: {check}"))
    if asked.json:
        plain = [{**proof.plain(), "signature": proof.note} for proof in proofs]
        printing.data({"ok": all(proof.ok for proof in proofs), "proofs": plain})
    else:
        _show(proofs)
    return 0 if all(proof.ok for proof in proofs) else 1


def _show(proofs: list[Proof]) -> None:
    rows = [(proof.desk or "all", check.name, check.ok, check.asks) for proof in proofs for check in proof]
    printing.table(("desk", "check", "holds", "what was asked"), rows)
    for proof in proofs:
        for check in proof:
            for one in check.failures:
                printing.line(f"{proof.desk or 'all'}\t{check.name}\t{one.handle}\t{one.sentence}")
            if check.failed > len(check.failures):
                printing.line(f"{proof.desk or 'all'}\t{check.name}\t…\tand {check.failed - len(check.failures)} more")
    failed = sum(proof.failed for proof in proofs)
    printing.say("All holds." if not failed else f"{failed} things are not as they must be.")
