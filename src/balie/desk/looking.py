"""Looking for a ticket again: by its number, by words and phrases, by a name, an address or a number and their beginnings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet

from balie import vault
from balie.desk import conditions, queue
from balie.desk.asking import Asked
from balie.desk.models import Ticket
from balie.desk.queue import Line
from balie.kernel import Actor
from balie.kernel import rows as by_hand
from balie.kernel.prepared import prepared

MOST = 50
PEOPLE = 2000  # records of people looked at: somebody who wrote often must not hide a contact of years ago
# So many records of texts are looked at, each time more, until there are enough tickets among them.
_FIRST, _STEPS = 120, (3_000, 30_000)


def search(words: str, *, actor: Actor) -> list[Line]:
    """The tickets that fit what is asked (see `asking`), at most MOST.

    Best first unless an order is asked for: the number itself, then who it is about, then what is said in it. Only what the
    actor may see; nothing tells that there is more, and what is masked finds nothing. words: as typed; they stand in no log
    and no address. Raises Invalid with a sentence for a term that is not known.
    """
    asked = conditions.read(words, actor=actor)
    if not asked.has_words:
        return queue.lines(queue.of(asked, actor=actor)[:MOST]) if asked.terms else []
    best = _enough(_candidates(asked, actor), asked, actor)
    if asked.sort in ("", "best"):
        return queue.lines_of(best, actor=actor)
    found = Ticket.objects.visible_to(actor, among=best)
    return queue.lines(conditions.ordered(found, asked.sort))


def concerning(value: str, *, actor: Actor, most: int) -> list[Line]:
    """The newest tickets of whoever has this address or number, or one that begins so; nothing in it is read as a question."""
    held_by = [one.held_by for one in vault.find_beginning(actor, value, limit=PEOPLE)] if value else []
    best = _enough(iter([held_by]), Asked(), actor)[:most]
    return queue.lines_of(best, actor=actor)


def _candidates(asked: Asked, actor: Actor) -> Iterator[list[UUID]]:
    """Handles of what may be meant, the best first, in portions."""
    words = " ".join(asked.words)
    about = words if not asked.phrases else asked.phrases[0] if len(asked.phrases) == 1 and not words else ""
    yield _by_number(words, asked, actor)
    yield _holders(vault.find_beginning(actor, about, limit=PEOPLE)) if about else []
    within = None
    if asked.is_open:  # few of all there ever were: better asked of each hit than of each portion of hits
        within = {handle for (handle,) in by_hand.read(conditions.tickets(asked, actor=actor).values_list("handle"))}
    said = partial(vault.search, actor, words, phrases=asked.phrases, within=within)
    seen = 0
    if asked.sort in ("", "best"):
        yield _holders(said(order="best", limit=_FIRST if within is None else MOST))
        yield _holders(said(order="best", limit=vault.RANKED, skip=_FIRST)) if within is None else []
        seen = vault.RANKED
    order: Literal["oldest", "newest"] = "oldest" if asked.sort == "oldest" else "newest"
    for step in (*((_FIRST,) if not seen else ()), *_STEPS):
        found = said(order=order, limit=step if within is None else MOST, skip=seen)
        yield _holders(found)
        if within is not None or len(found) < step:
            return
        seen += step


def _holders(found: Sequence[vault.Found]) -> list[UUID]:
    return [one.held_by for one in found]


def _enough(portions: Iterator[list[UUID]], asked: Asked, actor: Actor) -> list[UUID]:
    """The first of these that the actor may see and that fit the structural terms: MOST of them, each once."""
    found = dict[UUID, None]()
    for portion in portions:
        fresh = [handle for handle in dict.fromkeys(portion) if handle not in found]
        fit = _fitting(fresh, replace(asked, words=(), phrases=()), actor)
        found |= {handle: None for handle in fresh if handle in fit}
        if len(found) >= MOST:
            break
    return list(found)[:MOST]


def _fitting(handles: Sequence[UUID], asked: Asked, actor: Actor) -> set[UUID]:
    fit = set[UUID]()
    for start in range(0, len(handles), 500):
        fit.update(_fit(handles[start : start + 500], asked=asked, actor=actor))
    return fit


@prepared
def _fit(handles: Sequence[UUID], *, asked: Asked, actor: Actor) -> QuerySet[Ticket, UUID]:
    return conditions.tickets(asked, actor=actor, among=handles).values_list("handle", flat=True)


def _by_number(text: str, asked: Asked, actor: Actor) -> list[UUID]:
    digits = text.strip().lstrip("#")
    if asked.phrases or not digits.isdecimal() or len(digits) > 9:
        return []
    found = Ticket.objects.visible_to(actor).filter(number=int(digits))
    return list(found.values_list("handle", flat=True))
