"""The next version of the register: written by one person, looked at and put in force by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from balie import register, vault
from balie.channels.console import coming, comparing
from balie.channels.console.pages import Page, Said, acts, page, reading_of
from balie.channels.console.requests import staff_of
from balie.kernel import Actor, Invalid, Sentence, Stop, sentence
from balie.people import accounts
from balie.privacy import versions
from balie.register import proposing, rules
from balie.register.finding import Finding
from balie.register.models import Proposal


@dataclass(frozen=True)
class TextsShown:
    """The three files as they stand in the boxes, and the day with which they are to come in force."""

    register: str
    settings: str
    answers: str
    valid_from: str = ""


@dataclass(frozen=True)
class ProposalShown:
    """What is proposed: who wrote it when, what it changes, what that does to what is stored, and what is in its way.

    day: with which it is to come in force; later: it is still to come. wider: people must be told first. refusal: why the reader
    does not put it in force.
    """

    by: str
    at: datetime
    day: date | None
    later: bool
    compared: comparing.ComparisonShown | None
    effect: vault.Effect
    in_the_way: Sequence[Finding]
    wider: bool
    refusal: Sentence | None


@page
def _shown(request: HttpRequest, stop: Stop | None = None) -> Page:
    actor = staff_of(request)
    kept = proposing.open_at(actor.desk)
    context: dict[str, object] = {
        "here": "register",
        "coming": coming.shown(request),
        "proposal": _proposal(request, kept, actor) if kept else None,
        "texts": _texts(request, kept, actor),
        "refusal": rules.propose(actor, actor.desk),
    }
    if stop is not None:
        context["stop"] = Said(stop.sentence)
    return Page("console/proposal.html", context)


def again(request: HttpRequest, *, stop: Stop, **asked: object) -> HttpResponse:
    """The page with the sentence on top, and what was typed."""
    return _shown(request, stop=stop)


@require_http_methods(["GET", "HEAD", "POST"])
@acts(again=again)
def proposal(request: HttpRequest, desk: str) -> HttpResponse:
    """GET shows what is proposed, and the files; POST proposes what was typed."""
    if request.method != "POST":
        return _shown(request)
    typed = _typed(request)
    files = (typed.register, typed.settings, typed.answers)
    proposing.propose(desk, *files, valid_from=day_of(typed.valid_from), actor=staff_of(request))
    return HttpResponseRedirect(reverse("proposal", kwargs={"desk": desk}), status=303)


@require_POST
@acts(again=again)
def approval(request: HttpRequest, desk: str) -> HttpResponse:
    """Put what is proposed in force."""
    versions.approve(_open(desk), told_on=day_of(request.POST.get("told_on", "")), actor=staff_of(request))
    return HttpResponseRedirect(reverse("desk-register", kwargs={"desk": desk}), status=303)


@require_POST
@acts(again=again)
def end(request: HttpRequest, desk: str) -> HttpResponse:
    """Withdraw what is proposed."""
    proposing.withdraw(_open(desk), actor=staff_of(request))
    return HttpResponseRedirect(reverse("desk-register", kwargs={"desk": desk}), status=303)


def name_of(request: HttpRequest, actor: str) -> str:
    """Who did something, as the evidence names them: a name while the account is there."""
    kind, _colon, handle = actor.partition(":")
    if kind != "staff":
        return ""
    return accounts.names([UUID(handle)], reading_of(request)).get(UUID(handle), "")


def _open(desk: str) -> Proposal:
    found = proposing.open_at(desk)
    if found is None:
        raise Http404
    return found


def _proposal(request: HttpRequest, kept: Proposal, actor: Actor) -> ProposalShown:
    names = _("Version %(n)s") % {"n": register.in_force(actor.desk).number}, _("Proposed")
    sound = proposing.sound(kept)
    new = proposing.version_of(kept)
    return ProposalShown(
        by=name_of(request, kept.written_by),
        at=kept.written_at,
        day=kept.valid_from,
        later=kept.valid_from is not None and kept.valid_from > timezone.localdate(),
        compared=comparing.shown(register.in_force(actor.desk), new, names) if sound else None,
        effect=versions.effect(kept),
        in_the_way=proposing.in_the_way(kept),
        wider=any(one.direction == "wider" for one in versions.changes(kept)),
        refusal=rules.adopt(actor, actor.desk, rules.Author(kept.written_by, kept.by_officer)),
    )


def _texts(request: HttpRequest, kept: Proposal | None, actor: Actor) -> TextsShown:
    """What was typed, else what is proposed, else what is in force."""
    if request.method == "POST" and "register" in request.POST:
        return _typed(request)
    if kept is not None:
        day = kept.valid_from.isoformat() if kept.valid_from else ""
        return TextsShown(kept.text, kept.settings_text, kept.answers_text, day)
    return TextsShown(*proposing.texts(actor.desk))


def _typed(request: HttpRequest) -> TextsShown:
    boxes = ("register", "settings", "answers", "valid_from")
    typed = (request.POST.get(name, "").replace("\r\n", "\n") for name in boxes)
    return TextsShown(*typed)


def day_of(typed: str) -> date | None:
    """A day as a browser's box gives it; None for nothing. Raises Invalid for what is none."""
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Invalid(sentence("«{typed}» is no day; write it as 2026-11-30.", typed=typed)) from None
