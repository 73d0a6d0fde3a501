"""The administrator's mail page: the doors, what came in, what could not be read, what waits to be sent and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from balie import post
from balie.channels import clock, correspondence
from balie.channels.console.chart import DAYS, ChartShown, Column, chart_of
from balie.channels.console.pages import Page, Said, acts, page
from balie.channels.console.requests import staff_of
from balie.desk import deliveries, mailroom
from balie.desk.mailboxes import MailboxState, states
from balie.kernel import Actor, Sentence, Stop
from balie.post.models import Outgoing

# What is sent, by its kind in the outbox.
_KINDS = {
    "answer": gettext_noop("Answer"),
    "acknowledgement": gettext_noop("Acknowledgement"),
    "warning": gettext_noop("Warning before the end"),
    "checkpoint": gettext_noop("Checkpoint of the evidence"),
    "notice": gettext_noop("Notice"),
}
# What became of a mail: class of its colour, shape, word.
_READ = ("done", "done", gettext_noop("Read"))
_UNREADABLE = ("late", "file-off", gettext_noop("Could not be read"))
_WAITS = ("waiting", "half", gettext_noop("Waits to be read"))
_SENT_STATES: dict[str, tuple[str, str, str]] = {
    Outgoing.State.TO_SEND: ("waiting", "half", gettext_noop("Waits")),
    Outgoing.State.SENDING: ("open", "ring", gettext_noop("Under way")),
    Outgoing.State.FAILED: ("late", "mail-x", gettext_noop("Not sent")),
}
_DELIVERIES = {
    "delayed": ("soon", "clock", gettext_noop("Delayed")),
    "failed": ("late", "mail-x", gettext_noop("Not delivered")),
}


@dataclass(frozen=True)
class StateShown:
    colour: str
    icon: str
    word: str


@dataclass(frozen=True)
class LineShown:
    """One mail. number and url: of its ticket, as far as there is one and the reader may open it."""

    at: datetime
    state: StateShown
    why: Sentence | None
    number: int | None
    url: str
    size: int = 0


@dataclass(frozen=True)
class OutgoingShown:
    """Something that has not gone. next_at: of the next attempt, where there will be one."""

    line: LineShown
    kind: str
    attempts: int
    next_at: datetime | None
    try_url: str
    end_url: str


@dataclass(frozen=True)
class RoomShown:
    """The whole page."""

    reception: mailroom.Reception
    mailboxes: list[MailboxState]
    chart: ChartShown
    today: mailroom.Day
    came: list[LineShown]
    unreadable: list[LineShown]
    outgoing: list[OutgoingShown]
    undelivered: list[LineShown]
    no_relay: bool


@require_safe
@page
def room(request: HttpRequest, desk: str) -> Page:
    """Everything at once: an administrator looks here when something is wrong."""
    return _page_of(request)


@page
def _again(request: HttpRequest, stop: Stop, **rest: object) -> Page:
    return _page_of(request, stop)


def again(request: HttpRequest, *, stop: Stop, **asked: object) -> HttpResponse:
    """The page as it is now, with the sentence on top."""
    return _again(request, stop=stop, **asked)


@require_POST
@acts(again=again)
def attempts(request: HttpRequest, desk: str, handle: UUID) -> HttpResponse:
    """Have it tried now, or anew."""
    deliveries.try_now(handle, actor=staff_of(request))
    return _back(desk)


@require_POST
@acts(again=again)
def end(request: HttpRequest, desk: str, handle: UUID) -> HttpResponse:
    """Give it up: it will not be sent."""
    deliveries.give_up(handle, actor=staff_of(request))
    return _back(desk)


def _back(desk: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("mail", kwargs={"desk": desk}) + "#outgoing", status=303)


def _page_of(request: HttpRequest, stop: Stop | None = None) -> Page:
    actor = staff_of(request)
    context: dict[str, object] = {"room": _shown(actor), "here": "mail"}
    if stop is not None:
        context["stop"] = Said(stop.sentence)
    return Page("console/mail.html", context)


def _shown(actor: Actor) -> RoomShown:
    days = mailroom.days(actor, now=timezone.now())
    return RoomShown(
        reception=mailroom.reception(actor),
        mailboxes=states(actor),
        chart=chart_of([_column(one) for one in days], DAYS),
        today=days[-1],
        came=[_came(one, actor) for one in mailroom.last(actor)],
        unreadable=[_came(one, actor) for one in mailroom.unreadable(actor)],
        outgoing=[_outgoing(one, actor) for one in mailroom.outgoing(actor)],
        undelivered=[_undelivered(one, actor) for one in mailroom.undelivered(actor)],
        no_relay=settings.BALIE_RELAY is None,
    )


def _column(day: mailroom.Day) -> Column:
    return Column(clock.day_and_month(day.on), (("c1", day.read), ("c2", day.unreadable), ("c3", day.waiting)))


def _came(one: mailroom.CameIn, actor: Actor) -> LineShown:
    state = _WAITS if one.ticket is None else _UNREADABLE if one.code else _READ
    why = correspondence.unreadable(one.code) if one.code else None
    return LineShown(one.at, _state(state), why, one.ticket, _url(one.ticket, one.visible, actor), one.size)


def _undelivered(one: mailroom.Undelivered, actor: Actor) -> LineShown:
    state, url = _DELIVERIES.get(one.state, _DELIVERIES["failed"]), _url(one.ticket, one.visible, actor)
    return LineShown(one.at, _state(state), post.reason(one.code), one.ticket, url)


def _outgoing(one: mailroom.Waits, actor: Actor) -> OutgoingShown:
    row, urls = one.row, {"desk": actor.desk, "handle": one.row.handle}
    waits, going = row.state == Outgoing.State.TO_SEND, row.state == Outgoing.State.SENDING
    url = _url(one.ticket, one.visible, actor)
    return OutgoingShown(
        line=LineShown(row.created_at, _state(_SENT_STATES[row.state]), post.reason(row.last_error), one.ticket, url),
        kind=_(_KINDS.get(row.kind, row.kind)),
        attempts=row.attempts,
        next_at=row.not_before if waits else None,
        try_url="" if going else reverse("outgoing-attempts", kwargs=urls),
        end_url=reverse("outgoing-end", kwargs=urls) if waits else "",
    )


def _state(state: tuple[str, str, str]) -> StateShown:
    return StateShown(state[0], state[1], _(state[2]))


def _url(number: int | None, visible: bool, actor: Actor) -> str:
    return reverse("ticket", kwargs={"desk": actor.desk, "number": number}) if number and visible else ""
