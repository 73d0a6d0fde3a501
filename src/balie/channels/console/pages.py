"""How a page of the console is made: rendered first, its look recorded next, sent last (invariant 5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import vault
from balie.channels import pages
from balie.channels.console import shortcuts
from balie.channels.console.requests import account_of, staff_of
from balie.desk import phone, queue
from balie.kernel import Actor, Sentence

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
    "closed": (
        gettext_noop("Closed"),
        "done",
        gettext_noop("Nothing is closed."),
        gettext_noop("What is erased is not here."),
    ),
}


@dataclass(frozen=True)
class Page:
    """What a view returns: a template, what it shows, and the readings through which that was opened."""

    template: str
    context: Mapping[str, Any]
    readings: tuple[vault.Reading, ...] = ()
    status: int = 200


@dataclass(frozen=True)
class ViewShown:
    slug: str
    count: int
    name: str
    icon: str
    empty: str
    empty_next: str


@dataclass(frozen=True)
class Me:
    name: str
    administers: bool


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
        made = view(request, **asked)
        reading = vault.Reading(staff_of(request), "page.looked-at")
        html = render_to_string(made.template, {**_frame(request, reading), **made.context}, request)
        try:
            with transaction.atomic():  # one for the whole page
                for one in (*made.readings, reading):
                    one.record()
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


def views_shown(request: HttpRequest) -> list[ViewShown]:
    """The views with their counts, in the order in which they are worked; counted once a page."""
    known: list[ViewShown] | None = getattr(request, "views_shown", None)
    if known is None:
        known = _counted(staff_of(request))
        request.views_shown = known  # type: ignore[attr-defined]
    return known


def _counted(actor: Actor) -> list[ViewShown]:
    counts = {view.slug: view.count for view in queue.views(actor)}
    return [
        ViewShown(slug, counts[slug], _(name), icon, _(empty), _(after) if after else "")
        for slug, (name, icon, empty, after) in VIEWS.items()
        if slug in counts
    ]


def _frame(request: HttpRequest, reading: vault.Reading) -> dict[str, object]:
    actor = staff_of(request)
    return {
        "views": views_shown(request),
        "me": Me(reading.text(account_of(request).name), actor.has("administrator")),
        **shortcuts.shown(account_of(request).preferences),
        "waiting_calls": len(phone.waiting(actor)) if actor.has("agent") else 0,
    }
