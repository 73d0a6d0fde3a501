"""Arranging views: which there are, what each asks, shows and how it is ordered. What a form says becomes one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from balie import register
from balie.channels.console import naming
from balie.channels.console.choices import Choice
from balie.channels.console.pages import Page, Said, acts, page, reading_of
from balie.channels.console.requests import staff_of
from balie.desk import asking, conditions, rules, views
from balie.desk.asking import Asked, Term
from balie.desk.models import View
from balie.kernel import Actor, Sentence, Stop
from balie.people import accounts


@dataclass(frozen=True)
class KeyShown:
    """One thing that can be asked of a ticket, with its values."""

    key: str
    name: str
    choices: list[Choice]


@dataclass(frozen=True)
class EditorShown:
    """A view as it is written: conditions, order, columns. number: of the one that is changed; None for a new one."""

    number: int | None
    keys: list[KeyShown]
    sorts: list[Choice]
    columns: list[Choice]
    may_share: bool
    shared: bool


@dataclass(frozen=True)
class LineShown:
    """A view in the list of those that can be arranged. refusal: why this one is not the reader's to change."""

    number: int
    slug: str
    name: str
    order: str
    refusal: Sentence | None
    may_share: bool


@page
def _all(request: HttpRequest, stop: Stop | None = None) -> Page:
    context = {"here": "views", "editor": _editor(request, None), **_listed(request)}
    return Page("console/views.html", {**context, **_said(stop)})


@page
def _one(request: HttpRequest, view: View, stop: Stop | None = None) -> Page:
    return Page("console/view.html", {"here": "views", "editor": _editor(request, view), **_said(stop)})


def again(request: HttpRequest, *, stop: Stop, number: int | None = None, **asked: object) -> HttpResponse:
    """The form after a refusal, with what was chosen."""
    return _all(request, stop=stop) if number is None else _one(request, view=_view(request, number), stop=stop)


@require_http_methods(["GET", "POST"])
@acts(again=again)
def arrange(request: HttpRequest, desk: str) -> HttpResponse:
    """GET shows the views that can be arranged and a form for a new one; POST keeps that one."""
    if request.method == "GET":
        return _all(request)
    shared = request.POST.get("shared") == "yes"
    columns = request.POST.getlist("column")
    view = views.keep(_question(request), columns=columns, shared=shared, actor=staff_of(request))
    return HttpResponseRedirect(f"{reverse('tickets', args=[desk])}?view=v{view.pk}", status=303)


@require_http_methods(["GET", "POST"])
@acts(again=again)
def change(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """GET shows what a view asks; POST lets it ask something else."""
    view = _view(request, number)
    if request.method == "GET":
        return _one(request, view=view)
    views.change(view, text=_question(request), columns=request.POST.getlist("column"), actor=staff_of(request))
    return HttpResponseRedirect(f"{reverse('tickets', args=[desk])}?view=v{view.pk}", status=303)


@require_POST
@acts(again=again)
def place(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Move a view up or down among its own."""
    views.move(_view(request, number), up=request.POST.get("to") == "up", actor=staff_of(request))
    return _back(desk, number)


@require_POST
@acts(again=again)
def sharing(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Give an own view to the whole desk."""
    views.share(_view(request, number), actor=staff_of(request))
    return _back(desk, number)


@require_POST
@acts(again=again)
def end(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Keep a view no longer."""
    views.drop(_view(request, number), actor=staff_of(request))
    return _back(desk)


def _back(desk: str, number: int | None = None) -> HttpResponse:
    place_ = f"#view-{number}" if number else ""
    return HttpResponseRedirect(reverse("views", args=[desk]) + place_, status=303)


def _view(request: HttpRequest, number: int) -> View:
    found = views.view_of(f"v{number}", actor=staff_of(request))
    if found is None:
        raise Http404
    return found


def _question(request: HttpRequest) -> str:
    """What the form says, as a question: what is not ticked is not asked."""
    terms = [Term(key, tuple(values)) for key in asking.KEYS if (values := request.POST.getlist(key)) and key != "sort"]
    return asking.written(Asked(tuple(terms), sort=request.POST.get("sort", "")))


def _listed(request: HttpRequest) -> Mapping[str, list[LineShown]]:
    actor, version = staff_of(request), register.in_force(staff_of(request).desk)
    kept = [one for one in views.known(actor) if one.whose != "built-in"]
    named = naming.accounts_in(one.asked for one in kept)
    names = accounts.names(named, reading_of(request)) if named else {}
    lines: dict[str, list[LineShown]] = {"own": [], "desk": []}
    for one in kept:
        name, order = naming.name_of(one.asked, version, names), _(naming.SORT[conditions.sort_of(one.asked)])
        refusal = rules.keep_view(actor, shared=one.whose == "desk")
        may = one.whose == "own" and rules.keep_view(actor, shared=True) is None
        lines[one.whose].append(LineShown(int(one.slug[1:]), one.slug, name, order, refusal, may))
    return {"own_views": lines["own"], "desk_views": lines["desk"]}


def _editor(request: HttpRequest, view: View | None) -> EditorShown:
    actor = staff_of(request)
    known = views.known_as(f"v{view.pk}", actor=actor) if view else None
    chosen = _chosen(request, known)
    columns = request.POST.getlist("column") or (known.columns if known else views.USUAL)
    sorts = [one for one in asking.SORTS if one != "best"]
    sort = request.POST.get("sort") or (conditions.sort_of(known.asked) if known else "oldest")
    return EditorShown(
        number=view.pk if view else None,
        keys=_keys(request, actor, chosen),
        sorts=[Choice(one, _(naming.SORT[one]), one == sort) for one in sorts],
        columns=[Choice(one, _(naming.COLUMN[one]), one in columns) for one in views.COLUMNS],
        may_share=view is None and rules.keep_view(actor, shared=True) is None,
        shared=request.POST.get("shared") == "yes",
    )


def _chosen(request: HttpRequest, known: views.Known | None) -> Mapping[str, Sequence[str]]:
    if request.method == "POST":
        return {key: request.POST.getlist(key) for key in asking.KEYS}
    if known is not None:
        return {term.key: term.values for term in known.asked.terms}
    return {"status": asking.OPEN}


def _keys(request: HttpRequest, actor: Actor, chosen: Mapping[str, Sequence[str]]) -> list[KeyShown]:
    version = register.in_force(actor.desk)
    staff = {one.handle: one for one in accounts.staff(actor.desk) if "agent" in one.role_set}
    names = accounts.names(staff, reading_of(request))
    known = {**asking.vocabulary(version), "assignee": ("me", "nobody", *(handle.hex for handle in staff))}
    shown = []
    for key in asking.KEYS[:-1]:
        values = [*known[key], *(one for one in chosen.get(key, ()) if one not in known[key])]
        choices = [_choice(key, one, version, names, chosen.get(key, ())) for one in values]
        if len(choices) > 1:
            shown.append(KeyShown(key, _(naming.KEY[key]), choices))
    return shown


def _choice(
    key: str, value: str, version: register.Version, names: Mapping[UUID, str], chosen: Sequence[str]
) -> Choice:
    word = _(_ME) if value == "me" else naming.word_of(key, value, version, names)
    return Choice(value, word, value in chosen)


_ME = gettext_noop("Whoever looks")


def _said(stop: Stop | None) -> dict[str, object]:
    return {} if stop is None else {"stop": Said(stop.sentence)}
