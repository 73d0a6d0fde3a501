"""What a proof says: questions that were put to a whole desk, and of each thing that fails which one it is, in a sentence."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from balie.kernel import Sentence

MOST = 100  # failures of one check that are named; what more there is, is counted


@dataclass(frozen=True)
class Failure:
    """One thing that is not as it must be. handle: of the record, ticket or entry, or its place; nothing personal."""

    handle: str
    sentence: Sentence


@dataclass
class Check:
    """One question. name: a code; asks: what must hold. failed: all failures, also those beyond the first hundred."""

    name: str
    asks: Sentence
    failures: list[Failure] = field(default_factory=list)
    failed: int = 0

    @property
    def ok(self) -> bool:
        return not self.failed

    def fail(self, handle: UUID | str, sentence: Sentence, *, times: int = 1) -> None:
        """Note a failure; times: of so many alike this is the first."""
        self.failed += times
        if len(self.failures) < MOST:
            self.failures.append(Failure(handle.hex if isinstance(handle, UUID) else handle, sentence))

    @property
    def room(self) -> int:
        """How many more failures will be named."""
        return MOST - len(self.failures)


@dataclass
class Proof:
    """The checks of one desk, or of the installation as a whole (desk: nothing). note: the digest of the result, signed."""

    desk: str
    at: datetime
    checks: list[Check] = field(default_factory=list)
    note: str = ""

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)

    @property
    def failed(self) -> int:
        return sum(check.failed for check in self.checks)

    def plain(self) -> dict[str, object]:
        """For programs; the same fields in every version that this format has."""
        return {
            "desk": self.desk,
            "at": self.at.isoformat(),
            "ok": self.ok,
            "checks": [_plain(check) for check in self.checks],
        }

    def digest(self) -> str:
        """SHA-256 of the result in canonical form, in hexadecimal: what is signed and what the evidence keeps."""
        text = json.dumps(self.plain(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def __iter__(self) -> Iterator[Check]:
        return iter(self.checks)


def _plain(check: Check) -> dict[str, object]:
    return {
        "name": check.name,
        "asks": str(check.asks),
        "ok": check.ok,
        "failed": check.failed,
        "failures": [{"handle": one.handle, "sentence": str(one.sentence)} for one in check.failures],
    }
