"""What was done: append-only entries of every act, sealed into a Merkle log with signed checkpoints.

`from balie import evidence`, then `evidence.record(...)`. The names below are found when first
used, because Django imports this package before its tables exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.evidence.codes import check_codes, is_code
    from balie.evidence.expiry import expire
    from balie.evidence.exporting import export
    from balie.evidence.following import Deed, News, acted, place, since
    from balie.evidence.notes import Checkpoint, Signer, vkey
    from balie.evidence.proofs import continues, proof
    from balie.evidence.reading import SealedEntry, after, seen_by
    from balie.evidence.recording import OPERATIONS, Done, record, record_all
    from balie.evidence.sealing import checkpoint, seal
    from balie.evidence.terms import set_terms
    from balie.evidence.verifying import Report, verify

_HOME = {
    "Checkpoint": "notes",
    "Deed": "following",
    "Done": "recording",
    "News": "following",
    "OPERATIONS": "recording",
    "Report": "verifying",
    "SealedEntry": "reading",
    "Signer": "notes",
    "acted": "following",
    "after": "reading",
    "check_codes": "codes",
    "checkpoint": "sealing",
    "continues": "proofs",
    "expire": "expiry",
    "export": "exporting",
    "is_code": "codes",
    "place": "following",
    "proof": "proofs",
    "record": "recording",
    "record_all": "recording",
    "seal": "sealing",
    "seen_by": "reading",
    "set_terms": "terms",
    "since": "following",
    "verify": "verifying",
    "vkey": "notes",
}

__all__ = [
    "OPERATIONS",
    "Checkpoint",
    "Deed",
    "Done",
    "News",
    "Report",
    "SealedEntry",
    "Signer",
    "acted",
    "after",
    "check_codes",
    "checkpoint",
    "continues",
    "expire",
    "export",
    "is_code",
    "place",
    "proof",
    "record",
    "record_all",
    "seal",
    "seen_by",
    "set_terms",
    "since",
    "verify",
    "vkey",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
