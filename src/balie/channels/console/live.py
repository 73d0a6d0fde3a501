"""What changed since the page was made: the lines that did, the counts, who else is at the ticket. Nothing, where nothing did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from balie import evidence, vault
from balie.channels.console.around import news_in_tabs
from balie.channels.console.company import CompanyShown, company_of
from balie.channels.console.pages import Page, ViewShown, page, reading_of, views_shown
from balie.channels.console.queue import RowShown, query_of, rows_of
from balie.channels.console.requests import staff_of
from balie.desk import gathering, phone, presence, queue, views
from balie.desk.models import Message, Ticket
from balie.evidence import Deed, News
from balie.kernel import Actor

PLACE = "X-Place"  # where the evidence stood when this was told: the page asks from there next time
# What changes nothing that anybody else sees.
QUIET = frozenset(
    {"draft.kept", "draft.file-kept", "account.signed-in", "account.signed-out", "mail.read", "mail.composed"}
)
SHOWN = 100  # lines that one page may have before it


@dataclass(frozen=True)
class AtTicket:
    """The opened ticket, as far as it is live: who else is there."""

    number: int
    company: list[CompanyShown]


@dataclass(frozen=True)
class Asked:
    """What the page has before its reader: codes and numbers. lists: whether its lines are those of a view.

    ticket: the number of the opened one. seen: the last message on it. others: who is told to be there. writing: what its reader
    writes there; empty where that was told a moment ago.
    """

    rows: frozenset[int]
    lists: bool
    ticket: int
    seen: str
    others: str
    writing: str


@require_safe
def live(request: HttpRequest, desk: str) -> HttpResponse:
    """What is news to a page that was made when the evidence stood at `since`; 204 where there is none.

    In the address stand codes and numbers alone: the view, the numbers of the lines, of the ticket, and what its reader writes
    (`writing`: `answer`, `note` or `no`), which colleagues are told for a minute.
    """
    asked, actor = _asked(request), staff_of(request)
    if asked.writing:
        _is_there(asked, actor)
    news = evidence.since(desk, _number(request.GET.get("since", "")), passing=QUIET)
    told = presence.word(asked.ticket, actor) if asked.ticket else ""
    if news.deeds or news.much or told != asked.others:
        answer = _news(request, asked=asked, news=news, told=told)
    else:
        answer = HttpResponse(status=204)
    answer.headers[PLACE] = str(news.place)
    return answer


@page
def _news(request: HttpRequest, *, asked: Asked, news: News, told: str) -> Page:
    actor = staff_of(request)
    reading, ticket = vault.Reading(actor, "list.looked-at"), _ticket(asked.ticket, actor)
    rows, order = _rows(request, asked, news, reading)
    context = {
        "rows": rows,
        "order": order,
        "together": actor.has("agent"),
        "views": views_shown(request),
        "waiting_calls": len(phone.waiting(actor)) if actor.has("agent") else 0,
        "news_in": news_in_tabs(actor),
        "ticket": AtTicket(ticket.number, company_of(ticket, reading_of(request))) if ticket else None,
        "told": told,
        "arrived": _arrived(ticket, asked.seen, news, actor) if ticket else "",
    }
    return Page("console/live.html", context, (reading,), parts={"live": "console/live.html"})


def _rows(
    request: HttpRequest, asked: Asked, news: News, reading: vault.Reading
) -> tuple[list[RowShown], list[int] | None]:
    """The lines that changed or came, and the numbers of all that stand there now, in order; None where no view is shown."""
    if not asked.rows and not asked.lists:
        return [], None
    changed, shown, order = _changed(news.deeds, reading.actor), asked.rows, None
    lines: list[queue.Line] = []
    view = _view(request)
    if asked.lists:
        lines = queue.stretch(view.known.asked, actor=reading.actor, place=request.GET.get("at", "")).lines
        order = [line.number for line in lines]
    here = {line.number for line in lines}
    told = [line for line in lines if news.much or line.number not in shown or _is_in(line, changed)]
    told += [line for line in _left(shown - here, reading.actor) if news.much or _is_in(line, changed)]
    return rows_of(told, reading, view=view, query=query_of(request), current=asked.ticket or None), order


def _view(request: HttpRequest) -> ViewShown:
    """The view that the page shows; they are all counted anyway."""
    shown = {one.slug: one for one in views_shown(request)}
    return shown.get(request.GET.get("view", ""), shown[views.DEFAULT])


def _left(numbers: frozenset[int], actor: Actor) -> list[queue.Line]:
    """Lines that are still before the reader, though they left the view."""
    return queue.lines(Ticket.objects.visible_to(actor).filter(number__in=numbers)) if numbers else []


def _changed(deeds: Sequence[Deed], actor: Actor) -> tuple[set[UUID], set[int]]:
    """The tickets with which something was done: by handle, and by number where the act names it."""
    refs = {one.ref for one in deeds if one.ref is not None}
    of_messages = Message.objects.filter(handle__in=refs, ticket__desk=actor.desk).values_list("ticket", flat=True)
    return refs | set(of_messages), {one.ticket for one in deeds if one.ticket is not None}


def _is_in(line: queue.Line, changed: tuple[set[UUID], set[int]]) -> bool:
    handles, numbers = changed
    return line.handle in handles or line.number in numbers


def _arrived(ticket: Ticket, seen: str, news: News, actor: Actor) -> Literal["", "message", "change"]:
    """What is new on the opened ticket since its reader has it before them; what they did themselves is not."""
    last = ticket.messages.order_by("-handle").values_list("handle", flat=True).first()
    newest = last.hex if last else ""
    if newest != seen:
        return "message" if newest > seen else "change"  # handles are in the order of time
    by_others = [one for one in news.deeds if one.actor != str(actor)]
    return "change" if _is_in(queue.line_of(ticket), _changed(by_others, actor)) else ""


def _is_there(asked: Asked, actor: Actor) -> None:
    ticket = _ticket(asked.ticket, actor)
    if ticket is not None:
        presence.seen(ticket, actor, writing=_WRITES[asked.writing])


_WRITES = {"no": "", "answer": "answer", "note": "note"}


def _ticket(number: int, actor: Actor) -> Ticket | None:
    if not number:
        return None
    return gathering.numbered(number, actor=actor)


def _asked(request: HttpRequest) -> Asked:
    numbers = [_number(one) for one in request.GET.get("rows", "").split(".")[:SHOWN]]
    said = {name: request.GET.get(name, "") for name in ("ticket", "seen", "others", "writing")}
    return Asked(
        rows=frozenset(one for one in numbers if one),
        lists="view" in request.GET,
        ticket=_number(said["ticket"]),
        seen=said["seen"],
        others=said["others"],
        writing=said["writing"] if said["writing"] in _WRITES else "",
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
