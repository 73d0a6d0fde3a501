"""How many tickets stand in each view: one grouped statement over what is open, and of what is closed only whether it is many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count

from balie.desk import conditions
from balie.desk.asking import Asked, Term
from balie.desk.models import GROUPED, Ticket
from balie.kernel import Actor

MOST = 9_999  # more than that is shown as «9,999+»: nobody works through them, and counting them costs a look at each


@dataclass(frozen=True)
class Number:
    """How many. more: there are more than `count` says. count: None where it is not counted at all."""

    count: int | None
    more: bool = False


class _Group(NamedTuple):
    """Open tickets that have all this in common."""

    activity: str
    status: str
    service: str
    kind: str
    channel: str
    team: str
    assignee: UUID | None
    unread: bool


def count(questions: Sequence[Asked], *, actor: Actor) -> list[Number]:
    """How many tickets fit each of these questions, in their order, of what the actor may see.

    Open ones are counted exactly, all in one statement. What is closed is counted up to MOST, and where something else is asked
    of it not at all: an answer would cost a look at all that ever was.
    """
    groups = _groups(actor) if any(_by_groups(asked) for asked in questions) else Counter[_Group]()
    return [
        Number(sum(many for group, many in groups.items() if _fits(group, asked, actor)))
        if _by_groups(asked)
        else _bounded(asked, actor)
        for asked in questions
    ]


def _groups(actor: Actor) -> Counter[_Group]:
    rows = Ticket.objects.visible_to(actor).filter(closed_at__isnull=True)
    counted = rows.values_list(*GROUPED).order_by(*GROUPED).annotate(many=Count("*"))
    return Counter({_Group(*row[:-1]): row[-1] for row in counted})


def _by_groups(asked: Asked) -> bool:
    if not asked.is_open:
        return False
    return all(term.key in _Group._fields or term == Term("is", ("unread",)) for term in asked.terms)


def _fits(group: _Group, asked: Asked, actor: Actor) -> bool:
    return all(_has(group, term, actor) for term in asked.terms)


def _has(group: _Group, term: Term, actor: Actor) -> bool:
    if term.key == "is":
        return group.unread
    if term.key == "assignee":
        who = "nobody" if group.assignee is None else group.assignee.hex
        return who in term.values or (who == actor.handle and "me" in term.values)
    return getattr(group, term.key) in term.values


def _bounded(asked: Asked, actor: Actor) -> Number:
    """Counted row by row, up to MOST: of open ones, or of all closed ones; anything rarer among what is closed is not."""
    rows = conditions.tickets(asked, actor=actor)
    if not asked.is_open and asked.terms != (Term("status", ("closed",)),):
        return Number(None)
    found = rows.order_by()[: MOST + 1].count()
    return Number(min(found, MOST), found > MOST)
