"""Views: questions that are kept to work from. Those that every desk has, those of the desk, and everybody's own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from balie import evidence, register
from balie.desk import asking, conditions, rules
from balie.desk.asking import Asked
from balie.desk.models import View
from balie.kernel import Actor, Invalid, Refused, check, sentence
from balie.kernel.prepared import prepared
from balie.people import accounts

# What stands at every desk, in the order in which it is worked.
BUILT_IN = {
    "mine": "status:new,open,waiting assignee:me",
    "unassigned": "status:new,open,waiting assignee:nobody",
    "open": "status:new,open,waiting",
    "waiting": "status:waiting",
    "following": "status:new,open,waiting is:followed",
    "closed": "status:closed",
}
DEFAULT = "open"
MOST = 30  # own ones, and as many of the desk
# What a line shows beside its status and time, in the order in which it stands there.
COLUMNS = ("number", "who", "service", "kind", "channel", "team", "assignee")
USUAL = ("number", "who", "service", "assignee")


@dataclass(frozen=True)
class Known:
    """One view as it can be worked from. slug: its name in addresses. whose: every desk's, the desk's, or one's own."""

    slug: str
    asked: Asked
    columns: tuple[str, ...]
    whose: Literal["built-in", "desk", "own"]


def known(actor: Actor) -> list[Known]:
    """The views of the actor: the built-in ones, those of the desk, then the own ones, each in their order."""
    mine = _kept(actor.desk, UUID(actor.handle)) if actor.kind == "staff" else []
    kept = sorted(mine, key=lambda view: (view.owner_id is not None, view.place, view.pk))
    return [*_built_in(actor), *(_known(view, actor) for view in kept)]


def known_as(slug: str, *, actor: Actor) -> Known | None:
    """One view by its slug; None when there is no such view for the actor."""
    if slug in BUILT_IN:
        return next(one for one in _built_in(actor) if one.slug == slug)
    found = view_of(slug, actor=actor)
    return _known(found, actor) if found else None


def view_of(slug: str, *, actor: Actor) -> View | None:
    """The row of a view that was kept, if the actor may work from it."""
    number = re.fullmatch(r"v(\d{1,15})", slug)
    return _visible(actor).filter(pk=int(number[1])).first() if number else None


@transaction.atomic
def keep(text: str, *, columns: Sequence[str] = USUAL, shared: bool = False, actor: Actor) -> View:
    """Keep a question as a view, behind those that there are. shared: for the whole desk, which administrators do.

    Raises Refused; Invalid for words (they are nobody's to keep), for a question that asks nothing, and for one view too many.
    """
    check(rules.keep_view(actor, shared=shared))
    terms, shown = _terms(text, actor), _columns(columns)
    owner = None if shared else accounts.account_of(actor)
    there = View.objects.filter(desk=actor.desk, owner=owner)
    if there.count() >= MOST:
        raise Invalid(sentence("There are {most} views already: drop one first.", most=MOST))
    last: int | None = there.aggregate(last=Max("place"))["last"]
    view = View.objects.create(
        desk=actor.desk, owner=owner, terms=terms, columns=shown, place=0 if last is None else last + 1
    )
    _record("view.kept", view, actor)
    return view


@transaction.atomic
def change(view: View, *, text: str, columns: Sequence[str], actor: Actor) -> None:
    """Let a view ask something else, or show other columns. Raises as `keep` does."""
    _allowed(view, actor)
    view.terms, view.columns = _terms(text, actor), _columns(columns)
    view.save(update_fields=["terms", "columns"])
    _record("view.changed", view, actor)


@transaction.atomic
def move(view: View, *, up: bool, actor: Actor) -> None:
    """Change places with the view above or below; at the end of the list nothing changes."""
    _allowed(view, actor)
    row = list(View.objects.filter(desk=view.desk, owner=view.owner).order_by("place", "pk"))
    old = next(place for place, one in enumerate(row) if one.pk == view.pk)
    new = max(0, min(len(row) - 1, old - 1 if up else old + 1))
    row.insert(new, row.pop(old))
    for place, one in enumerate(row):
        one.place = place
    View.objects.bulk_update(row, ["place"])
    _record("view.moved", view, actor)


@transaction.atomic
def share(view: View, *, actor: Actor) -> None:
    """Give an own view to the whole desk. Raises Refused: administrators do this."""
    _allowed(view, actor)
    check(rules.keep_view(actor, shared=True))
    view.owner = None
    view.place = (View.objects.filter(desk=view.desk, owner=None).aggregate(last=Max("place"))["last"] or 0) + 1
    view.save(update_fields=["owner", "place"])
    _record("view.shared", view, actor)


@transaction.atomic
def drop(view: View, *, actor: Actor) -> None:
    """Keep a view no longer; no ticket changes. Raises Refused."""
    _allowed(view, actor)
    _record("view.dropped", view, actor)
    view.delete()


def _visible(actor: Actor) -> QuerySet[View]:
    if actor.kind != "staff":
        return View.objects.none()
    return View.objects.filter(Q(owner=None) | Q(owner=UUID(actor.handle)), desk=actor.desk)


@prepared
def _kept(desk: str, account: UUID) -> QuerySet[View]:
    return View.objects.filter(Q(owner=None) | Q(owner=account), desk=desk)


def _built_in(actor: Actor) -> list[Known]:
    return [Known(slug, _parsed(terms, actor), USUAL, "built-in") for slug, terms in BUILT_IN.items()]


def _known(view: View, actor: Actor) -> Known:
    columns = tuple(view.columns.split()) or USUAL
    return Known(f"v{view.pk}", _parsed(view.terms, actor), columns, "own" if view.owner_id else "desk")


def _parsed(terms: str, actor: Actor) -> Asked:
    return _read(terms, register.in_force(actor.desk))


@lru_cache(maxsize=1024)
def _read(terms: str, version: register.Version) -> Asked:
    """What a view asks, of what the settings in force still know: a service that is gone leaves no page broken."""
    return asking.parse(terms, _lenient(asking.vocabulary(version), terms))


def _lenient(vocabulary: asking.Vocabulary, terms: str) -> Mapping[str, Sequence[str]]:
    named = {(token.key, one) for token in asking.tokens(terms) for one in token.value.split(",")}
    return {key: [*values, *(one for of, one in named if of == key)] for key, values in vocabulary.items()}


def _terms(text: str, actor: Actor) -> str:
    asked = conditions.read(text, actor=actor)
    if asked.has_words:
        raise Invalid(sentence("A view keeps no words: ask for what tickets are, not for what is said in them."))
    if not asked.terms:
        raise Invalid(sentence("This asks nothing yet: choose what the tickets of the view have in common."))
    if asked.sort == "best":
        raise Invalid(sentence("Only what is looked for by words has a best order: choose another."))
    terms = asking.written(asked)
    if len(terms) > View._meta.get_field("terms").max_length:  # type: ignore[operator]
        raise Invalid(sentence("This is too long to keep: ask for fewer things."))
    return terms


def _columns(columns: Sequence[str]) -> str:
    unknown = [one for one in columns if one not in COLUMNS]
    if unknown:
        raise Invalid(sentence("«{column}» is no column; there are {columns}.", column=unknown[0], columns=COLUMNS))
    return " ".join(one for one in COLUMNS if one in columns)


def _allowed(view: View, actor: Actor) -> None:
    """The own views are one's own, those of the desk the administrators'; others' are not there."""
    if view.desk != actor.desk or (view.owner_id is not None and view.owner_id.hex != actor.handle):
        raise Refused(sentence("There is no such view."))
    check(rules.keep_view(actor, shared=view.owner_id is None))


def _record(act: str, view: View, actor: Actor) -> None:
    facts = {"view": view.pk, "shared": view.owner_id is None}
    evidence.record(act, actor, None, operation="organise", facts=facts)
