"""The form of a call: how the caller can be reached, what was asked, and beside it what is stored and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import register, vault
from balie.channels import clock, telling
from balie.channels.console.queue import RowShown, rows_of
from balie.desk import looking, phone
from balie.desk.models import Call
from balie.kernel import Actor, Sentence, Wording, sentence

WAYS = {
    "phone": "number",
    "email": "email",
}  # items of the register by which a caller can be reached: name of the field
NOTHING = "nothing"
_KINDS = {
    "questions": ("question", gettext_noop("Question")),
    "incidents": ("incident", gettext_noop("Incident")),
    "requests": ("request", gettext_noop("Request")),
    "feedback": ("feedback", gettext_noop("Feedback")),
}


@dataclass(frozen=True)
class WayShown:
    """A way to reach the caller: its field, with why, on what ground and for how long."""

    item: str
    name: str
    label: Wording
    typed: str
    chosen: bool
    told: register.FieldText


@dataclass(frozen=True)
class KindShown:
    value: str
    name: str | Wording
    chosen: bool


@dataclass(frozen=True)
class StoredShown:
    label: Wording
    kept: str


@dataclass(frozen=True)
class WaitingShown:
    url: str
    at: datetime


@dataclass(frozen=True)
class CallShown:
    url: str
    end_url: str
    started_at: datetime | None
    lasted: str
    ways: list[WayShown]
    nothing: bool
    nothing_chosen: bool
    text: str
    kinds: list[KindShown]
    services: list[KindShown]
    stored: list[StoredShown]
    until: Sentence | str
    uri: str
    activity: Wording
    version: int
    before: list[RowShown]
    waiting: list[WaitingShown]


def call_shown(request: HttpRequest, call: Call | None, reading: vault.Reading) -> CallShown:
    """The form for one call, or for one that was not told of; what was typed already stands in it."""
    desk = reading.actor.desk
    version = register.in_force(desk)
    activity = register.mail_activity(version)
    number = reading.text(call.number) if call and call.number else ""
    ways = _ways(request, version, activity, number)
    return CallShown(
        url=_url(desk, call),
        end_url=reverse("call-end", kwargs={"desk": desk, "handle": call.handle}) if call else "",
        started_at=call.at if call else None,
        lasted=_lasted(call),
        ways=ways,
        nothing=_nothing_needed(version, activity),
        nothing_chosen=not any(way.chosen for way in ways),
        text=request.POST.get("text", ""),
        kinds=_kinds(version, activity, request.POST.get("kind", "")),
        services=_services(version, reading.actor, request.POST.get("service", "")),
        stored=_stored(version, activity),
        until=_until(version, activity),
        uri=version.uri(activity),
        activity=telling.activity_name(version, activity),
        version=version.number,
        before=_before(number, reading),
        waiting=_waiting(call, reading),
    )


def _ways(request: HttpRequest, version: register.Version, activity: str, number: str) -> list[WayShown]:
    group = register.writers(version, activity)
    declared = [item for item in register.declared_items(version, activity, group) if item in WAYS]
    declared.sort(key=list(WAYS).index)
    chosen = request.POST.get("reach") or (declared[0] if declared else NOTHING)
    typed = {"phone": request.POST.get("number", number), "email": request.POST.get("email", "")}
    return [
        WayShown(
            item,
            WAYS[item],
            version.label(item),
            typed[item],
            item == chosen,
            register.asked_field(version, activity, group, item, language=telling.language()),
        )
        for item in declared
    ]


def _nothing_needed(version: register.Version, activity: str) -> bool:
    """Whether a call can be written down without a way to reach the caller: the register says."""
    group = register.writers(version, activity)
    return register.required_items(version, activity, group, given=frozenset({"message"})).yes


def _kinds(version: register.Version, activity: str, chosen: str) -> list[KindShown]:
    """The kinds of ticket that a purpose of the activity includes; no choice where there is one."""
    purposes = version.data["activities"][activity]["purposes"].values()
    work = {one for purpose in purposes for one in purpose.get("includes", ("questions",))}
    fit = [kind for key, kind in _KINDS.items() if key in work]
    first = chosen or (fit[0][0] if fit else "")
    return [KindShown(value, _(name), value == first) for value, name in fit] if len(fit) > 1 else []


def _services(version: register.Version, actor: Actor, chosen: str) -> list[KindShown]:
    """The services whose activities the adviser's teams cover; no choice where there is one."""
    covered = {cover.partition("/")[0] for cover in actor.covers}
    fit = [one for one in version.services.values() if one.activity in covered]
    first = chosen or next((one.id for one in fit), "")
    return [KindShown(one.id, one.name, one.id == first) for one in fit] if len(fit) > 1 else []


def _stored(version: register.Version, activity: str) -> list[StoredShown]:
    """Each item of the register, and whether this form stores it."""
    group = register.writers(version, activity)
    words = {"message": _("yes"), "phone": _("if filled in"), "email": _("if filled in")}
    declared = register.declared_items(version, activity, group)
    asked = [item for item, need in declared.items() if need in ("required", "one-of", "usual", "when-necessary")]
    return [StoredShown(version.label(item), words.get(item, _("no"))) for item in asked if item != "raw-message"]


def _until(version: register.Version, activity: str) -> Sentence | str:
    group = register.writers(version, activity)
    rule = register.erase_rule(version, activity, group, "message")
    day = register.erase_on(rule, timezone.localdate()) if rule.event else None
    if day is None:
        return register.why(version, activity, group, "message", language=telling.language()).how_long
    return sentence("{day}, if nothing follows", day=clock.day_words(day))


def _before(number: str, reading: vault.Reading) -> list[RowShown]:
    """Earlier tickets of the same number, so that one can return to them (S4.3)."""
    return rows_of(looking.concerning(number, actor=reading.actor, most=5), reading)


def _waiting(call: Call | None, reading: vault.Reading) -> list[WaitingShown]:
    others = [one for one in phone.waiting(reading.actor) if call is None or one.handle != call.handle]
    return [WaitingShown(_url(one.desk, one), one.at) for one in others]


def _url(desk: str, call: Call | None) -> str:
    return reverse("call", kwargs={"desk": desk, "handle": call.handle}) if call else reverse("calls", args=[desk])


def _lasted(call: Call | None) -> str:
    seconds = max(0, int((timezone.now() - call.at).total_seconds())) if call else 0
    return f"{seconds // 60:02}:{seconds % 60:02}"
