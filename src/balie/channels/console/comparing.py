"""What changed between a version of the register and the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from balie import register
from balie.channels.console.pages import Page, page
from balie.kernel import Sentence, Stop

# For the people concerned: class of its colour, shape, word.
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
    sentence: Sentence


@require_safe
@page
def comparison(request: HttpRequest, desk: str, number: int) -> Page:
    """A version beside the one before it."""
    try:
        new, old = register.version(desk, number), register.version(desk, number - 1)
    except Stop:
        raise Http404 from None
    return Page(
        "console/comparison.html",
        {"here": "register", "new": new, "old": old, "changes": shown(register.diff(old, new))},
    )


def shown(changes: Sequence[register.Change]) -> list[ChangeShown]:
    """What is wider first: that is what people must hear of."""
    order = list(_DIRECTIONS)
    ordered = sorted(changes, key=lambda one: order.index(one.direction))
    return [_shown(*_DIRECTIONS[one.direction], one.say) for one in ordered]


def _shown(kind: str, icon: str, word: str, say: Sentence) -> ChangeShown:
    return ChangeShown(kind, icon, _(word), say)
