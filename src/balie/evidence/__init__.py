"""What was done: append-only entries of every act, sealed into a Merkle log with signed checkpoints.

`from balie import evidence`, then `evidence.record(...)`. The names below are found when first
used, because Django imports this package before its tables exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.evidence.codes import check_codes, is_code
    from balie.evidence.recording import OPERATIONS, record

_HOME = {
    "OPERATIONS": "recording",
    "check_codes": "codes",
    "is_code": "codes",
    "record": "recording",
}

__all__ = [
    "OPERATIONS",
    "check_codes",
    "is_code",
    "record",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
