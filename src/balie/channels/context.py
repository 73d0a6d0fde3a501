"""What every page knows without asking: the desk it belongs to, in which language it is read."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from balie import register
from balie.channels.access import is_desk, takes_calls
from balie.kernel import Wording

PORTAL_LANGUAGES = ("nl", "fi", "sv", "en")
CONSOLE_LANGUAGES = ("nl", "fi", "en")
NAMES = {"nl": "Nederlands", "fi": "Suomi", "sv": "Svenska", "en": "English"}


@dataclass(frozen=True)
class DeskShown:
    """A desk as its pages name it. no_paper: its register allows no manual material, so its pages do not print."""

    slug: str
    name: Wording
    organisation: Wording
    takes_calls: bool
    no_paper: bool
    languages: tuple[str, ...]


@dataclass(frozen=True)
class LanguageShown:
    code: str
    name: str


def page(request: HttpRequest) -> dict[str, object]:
    """Django's context processor: the words that every template may use."""
    match = request.resolver_match
    slug = match.kwargs.get("desk") if match else None
    shown = desk_of(slug) if is_desk(slug) else None
    return {
        "language": (translation.get_language() or "en").partition("-")[0],
        "desk": shown,
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),  # one for all the forms of a page
        "no_paper": shown is not None and shown.no_paper and getattr(request, "actor", None) is not None,
    }


def desk_of(slug: str) -> DeskShown:
    return _shown(register.in_force(slug))


def shown_languages(codes: tuple[str, ...]) -> list[LanguageShown]:
    """The languages to choose from, each under its own name; none when there is no choice."""
    return [LanguageShown(code, NAMES[code]) for code in codes if code in NAMES] if len(codes) > 1 else []


@lru_cache(maxsize=64)
def _shown(version: register.Version) -> DeskShown:
    data = version.data
    return DeskShown(
        version.desk,
        version.wording(data["name"]),
        version.wording(data["organisation"]),
        takes_calls(version),
        data.get("protection", {}).get("paper") == "none",
        tuple(code for code in data["languages"] if code in NAMES),
    )
