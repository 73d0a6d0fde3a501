"""How many tickets stand in each view: one grouped statement over what is open, and of what is closed only whether it is many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from balie import evidence
from balie.desk import asking, conditions
from balie.desk.asking import Asked, Term
from balie.desk.models import GROUPED, Ticket
from balie.kernel import Actor
from balie.kernel.prepared import prepared

MOST = 999  # more than that is shown as «999+»: nobody works through them, and counting them costs a look at each
_UNREAD = Term("is", ("unread",))


@dataclass(frozen=True)
class Number:
    """How many. more: there are more than `count` says. count: None where it is not counted at all."""

    count: int | None
    more: bool = False


def count(questions: Sequence[Asked], *, actor: Actor) -> list[Number]:
    """How many tickets fit each of these questions, in their order, of what the actor may see.

    Open ones are counted exactly, all in one statement. What is closed is counted up to MOST, and where something else is asked
    of it not at all: an answer would cost a look at all that ever was.

    What was counted is true until something is done at the desk, and is not counted again before.
    """
    key, now = (actor, tuple(questions)), evidence.place()
    before, numbers = _counts.get(key, (now + 1, []))
    if before > now or any(map(_changes_unproven, questions)) or (before < now and evidence.acted(actor.desk, before)):
        numbers = _counted(questions, actor)
    if len(_counts) >= _READERS:
        _counts.clear()
    _counts[key] = now, numbers
    return numbers


# By who asks what: up to which place of the evidence, and how many. It holds numbers and codes, and nothing of anybody.
_counts: dict[tuple[Actor, tuple[Asked, ...]], tuple[int, list[Number]]] = {}
_READERS = 500


def forget() -> None:
    """Count everything anew: between tests, whose acts are taken back with their rows."""
    _counts.clear()


def _changes_unproven(asked: Asked) -> bool:
    """Whether it asks for what changes without an act: that somebody looked, or said a word."""
    return _UNREAD in asked.terms or asked.has_words


def _counted(questions: Sequence[Asked], actor: Actor) -> list[Number]:
    grouped = [asked for asked in questions if _by_groups(asked)]
    if len(grouped) < 2:
        return [_alone(asked, actor) for asked in questions]
    groups = _groups(grouped, actor)
    return [Number(_sum(groups, asked, actor)) if asked in grouped else _alone(asked, actor) for asked in questions]


def _groups(questions: Sequence[Asked], actor: Actor) -> list[tuple[Any, ...]]:
    """Open tickets by what they have in common, and last how many have it.

    By as much of the index (GROUPED) as is asked about: each column more costs a look at each ticket.
    """
    last = max((_wanted(term, actor)[0] for asked in questions for term in asked.terms), default=0)
    return _grouped(columns=GROUPED[: last + 1], actor=actor)


@prepared
def _grouped(*, columns: Sequence[str], actor: Actor) -> QuerySet[Ticket, tuple[Any, ...]]:
    opened = Ticket.objects.visible_to(actor).filter(closed_at__isnull=True)
    return opened.values_list(*columns).order_by(*columns).annotate(many=Count("*"))


def _by_groups(asked: Asked) -> bool:
    if not asked.is_open:
        return False
    return all(term.key in GROUPED or term == _UNREAD for term in asked.terms)


def _sum(groups: Sequence[tuple[Any, ...]], asked: Asked, actor: Actor) -> int:
    """Narrowed term by term: that asks least of each group."""
    for term in asked.terms:
        place, wanted = _wanted(term, actor)
        groups = [group for group in groups if group[place] in wanted]
    return sum(group[-1] for group in groups)


def _wanted(term: Term, actor: Actor) -> tuple[int, frozenset[object]]:
    """Where in a group a term looks, and what may stand there."""
    if term.key == "is":
        return GROUPED.index("unread"), frozenset({True})
    if term.key != asking.ANYBODY:
        return GROUPED.index(term.key), frozenset(term.values)
    known: dict[str, object] = {"nobody": None, "me": UUID(actor.handle) if actor.kind == "staff" else ""}
    return GROUPED.index("assignee"), frozenset(known[one] if one in known else UUID(one) for one in term.values)


def _alone(asked: Asked, actor: Actor) -> Number:
    """One question by itself: open ones all, all closed ones up to MOST; anything rarer among what is closed is not counted."""
    if asked.is_open:
        return Number(_open.count(asked=asked, actor=actor))
    if asked.terms != (Term("status", ("closed",)),):
        return Number(None)
    found = _closed.count(asked=asked, actor=actor)
    return Number(min(found, MOST), found > MOST)


@prepared
def _open(*, asked: Asked, actor: Actor) -> QuerySet[Ticket, UUID]:
    return conditions.tickets(asked, actor=actor).order_by().values_list("pk", flat=True)


@prepared
def _closed(*, asked: Asked, actor: Actor) -> QuerySet[Ticket, int]:
    """The number stands in the index, and nothing else is looked at."""
    return conditions.tickets(asked, actor=actor).order_by().values_list("number", flat=True)[: MOST + 1]
