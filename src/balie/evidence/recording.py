"""Writing down what was done, in the transaction in which it was done."""

import math
import re
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from balie.evidence.canonical import GREATEST, body, canonical, commitment
from balie.evidence.codes import LONGEST, check_codes
from balie.evidence.models import Entry
from balie.kernel import Actor, rows

# The closed list of kinds of operation (mission S2.2; GDPR 4(2)), in the register's words.
OPERATIONS = frozenset(
    (
        *("collect", "record", "organise", "store", "update", "alter", "retrieve", "consult", "use", "transmit"),
        *("disseminate", "make-available", "combine", "link", "restrict", "erase", "destroy", "anonymise"),
        *("aggregate", "encrypt"),
    )
)

Fact = str | int | float | bool | None

# Together these keep every entry under the 65,535 bytes of C2SP: 35 bytes a handle, 135 a fact.
_HANDLES_AN_ENTRY, _FACTS_AN_ENTRY = 1_000, 200
_ACT = re.compile(r"[a-z][a-z-]*(\.[a-z][a-z-]*)+")
_ACTIVITY = re.compile(r"(/register/[!-?A-~]{1,180})?")
_FACT_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,63}")


@dataclass(frozen=True)
class Done:
    """One act or one look, as it is to be recorded.

    act: a code as `ticket.closed`. ref: the handle of what was acted on. operation: one of OPERATIONS.
    activity: URI of the activity in its register version, `/register/<desk>/<activity>/versions/<n>` (LDV 3.3.1.1).
    about: handles of the persons concerned. facts: ids, enums and numbers for counting, never a person's words.
    trace: of the act that caused this one; without it a new trace begins.
    """

    act: str
    actor: Actor
    ref: UUID | None
    operation: str
    activity: str = ""
    about: Iterable[UUID] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    kind: Literal["act", "look"] = "act"
    trace: UUID | None = None


def record(
    act: str,
    actor: Actor,
    ref: UUID | None,
    *,
    operation: str,
    activity: str = "",
    about: Iterable[UUID] = (),
    facts: Mapping[str, Fact] = {},
    kind: Literal["act", "look"] = "act",
    trace: UUID | None = None,
) -> None:
    """Record one act or one look at the actor's desk, in the caller's transaction; always a verb's last line.

    What each argument is, and what is refused: see `Done` and `record_all`. Invariant 5; conventions 12.
    """
    record_all([Done(act, actor, ref, operation, activity, about, facts, kind, trace)])


def record_all(done: Iterable[Done]) -> None:
    """Record several acts or looks in the caller's transaction, in one statement.

    What does not fit one entry becomes several of one trace. RuntimeError outside a transaction, ValueError for
    anything that is no code or number. Invariant 5.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("what is recorded must be recorded in the transaction in which it is done")
    rows.insert([entry for one in done for entry in _entries(one)])


def _entries(done: Done) -> list[Entry]:
    _check(done.act, done.operation, done.activity, done.facts)
    shared = {
        "desk": done.actor.desk,
        "trace": done.trace.bytes if done.trace else secrets.token_bytes(16),
        "act": done.act,
        "operation": done.operation,
        "actor": str(done.actor),
        "ref": done.ref,
        "activity": done.activity,
        "kind": done.kind,
        "at": time.time_ns() // 1_000_000,
    }
    portions = _portions([one.hex for one in done.about], dict(done.facts))
    return [Entry(**_salted({**shared, "about": handles, "facts": some})) for handles, some in portions]


def _check(act: str, operation: str, activity: str, facts: Mapping[str, Fact]) -> None:
    if not _ACT.fullmatch(act) or len(act) > LONGEST:
        raise ValueError("an act is a code as «ticket.closed»")
    if operation not in OPERATIONS:
        raise ValueError(f"«{act}» carries no operation of the closed list")
    if not _ACTIVITY.fullmatch(activity):
        raise ValueError(f"«{act}» refers to no activity: /register/<desk>/<activity>/versions/<n>")
    if not all(_FACT_NAME.fullmatch(name) for name in facts):
        raise ValueError(f"«{act}» carries a fact without a proper name")
    check_codes(value for value in facts.values() if isinstance(value, str))
    if not all(_is_exact(value) for value in facts.values()):
        raise ValueError(
            f"«{act}» carries a fact that is no text, number or truth value, or a number that cannot be kept exactly"
        )


def _is_exact(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, str) or (isinstance(value, int) and abs(value) <= GREATEST)


def _portions(about: list[str], facts: dict[str, Fact]) -> Iterator[tuple[list[str], dict[str, Fact]]]:
    if len(about) <= _HANDLES_AN_ENTRY and len(facts) <= _FACTS_AN_ENTRY:
        yield about, facts
        return
    names = list(facts)
    for start in range(0, max(len(about) // _HANDLES_AN_ENTRY, len(names) // _FACTS_AN_ENTRY) + 1):
        handles = about[start * _HANDLES_AN_ENTRY : (start + 1) * _HANDLES_AN_ENTRY]
        some = names[start * _FACTS_AN_ENTRY : (start + 1) * _FACTS_AN_ENTRY]
        if handles or some:
            yield handles, {name: facts[name] for name in some}


def _salted(row: dict[str, Any]) -> dict[str, Any]:
    row |= {"span": secrets.token_bytes(8), "salt": secrets.token_bytes(32)}
    return row | {"commitment": commitment(row["salt"], canonical(body(row)))}
