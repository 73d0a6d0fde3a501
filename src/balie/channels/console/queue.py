"""The list of tickets that an agent works from, with one of them opened beside it when one was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balie import recognition, register, vault
from balie.channels.console import naming
from balie.channels.console.done import done_of
from balie.channels.console.pages import Page, ViewShown, page, view_shown
from balie.channels.console.requests import staff_of
from balie.desk import conditions, contacts, queue, relations, views
from balie.desk.models import Status
from balie.kernel import Actor, Wording

# The fragments of the page that its script asks for alone.
PARTS = {"list": "console/_list.html", "rows": "console/_rows.html"}


@dataclass(frozen=True)
class RowShown:
    """One line of a list. news: the reader follows it, and somebody wrote there since. kind, channel and team are words; empty where
    the view does not show them."""

    number: int
    url: str
    subject: Sequence[str | recognition.Masked]
    erased: bool
    status: str
    unread: bool
    news: bool
    service: Wording | None
    who: str
    assignee: str
    mine: bool
    current: bool
    at: datetime
    kind: str = ""
    channel: str = ""
    team: Wording | None = None


@require_safe
@page
def tickets(request: HttpRequest, desk: str) -> Page:
    """One view of the queue; nothing of it is opened yet."""
    listed, reading = list_of(request)
    return Page("console/queue.html", {**listed, "here": "tickets", "ticket": None}, (reading,), parts=PARTS)


def list_of(request: HttpRequest, current: int | None = None) -> tuple[dict[str, object], vault.Reading]:
    """What a list shows, and the reading through which its lines were opened. current: the number of the opened ticket."""
    actor = staff_of(request)
    view = view_shown(request, request.GET.get("view", ""))
    asked = view.known.asked
    shown = queue.stretch(asked, actor=actor, place=request.GET.get("at", ""))
    reading = vault.Reading(actor, "list.looked-at")
    query = query_of(request) or f"?view={view.slug}"
    rows = rows_of(shown.lines, reading, view=view, query=query, current=current)
    return {
        "view": view,
        "current_view": view.slug,
        "rows": rows,
        "page": shown,
        "query": query,
        "order": _(naming.SORT[conditions.sort_of(asked)]),
        "beside": current is not None,
        "together": actor.has("agent"),
        "done": done_of(request),
    }, reading


def rows_of(
    listed: Sequence[queue.Line],
    reading: vault.Reading,
    *,
    view: ViewShown | None = None,
    query: str = "",
    current: int | None = None,
) -> list[RowShown]:
    """The lines for these tickets, opened through one reading."""
    columns = view.known.columns if view else views.USUAL
    news = relations.news(reading.actor, [line.handle for line in listed])
    place = reverse("tickets", kwargs={"desk": reading.actor.desk})
    return [
        _row(row, reading.actor, columns, f"{place}/{row.ticket.number}{query}", current, row.ticket.handle in news)
        for row in queue.rows(listed, reading)
    ]


def staff_names(handles: Iterable[UUID], reading: vault.Reading) -> dict[UUID, str]:
    """The names of colleagues, by the handle of the name."""
    return {handle: name for handle, name in reading.open(set(handles)).items() if isinstance(name, str)}


def query_of(request: HttpRequest) -> str:
    """Which list one came from, as the end of an address: its view and its page. Codes only; anything else is left out."""
    wanted = {name: request.GET.get(name, "") for name in ("view", "at")}
    said = urlencode({name: value for name, value in wanted.items() if value and _is_code(value)})
    return f"?{said}" if said else ""


def is_erased(row: queue.Row) -> bool:
    """Whether what a ticket was about is gone, rather than never said."""
    return not row.gist and (row.ticket.subject is not None or row.ticket.status == Status.CLOSED)


def service_name(desk: str, line: queue.Line) -> Wording | None:
    service = register.version(desk, line.version).services.get(line.service)
    return service.name if service else None


def _is_code(value: str) -> bool:
    return value.isascii() and value.replace(".", "").replace("-", "").isalnum() and len(value) < 60


def _row(row: queue.Row, actor: Actor, columns: Sequence[str], url: str, current: int | None, news: bool) -> RowShown:
    line, has = row.ticket, set(columns)
    version = register.version(actor.desk, line.version)
    team = version.teams.get(line.team) if "team" in has else None
    return RowShown(
        number=line.number,
        url=url,
        subject=row.gist,
        erased=is_erased(row),
        status=line.status,
        unread=line.unread,
        news=news,
        service=service_name(actor.desk, line) if "service" in has else None,
        who=contacts.name_or_covered(row.who) if "who" in has else "",
        assignee=(row.assignee or "?") if line.assignee and "assignee" in has else "",
        mine=line.assignee is not None and line.assignee.hex == actor.handle,
        current=current == line.number,
        at=line.closed_at or line.last_contact_at,
        kind=_(naming.KIND[line.kind]) if "kind" in has else "",
        channel=_(naming.CHANNEL[line.channel]) if "channel" in has else "",
        team=team.name if team else None,
    )
