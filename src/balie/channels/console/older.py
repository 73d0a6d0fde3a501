"""Data collected before the register had a purpose: what may not reach them, and the decisions that it may (GDPR 6(4))."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from balie import register
from balie.channels import telling
from balie.channels.console.choices import Choice
from balie.channels.console.pages import Page, Said, acts, page
from balie.channels.console.proposing import day_of, name_of
from balie.channels.console.requests import staff_of
from balie.kernel import Sentence, Stop, Wording, sentence
from balie.register import in_use, reaching, rules
from balie.register.models import Reach

GROUNDS = {
    "compatible": gettext_noop("Weighed: it fits what the data were collected for"),
    "law": gettext_noop("A law lays it down"),
    "consent": gettext_noop("Only with the consent of each person"),
}
# What is weighed, in the order of 6(4).
FACTORS = {
    "link": gettext_noop("The link with what the data were collected for"),
    "context": gettext_noop("How they were collected, and what people may expect"),
    "nature": gettext_noop("What kind of data these are"),
    "consequences": gettext_noop("What it may mean for people"),
    "safeguards": gettext_noop("What protects them, as encryption or pseudonyms"),
}


@dataclass(frozen=True)
class WiderShown:
    """A purpose that takes in more than it did. since: the version from which on. state: empty, `proposed` or `approved`."""

    value: str
    purpose: Wording
    activity: Wording
    since: int
    state: str
    chosen: bool


@dataclass(frozen=True)
class ReasonShown:
    """A box of the form, or a reason that was given."""

    name: str
    says: str
    text: str


@dataclass(frozen=True)
class DecisionShown:
    """state: `open`, `approved`, `withdrawn`, `ended`. refusal, kept: why the reader does not approve or end it."""

    number: int
    purpose: Wording | str
    activity: Wording | str
    before: int
    state: str
    ground: str
    reasons: list[ReasonShown]
    told_on: date
    by: str
    at: datetime
    decided_by: str
    decided_at: datetime | None
    refusal: Sentence | None
    kept: Sentence | None


@page
def _shown(request: HttpRequest, stop: Stop | None = None) -> Page:
    actor = staff_of(request)
    typed, version = request.POST, register.in_force(actor.desk)
    context: dict[str, object] = {
        "here": "register",
        "wider": [_wider(version, one, typed.get("purpose", "")) for one in reaching.wider(actor.desk)],
        "decisions": [_decision(request, one) for one in reaching.known(actor.desk)],
        "grounds": [Choice(code, _(words), typed.get("ground") == code) for code, words in GROUNDS.items()],
        "factors": [ReasonShown(name, _(words), typed.get(name, "")) for name, words in FACTORS.items()],
        "typed": {name: typed.get(name, "") for name in ("because", "told_on")},
        "refusal": rules.decide_reach(actor, actor.desk),
    }
    if stop is not None:
        context["stop"] = Said(stop.sentence)
    return Page("console/older.html", context)


def again(request: HttpRequest, *, stop: Stop, **asked: object) -> HttpResponse:
    """The page with the sentence on top, and what was typed."""
    return _shown(request, stop=stop)


@require_http_methods(["GET", "HEAD", "POST"])
@acts(again=again)
def older(request: HttpRequest, desk: str) -> HttpResponse:
    """GET shows what does not reach older data and what was decided; POST writes a decision down for another person."""
    if request.method != "POST":
        return _shown(request)
    activity, _slash, purpose = request.POST.get("purpose", "").partition("/")
    typed = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in (*FACTORS, "because")}
    reaching.propose(
        desk,
        activity,
        purpose,
        ground=request.POST.get("ground", ""),
        reasons={name: typed[name] for name in FACTORS},
        because=typed["because"],
        told_on=day_of(request.POST.get("told_on", "")),
        actor=staff_of(request),
    )
    return _back(desk)


@require_POST
@acts(again=again)
def approval(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Let the purpose reach older data."""
    reaching.approve(_one(desk, number), actor=staff_of(request))
    return _back(desk)


@require_POST
@acts(again=again)
def end(request: HttpRequest, desk: str, number: int) -> HttpResponse:
    """Withdraw what waits, or end what was approved."""
    reaching.end(_one(desk, number), actor=staff_of(request))
    return _back(desk)


def _back(desk: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("older-data", kwargs={"desk": desk}), status=303)


def _one(desk: str, number: int) -> Reach:
    found = reaching.one(desk, number)
    if found is None:
        raise Http404
    return found


def _wider(version: register.Version, one: reaching.Wider, chosen: str) -> WiderShown:
    value = f"{one.activity}/{one.purpose}"
    return WiderShown(
        value,
        _purpose(version, one.activity, one.purpose),
        telling.activity_name(version, one.activity),
        one.since,
        one.state,
        value == chosen,
    )


def _decision(request: HttpRequest, kept: Reach) -> DecisionShown:
    actor, version = staff_of(request), in_use.version(kept.desk_id, kept.number)
    ended = kept.outcome in (Reach.Outcome.WITHDRAWN, Reach.Outcome.ENDED)
    given = [*FACTORS.items()] if kept.ground == "compatible" else [("because", GROUNDS[kept.ground])]
    return DecisionShown(
        number=kept.pk,
        purpose=_purpose(version, kept.activity, kept.purpose),
        activity=telling.activity_name(version, kept.activity),
        before=kept.number,
        state=kept.outcome or "open",
        ground=_(GROUNDS[kept.ground]),
        reasons=[ReasonShown(name, _(words), getattr(kept, name)) for name, words in given],
        told_on=kept.told_on,
        by=name_of(request, kept.written_by),
        at=kept.written_at,
        decided_by=name_of(request, kept.decided_by),
        decided_at=kept.decided_at,
        refusal=None if kept.outcome else rules.adopt(actor, actor.desk, rules.Author(kept.written_by, officer=True)),
        kept=_ENDED if ended else rules.propose(actor, actor.desk),
    )


_ENDED = sentence("This has ended.")


def _purpose(version: register.Version, activity: str, purpose: str) -> Wording:
    return version.wording(version.data["activities"][activity]["purposes"][purpose]["what"])
