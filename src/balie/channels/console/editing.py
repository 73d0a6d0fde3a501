"""Terms, items, recipients and texts of the register, as boxes to fill in: what is typed is written into the file and proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from balie.channels.console.pages import Page, Said, acts, page
from balie.channels.console.requests import staff_of
from balie.kernel import Stop, check
from balie.register import editing, proposing, rules
from balie.register.editing import Place, Value
from balie.register.reading import Path

_SECTIONS = {
    "terms": gettext_noop("Terms"),
    "items": gettext_noop("What is kept about whom"),
    "recipients": gettext_noop("Recipients"),
    "texts": gettext_noop("What people are told"),
}
_LEVELS = {"terms", "recipients", "activities", "people", "purposes"}  # said by the section
# What the last step of a path is called.
_SAYS = {
    "keep": gettext_noop("How long"),
    "approve-within": gettext_noop("Destruction approved within"),
    "why": gettext_noop("Why so long"),
    "review": gettext_noop("Looked at again on"),
    "required": gettext_noop("Required"),
    "one-of": gettext_noop("One of these is enough"),
    "usual": gettext_noop("Asked, not required"),
    "allowed": gettext_noop("Kept when given"),
    "when-necessary": gettext_noop("Only when necessary"),
    "avoided": gettext_noop("Avoided"),
    "who": gettext_noop("Who"),
    "name": gettext_noop("Name"),
    "organisation": gettext_noop("Organisation"),
    "tell": gettext_noop("What is told"),
    "cost": gettext_noop("What it costs them"),
    "without": gettext_noop("What follows without it"),
    "what": gettext_noop("Purpose"),
    "because": gettext_noop("Law, contract or interest"),
}


@dataclass(frozen=True)
class BoxShown:
    """One box. long: it is a text of several lines."""

    name: str
    says: str
    value: str
    long: bool


@dataclass(frozen=True)
class GroupShown:
    """What is said of one thing: of a term, of a group of people. place: its short names in the file."""

    place: str
    boxes: list[BoxShown]


@dataclass(frozen=True)
class SectionShown:
    code: str
    title: str
    groups: list[GroupShown]


@page
def _shown(request: HttpRequest, stop: Stop | None = None) -> Page:
    actor = staff_of(request)
    typed = request.POST if request.method == "POST" else {}
    places = editing.editable(_files(actor.desk)[0])
    context: dict[str, object] = {
        "here": "register",
        "sections": [SectionShown(code, _(title), _groups(places, code, typed)) for code, title in _SECTIONS.items()],
        "refusal": rules.propose(actor, actor.desk),
    }
    if stop is not None:
        context["stop"] = Said(stop.sentence)
    return Page("console/editor.html", context)


def again(request: HttpRequest, *, stop: Stop, **asked: object) -> HttpResponse:
    """The boxes with what was typed, and the sentence on top."""
    return _shown(request, stop=stop)


@require_http_methods(["GET", "HEAD", "POST"])
@acts(again=again)
def editor(request: HttpRequest, desk: str) -> HttpResponse:
    """GET shows the boxes, filled with what is proposed or else in force; POST writes what was typed into the file and proposes it."""
    if request.method != "POST":
        return _shown(request)
    check(rules.propose(staff_of(request), desk))
    kept, (text, settings_text, answers) = proposing.open_at(desk), _files(desk)
    day = kept.valid_from if kept else None
    changed = editing.edited(text, _typed(request, editing.editable(text)))
    proposing.propose(desk, changed, settings_text, answers, valid_from=day, actor=staff_of(request))
    return HttpResponseRedirect(reverse("proposal", kwargs={"desk": desk}), status=303)


def _files(desk: str) -> tuple[str, str, str]:
    kept = proposing.open_at(desk)
    return (kept.text, kept.settings_text, kept.answers_text) if kept else proposing.texts(desk)


def _groups(places: list[Place], section: str, typed: Mapping[str, str]) -> list[GroupShown]:
    mine = (one for one in places if one.section == section)
    return [
        GroupShown(" · ".join(str(step) for step in place if step not in _LEVELS), [_box(one, typed) for one in some])
        for place, some in groupby(mine, key=lambda one: one.path[:-1])
    ]


def _box(place: Place, typed: Mapping[str, str]) -> BoxShown:
    name = _name(place.path)
    value = place.value if isinstance(place.value, str) else ", ".join(place.value)
    return BoxShown(name, _(_SAYS[str(place.path[-1])]), typed.get(name, value), len(value) > 60)


def _typed(request: HttpRequest, places: list[Place]) -> dict[Path, Value]:
    """What was typed over; a box that the form did not have stays as it is."""
    found: dict[Path, Value] = {}
    for one in places:
        said = request.POST.get(_name(one.path))
        if said is not None:
            words = " ".join(said.split())
            found[one.path] = words if isinstance(one.value, str) else _listed(words)
    return found


def _listed(words: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in words.split(",") if one.strip())


def _name(path: Path) -> str:
    return "/".join(str(step) for step in path)
