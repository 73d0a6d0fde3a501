"""Does the evidence of a desk fit its signed checkpoint?"""

from datetime import datetime

from balie import evidence, vault
from balie.kernel import sentence
from balie.privacy.proof import Check


def attested(desk: str, now: datetime) -> Check:
    """Every entry, leaf and tile recomputed against the newest checkpoint, under the desk's own key (mission, Beyond 5)."""
    check = Check("evidence", sentence("The evidence is as it was signed."))
    signer = vault.signer_for(desk)
    report = evidence.verify(desk, vkey=evidence.vkey(signer.origin, signer.public_key), now=now)
    for failure in report.failures:
        check.fail(f"/evidence/{desk}", failure)
    check.failed = report.failed
    return check
