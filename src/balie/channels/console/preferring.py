"""One's own settings: language, density, colours, keys. What is chosen holds from the next page on, on every machine."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from balie.channels.console import shortcuts
from balie.channels.console.choices import Choice
from balie.channels.console.pages import Page, Said, acts, page
from balie.channels.console.requests import account_of, staff_of
from balie.channels.context import CONSOLE_LANGUAGES, NAMES
from balie.kernel import Stop, check
from balie.people import preferences

_DENSITY = {"": gettext_noop("Usual"), "compact": gettext_noop("Compact: more on one page")}
_AFTER = {"": gettext_noop("Stay with the ticket"), "next": gettext_noop("Go to the next one of the view")}
_SCHEME = {"": gettext_noop("As my device has it"), "light": gettext_noop("Light"), "dark": gettext_noop("Dark")}


@dataclass(frozen=True)
class KeyShown:
    """One key that can be changed. usual: what it is when nothing is chosen."""

    code: str
    says: str
    keys: str
    usual: str


@dataclass(frozen=True)
class PlaceShown:
    name: str
    keys: list[KeyShown]


def settings(request: HttpRequest, desk: str) -> HttpResponse:
    """One's settings; and keeping how the console looks and speaks."""
    return _look(request, desk) if request.method == "POST" else _shown(request)


def _settings_again(request: HttpRequest, *, stop: Stop, **asked: object) -> HttpResponse:
    return _shown(request, stop=stop)


settings = require_http_methods(["GET", "HEAD", "POST"])(acts(again=_settings_again)(settings))


@require_POST
@acts(again=_settings_again)
def keys(request: HttpRequest, desk: str) -> HttpResponse:
    """Keep which keys do what, or that none does anything."""
    chosen = _typed(request)
    if request.POST.get("single") != "on":
        preferences.keys(shortcuts.OFF, actor=staff_of(request))
    elif request.POST.get("usual"):
        preferences.keys({}, actor=staff_of(request))
    else:
        check(shortcuts.refusal(chosen))
        preferences.keys(shortcuts.changed(chosen), actor=staff_of(request))
    return _back(desk)


def _look(request: HttpRequest, desk: str) -> HttpResponse:
    asked = {name: request.POST.get(name, "") for name in ("language", "density", "scheme", "after")}
    preferences.look(**asked, actor=staff_of(request))
    return _back(desk)


def _back(desk: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("settings", kwargs={"desk": desk}) + "?kept", status=303)


@page
def _shown(request: HttpRequest, stop: Stop | None = None) -> Page:
    account = account_of(request)
    mine, chosen = preferences.of(account), shortcuts.of(account.preferences)
    typed = _typed(request) if stop is not None else {}
    context = {
        "languages": [
            Choice("", _("As my browser asks"), not mine.language),
            *(Choice(code, NAMES[code], code == mine.language) for code in CONSOLE_LANGUAGES),
        ],
        "densities": [Choice(value, _(name), value == mine.density) for value, name in _DENSITY.items()],
        "schemes": [Choice(value, _(name), value == mine.scheme) for value, name in _SCHEME.items()],
        "afters": [Choice(value, _(name), value == mine.after) for value, name in _AFTER.items()],
        "single": chosen.on,
        "places": _places({**chosen.keys, **typed}),
        "kept": "kept" in request.GET,
        "stop": Said(stop.sentence) if stop else None,
    }
    return Page("console/settings.html", context)


def _places(chosen: Mapping[str, str]) -> list[PlaceShown]:
    found = [
        PlaceShown(
            _(name),
            [KeyShown(one.code, _(one.says), chosen.get(one.code, ""), one.keys) for one in some if not one.fixed],
        )
        for _place, name, some in shortcuts.PLACES
    ]
    return [place for place in found if place.keys]


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed into the fields of the keys; a fixed one has none."""
    names = [one.code for one in shortcuts.ALL if not one.fixed]
    return {code: request.POST[f"key-{code}"].strip() for code in names if f"key-{code}" in request.POST}
