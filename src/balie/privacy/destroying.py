"""What is to be destroyed with a person's approval: the sweep gathers it on a list, the privacy officer approves that, then it goes.

The list as approved, with who and when, is the declaration of destruction (Archiefbesluit 1995, Article 8; GDPR 5(2)).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence, jobs, register, vault
from balie.desk import forgetting
from balie.kernel import Actor, Conflict, Invalid, check, sentence
from balie.people import accounts
from balie.privacy import declarations, holding, rules
from balie.privacy.letting_go import let_go
from balie.privacy.models import Destruction

BATCH = 500  # records in one transaction, as the sweep's


@dataclass(frozen=True)
class Waiting:
    """So many records under one term wait for approval. by: the day by which they were to be approved; late: that has passed."""

    term: str
    count: int
    due: datetime
    by: date
    late: bool


def gather(desk: str, due: Sequence[vault.Due], *, now: datetime, actor: Actor) -> list[vault.Due]:
    """Put what a person approves on the desk's list; what is left, the sweep lets go. now: as of which it is due."""
    waits = [one for one in due if _asks(desk, one)]
    if not waits:
        return list(due)
    with transaction.atomic():
        known = open_at(desk) or Destruction(desk=desk, begun_at=timezone.now(), due_by=now)
        known.due_by = max(known.due_by, now)
        known.save()
        count = vault.enlist([one.handle for one in waits], to=known.handle, actor=actor)
        evidence.record("destruction.listed", actor, known.handle, operation="organise", facts={"records": count})
    listed = {one.handle for one in waits}
    return [one for one in due if one.handle not in listed]


def open_at(desk: str) -> Destruction | None:
    """The list that waits for approval, if there is one; one at a time."""
    return Destruction.objects.filter(desk=desk, approved_at__isnull=True).first()


def approved_at(desk: str) -> list[Destruction]:
    """The lists that were approved, the newest first."""
    return list(Destruction.objects.filter(desk=desk, approved_at__isnull=False).order_by("-approved_at"))


def waiting(desk: str, now: datetime) -> list[Waiting]:
    """What waits for approval, by term, the longest due first; empty where nothing does."""
    found = open_at(desk)
    rows = vault.awaited(desk, max(now, found.due_by)) if found else []
    shown = []
    for one in sorted((one for one in rows if found and one.of == found.handle), key=lambda row: row.due):
        by = register.approval_due(register.version(desk, one.term_version), one.term, one.due.date())
        assert by is not None  # a version never changes
        shown.append(Waiting(one.term, one.count, one.due, by, by < now.date()))
    return shown


def seen(destruction: Destruction) -> str:
    """What a list looks like now: a digest of the handles on it, by which an approval says what it approves."""
    return _digest(one.handle for one in _on(destruction))


@transaction.atomic
def approve(destruction: Destruction, *, seen: str, actor: Actor) -> None:
    """Approve a list as it was looked at; it is carried out at once, by a worker. seen: what `seen` gave then.

    What is not due any more leaves the list first. Raises Refused for who is not the privacy officer, Conflict when the list is no
    longer what was looked at, Invalid when nothing stands on it.
    """
    check(rules.destroy(destruction, actor))
    vault.strike_what_stays(of=destruction.handle, due_by=destruction.due_by, actor=actor)
    listed = vault.listed(destruction.desk, destruction.handle, due_by=destruction.due_by)
    if not listed:
        raise Invalid(sentence("Nothing stands on this list."))
    if _digest(one.handle for one in listed) != seen:
        raise Conflict(sentence("The list has changed since you looked at it. Look at it again, then approve it."))
    destruction.lines = declarations.lines_of(listed)
    destruction.approved_at, destruction.approved_by = timezone.now(), accounts.account_of(actor)
    destruction.save()
    jobs.add("privacy.destroy", once=f"destroy-{destruction.handle.hex}", desk=destruction.desk)
    evidence.record(
        "destruction.approved",
        actor,
        destruction.handle,
        operation="erase",
        facts={"records": len(listed), "handles": seen},
    )


@transaction.atomic
def take_out(
    destruction: Destruction, handles: Iterable[UUID], *, reason: str, until: date | None, actor: Actor
) -> int:
    """Hold single records of a list beyond their term, so that they are not destroyed with it; how many. Raises as `holding.hold`."""
    check(rules.destroy(destruction, actor))
    holding.check_reason(reason, until)
    wanted = list(handles)
    known = vault.listed(destruction.desk, destruction.handle, due_by=destruction.due_by, handles=wanted)
    if not known or len(known) < len(set(wanted)):
        raise Invalid(sentence("Choose what is to stay; it must stand on the list."))
    vault.hold(wanted, reason=reason, until=until, actor=actor)
    vault.strike_off(wanted, of=destruction.handle, actor=actor)
    evidence.record(
        "destruction.taken-out",
        actor,
        destruction.handle,
        operation="restrict",
        facts={"records": len(known), "reason": reason},
    )
    return len(known)


def finish(desk: str) -> int:
    """Carry out the lists that were approved; how many records went. Safe to repeat: each batch is a transaction of its own."""
    rows = Destruction.objects.filter(desk=desk, approved_at__isnull=False, carried_out_at__isnull=True)
    return sum(_carry_out(one) for one in rows)


def _carry_out(destruction: Destruction) -> int:
    actor, done = Actor.system("retain", destruction.desk), 0
    while some := _on(destruction, limit=BATCH):
        erased = let_go(some, actor=actor, now=destruction.due_by)
        if not erased.total():  # put on hold since it was looked up
            break
        done += erased.total()
    vault.finish(destruction.desk)
    with transaction.atomic():
        _declare(destruction, actor)
    return done


def _declare(destruction: Destruction, actor: Actor) -> None:
    """What was approved and is there still was held or begun anew meanwhile: it comes on a later list."""
    approved = [UUID(handle) for line in destruction.lines for handle in line["handles"]]
    stayed = _kept(destruction.desk, approved)
    vault.strike_off(stayed, of=destruction.handle, actor=actor)
    forgetting.put_aside(now=timezone.now(), actor=actor)
    destruction.stayed = sorted(handle.hex for handle in stayed)
    destruction.carried_out_at = timezone.now()
    destruction.note = declarations.signed(destruction)
    destruction.save()
    evidence.record(
        "destruction.carried-out",
        actor,
        destruction.handle,
        operation="erase",
        facts={
            "records": len(approved) - len(stayed),
            "stayed": len(stayed),
            "digest": declarations.digest(destruction),
        },
    )


def _asks(desk: str, due: vault.Due) -> bool:
    version = register.version(desk, due.term_version)
    return register.approval_due(version, due.term, date.min) is not None


def _on(destruction: Destruction, limit: int | None = None) -> list[vault.Due]:
    return vault.on_list(destruction.desk, destruction.handle, due_by=destruction.due_by, limit=limit)


def _kept(desk: str, handles: list[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for start in range(0, len(handles), BATCH):
        found |= vault.kept(desk, handles[start : start + BATCH])
    return found


def _digest(handles: Iterable[UUID]) -> str:
    return hashlib.sha256("\n".join(sorted(one.hex for one in handles)).encode()).hexdigest()
