"""Letting records go under their terms: rows and what the desk knew of them in one transaction, keys when it is committed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balie import vault
from balie.desk import forgetting
from balie.kernel import Actor


def let_go(batch: Sequence[vault.Due], *, actor: Actor, now: datetime) -> Counter[str]:
    """Erase one batch; how many went under each term. What is on hold or may not be destroyed yet stays; `vault.finish` follows."""
    by_term: dict[str, list[UUID]] = {}
    for one in batch:
        by_term.setdefault(one.term, []).append(one.handle)
    erased: Counter[str] = Counter()
    with transaction.atomic():
        for term, handles in by_term.items():
            erased[term] = vault.erase_soon(handles, actor=actor, why=term, as_of=now, finished=False)
        whole = erased.total() == len(batch)
        kept = set[UUID]() if whole else vault.kept(actor.desk, [one.handle for one in batch])
        forgetting.forget(one.handle for one in batch if one.handle not in kept)  # of what stays, the masks stay too
    return erased
