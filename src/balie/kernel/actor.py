"""Who acts, at which desk, with which roles. Every verb asks for an actor; none is ever optional."""

from dataclasses import dataclass
from typing import Literal

# What the software does of itself. None of these decides about a person (GDPR 22, mission S0.9):
# each carries out what the register declares or what a named person has decided.
SYSTEM_ACTS = frozenset(
    {
        "receive",  # take in what a door delivers
        "send",  # hand a row of the outbox to a mail server
        "retain",  # erase what has reached its declared term
        "seal",  # order and sign the evidence
        "set-up",  # make desks and first accounts
        "prove",  # look whether everything is as declared
        "begin",  # write down that a version of the register, which two persons approved, is in force since its day
        "restore",  # replay erasures after a restore
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts.

    kind: `staff` (an account of the desk), `requester` (a person who asks), `system` (a system act).
    handle: the account's or person's handle in hexadecimal; for `system` the name of the act.
    desk: the slug of the desk at which is acted; an actor never acts at two.
    roles: of staff: `agent`, `privacy-officer`, `administrator`.
    covers: the activities, or `activity/purpose`, that the actor's teams cover.
    since: of these activities only what came in under this version of the register or a later one: an earlier one did not have the
    purposes that the teams cover (GDPR 5(1)(b)).
    """

    kind: Literal["staff", "requester", "system"]
    handle: str
    desk: str
    roles: frozenset[str] = frozenset()
    covers: frozenset[str] = frozenset()
    since: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def system(cls, act: str, desk: str) -> "Actor":
        """The software itself, carrying out one act of the closed list. Raises ValueError for any other."""
        if act not in SYSTEM_ACTS:
            raise ValueError(f"«{act}» is no system act")
        return cls(kind="system", handle=act, desk=desk)

    def has(self, role: str) -> bool:
        return role in self.roles

    def __str__(self) -> str:
        """As the evidence writes it: `staff:0198…`, `system:retain`. Never a name."""
        return f"{self.kind}:{self.handle}"
