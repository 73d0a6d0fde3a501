"""What changed since the page was made: the lines that did, the counts, who else is at the ticket. Nothing, where nothing did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from balie import evidence, vault
from balie.channels.console.company import CompanyShown, company_of
from balie.channels.console.pages import Page, page, reading_of, view_shown, views_shown
from balie.channels.console.queue import RowShown, query_of, rows_of
from balie.channels.console.requests import staff_of
from balie.desk import phone, presence, queue
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
    """What the page has before its reader. lists: whether its lines are those of a view. seen: the last message on the ticket."""

    rows: tuple[int, ...]
    lists: bool
    ticket: Ticket | None
    seen: str
    others: str


@require_safe
def live(request: HttpRequest, desk: str) -> HttpResponse:
    """What is news to a page that was made when the evidence stood at `since`; 204 where there is none.

    In the address stand codes and numbers alone: the view, the numbers of the lines, of the ticket, and what its reader writes
    (`writing`: `answer`, `note` or `no`), which colleagues are told for a minute.
    """
    asked, actor = _asked(request), staff_of(request)
    news = evidence.since(desk, _number(request.GET.get("since", "")), passing=QUIET)
    others = _others(asked.ticket, request, actor)
    told = _code(others)
    if not news.deeds and not news.much and told == asked.others:
        answer = HttpResponse(status=204)
    else:
        answer = _news(request, asked=asked, news=news, told=told)
    answer.headers[PLACE] = str(news.place)
    return answer


@page
def _news(request: HttpRequest, *, asked: Asked, news: News, told: str) -> Page:
    reading = vault.Reading(staff_of(request), "list.looked-at")
    rows, order = _rows(request, asked, news, reading)
    actor = staff_of(request)
    context = {
        "rows": rows,
        "order": order,
        "together": actor.has("agent"),
        "views": views_shown(request),
        "waiting_calls": len(phone.waiting(actor)) if actor.has("agent") else 0,
        "ticket": AtTicket(asked.ticket.number, company_of(asked.ticket, reading_of(request)))
        if asked.ticket
        else None,
        "told": told,
        "arrived": _arrived(asked, news, actor),
    }
    return Page("console/live.html", context, (reading,), parts={"live": "console/live.html"})


def _rows(
    request: HttpRequest, asked: Asked, news: News, reading: vault.Reading
) -> tuple[list[RowShown], list[int] | None]:
    """The lines that changed or came, and the numbers of all that stand there now, in order; None where no view is shown."""
    if not asked.rows and not asked.lists:
        return [], None
    changed, shown, order = _changed(news.deeds, reading.actor), set(asked.rows), None
    lines: list[queue.Line] = []
    view = view_shown(request, request.GET.get("view", ""))
    if asked.lists:
        lines = queue.stretch(view.known.asked, actor=reading.actor, place=request.GET.get("at", "")).lines
        order = [line.number for line in lines]
    here = {line.number for line in lines}
    told = [line for line in lines if news.much or line.number not in shown or _is_in(line, changed)]
    told += [line for line in _left(shown - here, reading.actor) if news.much or _is_in(line, changed)]
    current = asked.ticket.number if asked.ticket else None
    return rows_of(told, reading, view=view, query=query_of(request), current=current), order


def _left(numbers: set[int], actor: Actor) -> list[queue.Line]:
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


def _arrived(asked: Asked, news: News, actor: Actor) -> Literal["", "message", "change"]:
    """What is new on the opened ticket since its reader has it before them; what they did themselves is not."""
    if asked.ticket is None:
        return ""
    last = asked.ticket.messages.order_by("-handle").values_list("handle", flat=True).first()
    newest = last.hex if last else ""
    if newest != asked.seen:
        return "message" if newest > asked.seen else "change"  # handles are in the order of time
    by_others = [one for one in news.deeds if one.actor != str(actor)]
    return "change" if _is_in(queue.line_of(asked.ticket), _changed(by_others, actor)) else ""


def _others(ticket: Ticket | None, request: HttpRequest, actor: Actor) -> list[presence.Other]:
    """Who else is at the ticket; that its reader is there too is said when the page says so."""
    if ticket is None:
        return []
    writing = request.GET.get("writing", "")
    if writing in _WRITES:
        presence.seen(ticket, actor, writing=_WRITES[writing])
    return presence.others(ticket, actor)


_WRITES = {"no": "", "answer": "answer", "note": "note"}


def _code(others: Sequence[presence.Other]) -> str:
    """Who is there as one word, by which a page tells what it shows already."""
    return ".".join(f"{one.account.handle.hex[-8:]}{one.writing[:1]}" for one in others)


def _asked(request: HttpRequest) -> Asked:
    numbers = [_number(one) for one in request.GET.get("rows", "").split(".")[:SHOWN]]
    number, ticket = _number(request.GET.get("ticket", "")), None
    if number:
        found = Ticket.objects.visible_to(staff_of(request)).filter(number=number)
        ticket = found.select_related("assignee").first()
    seen, others = request.GET.get("seen", ""), request.GET.get("others", "")
    return Asked(tuple(one for one in numbers if one), "view" in request.GET, ticket, seen, others)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
