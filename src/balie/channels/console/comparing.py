"""What changed between two versions of the register, for the people concerned and passage by passage."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from balie import register
from balie.channels import telling
from balie.channels.console.pages import Page, page
from balie.kernel import Stop
from balie.register import in_use

# For the people concerned, what is wider first: class of its colour, shape, word.
_DIRECTIONS = {
    "wider": ("warn", "alert-triangle", gettext_noop("Wider")),
    "narrower": ("good", "check", gettext_noop("Narrower")),
    "changed": ("info", "info-circle", gettext_noop("Changed")),
}


@dataclass(frozen=True)
class ChangeShown:
    """One change: its class, shape and word, and what it says."""

    kind: str
    icon: str
    word: str
    text: str


@dataclass(frozen=True)
class PassageShown:
    """A passage of the record that reads otherwise: the lines that are gone, and those that came."""

    clause: str
    was: list[str]
    now: list[str]


@dataclass(frozen=True)
class ComparisonShown:
    """Two versions side by side; names: what each is called at the head of its column."""

    names: tuple[str, str]
    changes: list[ChangeShown]
    passages: list[PassageShown]


@require_safe
@page
def comparison(request: HttpRequest, desk: str, number: int) -> Page:
    """A version beside the one that was in force before it."""
    try:
        old, new = in_use.before(desk, number), register.version(desk, number)
    except Stop:
        raise Http404 from None
    names = _("Version %(n)s") % {"n": old.number}, _("Version %(n)s") % {"n": new.number}
    context = {"here": "register", "number": number, "compared": shown(old, new, names)}
    return Page("console/comparison.html", context)


def shown(old: register.Version, new: register.Version, names: tuple[str, str]) -> ComparisonShown:
    """In the words of the record, in the reader's language."""
    found = register.compared(old, new, language=telling.language())
    changes = [_change(direction, text) for direction in _DIRECTIONS for one, text in found.meant if one == direction]
    passages = [
        PassageShown(
            " · ".join(part for part in (one.heading, one.label) if part),
            [line for line in one.was if line not in one.now],
            [line for line in one.now if line not in one.was],
        )
        for one in found.passages
    ]
    return ComparisonShown(names, changes, passages)


def _change(direction: str, text: str) -> ChangeShown:
    kind, icon, word = _DIRECTIONS[direction]
    return ChangeShown(kind, icon, _(word), text)
