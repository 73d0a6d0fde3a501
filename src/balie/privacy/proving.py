"""Proving: the whole desk looked at against its register; the result is signed, and that it was looked at is evidence."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from django.db import transaction

from balie import evidence, register, vault
from balie.evidence import notes
from balie.kernel import Actor
from balie.privacy.checks.agreed import agreed, strays
from balie.privacy.checks.attested import attested
from balie.privacy.checks.declared import declared
from balie.privacy.checks.ended import ending, erased_in_time
from balie.privacy.checks.reviewed import reviewed
from balie.privacy.checks.weighed import weighed
from balie.privacy.proof import Check, Failure, Proof

__all__ = ["Check", "Failure", "Proof", "prove", "prove_all"]

Told = Callable[[str, str], None]


def prove(desk: str, *, now: datetime, told: Told = lambda desk, check: None) -> Proof:
    """Put every question to one desk: is all declared, ended, reviewed, restricted where somebody objected; do keys, rows, ledger,
    index, files and evidence agree (mission, Beyond 7)?

    What fails raises nothing: it is in the proof, by handle, with a sentence. The result is signed with the key of the desk's
    evidence, and recorded there. told: hears the desk and the name of each check when it is done.
    """
    proof = Proof(desk, now)
    for check in _checks(desk, now):
        proof.checks.append(check)
        told(desk, check.name)
    proof.note = _signed(proof)
    _record(proof)
    return proof


def prove_all(*, now: datetime, told: Told = lambda desk, check: None) -> list[Proof]:
    """The proof of each desk, and of what belongs to no desk (its `desk` is empty, and no desk signs it)."""
    proofs = [prove(desk, now=now, told=told) for desk in register.desks()]
    return [*proofs, Proof("", now, strays(now))]


def _checks(desk: str, now: datetime) -> Iterator[Check]:
    yield declared(desk)
    yield erased_in_time(desk, now)
    yield from ending(desk)
    yield reviewed(desk, now.date())
    yield weighed(desk, now)
    yield from agreed(desk, now)
    yield attested(desk, now)


def _signed(proof: Proof) -> str:
    """A signed note: whose proof, of when, how it ended, and the digest of the whole."""
    outcome = "holds" if proof.ok else f"fails {proof.failed}"
    lines = (f"balie/{proof.desk}/proof", proof.at.astimezone(UTC).isoformat(), outcome, proof.digest())
    return notes.sign("\n".join(lines) + "\n", vault.signer_for(proof.desk))


def _record(proof: Proof) -> None:
    with transaction.atomic():
        evidence.record(
            "desk.proven",
            Actor.system("prove", proof.desk),
            None,
            operation="use",
            facts={
                "ok": proof.ok,
                "checks": len(proof.checks),
                "failures": proof.failed,
                "digest": proof.digest(),
                **{f"failed.{check.name}": check.failed for check in proof if not check.ok},
            },
        )
