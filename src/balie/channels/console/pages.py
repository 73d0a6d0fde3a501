"""How a page of the console is made: rendered first, its look recorded next, sent last (invariant 5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import evidence, register, vault
from balie.channels import pages
from balie.channels.console import shortcuts
from balie.channels.console.around import around
from balie.channels.console.naming import accounts_in, name_of
from balie.channels.console.requests import account_of, staff_of
from balie.desk import counting, phone, queue, views
from balie.kernel import Sentence
from balie.people import accounts

# What the views are called, their shape, and what stands there when one is empty and what is next.
VIEWS = {
    "mine": (
        gettext_noop("Mine"),
        "user",
        gettext_noop("Nothing waits for you."),
        gettext_noop("See what is nobody’s yet."),
    ),
    "unassigned": (gettext_noop("Nobody’s yet"), "dot", gettext_noop("Everything has somebody."), ""),
    "open": (
        gettext_noop("All open"),
        "ring",
        gettext_noop("Nothing is open."),
        gettext_noop("What comes in stands here."),
    ),
    "waiting": (gettext_noop("Waiting"), "half", gettext_noop("Nothing waits for a requester."), ""),
    "following": (
        gettext_noop("Followed"),
        "bell",
        gettext_noop("You follow nothing that is open."),
        gettext_noop("Follow a ticket at its head."),
    ),
    "closed": (
        gettext_noop("Closed"),
        "done",
        gettext_noop("Nothing is closed."),
        gettext_noop("What is erased is not here."),
    ),
}


PART = "X-Part"  # sent by the page's script, which wants only that fragment of the page


@dataclass(frozen=True)
class Page:
    """What a view returns: a template, what it shows, and the readings through which that was opened.

    parts: the fragments of the page that can be asked for alone, with their templates. framed: whether it stands in the console's
    frame, as all do but what a script asks for.
    """

    template: str
    context: Mapping[str, Any]
    readings: tuple[vault.Reading, ...] = ()
    status: int = 200
    parts: Mapping[str, str] = field(default_factory=dict)
    framed: bool = True


@dataclass(frozen=True)
class ViewShown:
    """A view as it is shown. count: how many, empty where that is not counted. whose: every desk's, the desk's, one's own."""

    slug: str
    count: int
    said: str
    name: str
    icon: str
    empty: str
    empty_next: str
    known: views.Known

    @property
    def whose(self) -> str:
        return self.known.whose


@dataclass(frozen=True)
class Said:
    """A refusal as a page shows it. next: what can be done, if there is more to say."""

    sentence: Sentence
    next: Sentence | None = None


PageView = Callable[..., Page]


def page(view: PageView) -> Callable[..., HttpResponse]:
    """Make, record, send. If recording fails, one sentence is sent and nothing of the page."""

    @wraps(view)
    def answered(request: HttpRequest, **asked: Any) -> HttpResponse:
        began = evidence.place()  # before anything is read: what happens from here on is news to the page
        made = view(request, **asked)
        template = made.parts.get(request.headers.get(PART, ""))
        reading = reading_of(request)
        frame = {"place": began, **(_frame(request, reading) if made.framed and not template else {})}
        html = render_to_string(template or made.template, {**frame, **made.context}, request)
        try:
            vault.record_looks([*made.readings, reading])
        except DatabaseError:
            return pages.unrecorded(request)
        return HttpResponse(html, status=made.status)

    return answered


def acts(again: Callable[..., HttpResponse]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Mark a view that acts: when its verb refuses, `again` shows the form with what was typed (see `Refusals`)."""

    def marked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        view.again = again  # type: ignore[attr-defined]
        return view

    return marked


def reading_of(request: HttpRequest) -> vault.Reading:
    """The reading through which what stands around a page is opened: one a request."""
    known: vault.Reading | None = getattr(request, "page_reading", None)
    if known is None:
        known = vault.Reading(staff_of(request), "page.looked-at")
        request.page_reading = known  # type: ignore[attr-defined]
    return known


def views_shown(request: HttpRequest) -> list[ViewShown]:
    """The views with their counts, in the order in which they are worked; counted once a page."""
    known: list[ViewShown] | None = getattr(request, "views_shown", None)
    if known is None:
        counted = {view.slug: view for view in queue.views(staff_of(request))}
        ordered = [*(counted[slug] for slug in VIEWS), *(one for slug, one in counted.items() if slug not in VIEWS)]
        known = _shown(ordered, request)
        request.views_shown = known  # type: ignore[attr-defined]
    return known


def views_named(request: HttpRequest) -> list[ViewShown]:
    """The same without their counts, for where they are only named."""
    return _shown([queue.View(one, None) for one in views.known(staff_of(request))], request)


def view_shown(request: HttpRequest, slug: str) -> ViewShown:
    """One view; all that is open when there is none of this name. A part of a page counts no other."""
    if PART not in request.headers:
        shown = {view.slug: view for view in views_shown(request)}
        return shown.get(slug, shown[views.DEFAULT])
    actor = staff_of(request)
    known = views.known_as(slug, actor=actor) or views.known_as(views.DEFAULT, actor=actor)
    assert known is not None
    (number,) = counting.count([known.asked], actor=actor)
    (shown_,) = _shown([queue.View(known, number.count, number.more)], request)
    return shown_


def _shown(counted: list[queue.View], request: HttpRequest) -> list[ViewShown]:
    version = register.in_force(staff_of(request).desk)
    named = accounts_in(view.known.asked for view in counted)
    names = accounts.names(named, reading_of(request)) if named else {}
    return [_view(view, name_of(view.known.asked, version, names)) for view in counted]


def _view(view: queue.View, name: str) -> ViewShown:
    own, icon, empty, after = VIEWS.get(view.slug, ("", "filter", _NOTHING, ""))
    said = (
        ""
        if view.count is None
        else f"{number_format(view.count, use_l10n=True, force_grouping=True)}{'+' if view.more else ''}"
    )
    return ViewShown(
        view.slug,
        view.count or 0,
        said,
        _(own) if own else name,
        icon,
        _(empty),
        _(after) if after else "",
        view.known,
    )


_NOTHING = gettext_noop("Nothing fits this view now.")


def _frame(request: HttpRequest, reading: vault.Reading) -> dict[str, object]:
    actor = staff_of(request)
    return {
        "views": views_shown(request),
        **shortcuts.shown(account_of(request).preferences, actor.desk),
        **around(request, reading),
        "waiting_calls": len(phone.waiting(actor)) if actor.has("agent") else 0,
    }
