"""The list of tickets that an agent works from, with one of them opened beside it when one was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balie import recognition, register, vault
from balie.channels.console.pages import Page, ViewShown, page, views_shown
from balie.channels.console.requests import staff_of
from balie.desk import queue
from balie.desk.models import Status, Ticket
from balie.kernel import Actor, Wording

PAGE = 50
DEFAULT_VIEW = "open"


@dataclass(frozen=True)
class RowShown:
    """One line of a list."""

    number: int
    url: str
    subject: Sequence[str | recognition.Masked]
    erased: bool
    status: str
    service: Wording | None
    who: str
    assignee: str
    mine: bool
    current: bool
    at: datetime


@require_safe
@page
def tickets(request: HttpRequest, desk: str) -> Page:
    """One view of the queue; nothing of it is opened yet."""
    listed, reading = list_of(request)
    return Page("console/queue.html", {**listed, "here": "tickets", "ticket": None}, (reading,))


def list_of(request: HttpRequest, current: Ticket | None = None) -> tuple[dict[str, object], vault.Reading]:
    """What a list shows, and the reading through which its lines were opened."""
    actor = staff_of(request)
    view = view_of(request)
    shown = Paginator(queue.tickets(actor, view.slug), PAGE).get_page(request.GET.get("page"))
    reading = vault.Reading(actor, "list.looked-at")
    rows = rows_of(list(shown.object_list), reading, view=view.slug, current=current)
    order = _("Closed last on top") if view.slug == "closed" else _("Longest without contact on top")
    return {"view": view, "current_view": view.slug, "rows": rows, "page": shown, "order": order}, reading


def rows_of(
    listed: Sequence[Ticket], reading: vault.Reading, *, view: str = "", current: Ticket | None = None
) -> list[RowShown]:
    """The lines for these tickets, opened through one reading."""
    names = staff_names((ticket.assignee.name for ticket in listed if ticket.assignee), reading)
    return [_row(row, reading.actor, names, view, current) for row in queue.rows(list(listed), reading)]


def staff_names(handles: Iterable[UUID], reading: vault.Reading) -> dict[UUID, str]:
    """The names of colleagues, by the handle of the name."""
    return {handle: name for handle, name in reading.open(set(handles)).items() if isinstance(name, str)}


def view_of(request: HttpRequest) -> ViewShown:
    """The view that was asked for; all open ones when none was, or one that does not exist."""
    shown = {view.slug: view for view in views_shown(request)}
    return shown.get(request.GET.get("view", ""), shown[DEFAULT_VIEW])


def is_erased(row: queue.Row) -> bool:
    """Whether what a ticket was about is gone, rather than never said."""
    return not row.gist and (row.ticket.subject is not None or row.ticket.status == Status.CLOSED)


def service_name(ticket: Ticket) -> Wording | None:
    service = register.version(ticket.desk, ticket.version).services.get(ticket.service)
    return service.name if service else None


def _row(row: queue.Row, actor: Actor, names: dict[UUID, str], view: str, current: Ticket | None) -> RowShown:
    ticket = row.ticket
    url = reverse("ticket", kwargs={"desk": ticket.desk, "number": ticket.number})
    return RowShown(
        number=ticket.number,
        url=f"{url}?view={view}" if view else url,
        subject=row.gist,
        erased=is_erased(row),
        status=ticket.status,
        service=service_name(ticket),
        who=row.who,
        assignee=names.get(ticket.assignee.name, "?") if ticket.assignee else "",
        mine=ticket.assignee is not None and ticket.assignee.handle.hex == actor.handle,
        current=current is not None and current.pk == ticket.pk,
        at=ticket.closed_at or ticket.last_contact_at,
    )
