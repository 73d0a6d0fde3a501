"""Finding records again without a word of them standing anywhere: by words, exactly, or by a beginning."""

from collections.abc import Sequence, Set
from uuid import UUID

from balie import register
from balie.kernel import Actor
from balie.vault import index, words
from balie.vault.index import Found


def find(actor: Actor, item: str, value: str, *, limit: int = 100) -> list[Found]:
    """Records of the actor's desk that hold exactly this address, number or name; the newest first."""
    mark = words.exact_of(actor.desk, item, value, register.country(register.in_force(actor.desk)))
    return index.by_marks([mark], limit=limit) if mark else []


def find_beginning(actor: Actor, text: str, *, limit: int = 100) -> list[Found]:
    """Records in which an address, number or name begins so (three signs at least); the newest first."""
    marks = words.beginnings_of(actor.desk, text)
    return index.by_marks(marks, limit=limit) if marks else []


def search(
    actor: Actor,
    text: str,
    *,
    phrases: Sequence[str] = (),
    order: index.Order = "best",
    limit: int = 100,
    skip: int = 0,
    within: Set[UUID] | None = None,
) -> list[Found]:
    """Records in whose text all these words stand, in any of their forms, and each phrase as it is, its words in that order.

    order: `best` ranks the newest RANKED of them and tells of no other; `newest` and `oldest` know all, by when they were
    written. skip: pass over so many. within: only what one of these holds, and one record of each.
    """
    groups = words.of_query(actor.desk, text)
    chains = [chain for phrase in phrases if (chain := words.of_text(actor.desk, phrase))]
    if not groups and not chains:
        return []
    return index.by_words(groups, phrases=chains, order=order, limit=limit, skip=skip, within=within)
