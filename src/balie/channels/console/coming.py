"""The version that is approved for a day to come: when it comes in force, what it changes, and that it is withdrawn before."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from balie.channels.console.choices import Choice
from balie.channels.console.requests import staff_of
from balie.kernel import Sentence
from balie.register import coming, in_use, rules

# Why it is withdrawn: the codes of the register, in words.
REASONS = {
    "mistake": gettext_noop("There is a mistake in it"),
    "people-not-told": gettext_noop("People were not told in time"),
    "other-version": gettext_noop("Another version is to come instead"),
    "not-needed": gettext_noop("It is not needed any more"),
}


@dataclass(frozen=True)
class ComingShown:
    """number: of the version. day: with which it comes in force. refusal: why the reader does not withdraw it."""

    number: int
    day: date | None
    reasons: list[Choice]
    refusal: Sentence | None


def shown(request: HttpRequest) -> ComingShown | None:
    """The coming version of the reader's desk, if one is approved."""
    actor = staff_of(request)
    version = in_use.coming(actor.desk)
    if version is None:
        return None
    return ComingShown(version.number, version.in_force_since, reasons(), rules.propose(actor, actor.desk))


def withdrawn(desk: str) -> dict[int, str]:
    """The versions that were withdrawn before their day, by number, each with the reason in words."""
    return {number: _(REASONS[reason]) for number, reason in coming.withdrawn(desk).items()}


def reasons() -> list[Choice]:
    return [Choice(code, _(words)) for code, words in REASONS.items()]


@require_POST
def withdrawal(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Withdraw a version before its day."""
    coming.withdraw(desk, number, reason=request.POST.get("reason", ""), actor=staff_of(request))
    return HttpResponseRedirect(reverse("desk-register", kwargs={"desk": desk}), status=303)
