"""One ticket: its head, its privacy strip, the conversation, who asks, and where to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from balie import recognition, vault
from balie.channels.console.attaching import files_again
from balie.channels.console.beside import BesideShown, beside_of
from balie.channels.console.choices import Choice
from balie.channels.console.company import CompanyShown, company_of
from balie.channels.console.done import done_of
from balie.channels.console.fields import FieldShown, fields_of
from balie.channels.console.held import HoldsShown, holds_of
from balie.channels.console.messages import MessageShown, messages_of
from balie.channels.console.objection import ObjectionShown, objection_of
from balie.channels.console.others import uncovered
from balie.channels.console.pages import PART, Page, Said, page
from balie.channels.console.queue import is_erased, list_of, query_of, service_name, staff_names
from balie.channels.console.reached import ContactShown, contacts_of, told_address
from balie.channels.console.requests import staff_of
from balie.channels.console.strip import StripShown, strip_of
from balie.desk import conversation, gathering, placing, presence, queue, relations, rules, tabs, triage
from balie.desk.models import Ticket
from balie.kernel import Sentence, Stop, Wording
from balie.people import accounts
from balie.people.models import Account
from balie.privacy import objections

_KINDS = {
    "question": gettext_noop("Question"),
    "incident": gettext_noop("Incident"),
    "request": gettext_noop("Request"),
    "feedback": gettext_noop("Feedback"),
}
# The fragments of the page that its script asks for alone.
PARTS = {"ticket": "console/_ticket.html", "list": "console/_list.html", "rows": "console/_rows.html"}
_CAME = {"mail": gettext_noop("{kind} by mail,"), "phone": gettext_noop("{kind} by phone,")}


@dataclass(frozen=True)
class TicketShown:
    """Everything that a ticket's page says; refusals are the sentences of the rules that the verbs ask too."""

    number: int
    url: str
    query: str
    subject: Sequence[str | recognition.Masked]
    erased: bool
    came: str
    opened_at: datetime
    company: list[CompanyShown]
    status: str
    service: Wording | None
    services: list[Choice]
    kinds: list[Choice]
    assignee: str
    colleagues: list[Choice]
    strip: StripShown
    messages: list[MessageShown]
    fields: list[FieldShown]
    drafts: dict[str, str]
    beside: BesideShown
    answer_to: str
    contacts: list[ContactShown]
    seen: str
    files_most: int
    files_refusal: Sentence | None
    answer_refusal: Sentence | None
    note_refusal: Sentence | None
    assign_refusal: Sentence | None
    end_refusal: Sentence | None
    objection: ObjectionShown | None
    holds: HoldsShown | None

    @property
    def has_more(self) -> bool:
        """Whether there are fields that stand folded away: allowed ones, and those under a condition."""
        return any(not field.first and not field.open for field in self.fields)


@require_safe
@page
def ticket(request: HttpRequest, desk: str, number: int) -> Page:
    """A ticket on its own page, or beside the list that it was chosen from (`?view=`)."""
    return page_of(request, number)


@page
def _again(request: HttpRequest, number: int, stop: Stop, **rest: object) -> Page:
    return page_of(request, number, stop)


def again(request: HttpRequest, *, stop: Stop, **asked: object) -> HttpResponse:
    """The same page after a refusal, with the sentence on top and what was typed where it was typed."""
    return _again(request, stop=stop, **asked)


def ticket_of(request: HttpRequest, number: int) -> Ticket:
    """The ticket, if the reader may see it; else it is not there."""
    found = gathering.numbered(number, actor=staff_of(request))
    if found is None:
        raise Http404
    return found


def to_ticket(request: HttpRequest, found: Ticket, place: str = "", *, write: str = "") -> HttpResponse:
    """After an act: the ticket again, beside its list if it stood there, with the box that was written in."""
    url = reverse("ticket", kwargs={"desk": found.desk, "number": found.number})
    return HttpResponseRedirect(url + _query(request, write) + place, status=303)


def page_of(request: HttpRequest, number: int, stop: Stop | None = None) -> Page:
    found = ticket_of(request, number)
    presence.seen(found, staff_of(request))
    follows = relations.looked(found, actor=staff_of(request))
    if "view" not in request.GET and found.merged_into_id is None:
        tabs.open_(found, actor=staff_of(request))
    reading = vault.Reading(staff_of(request), "ticket.looked-at", found.handle)
    triage.opened(found)
    context: dict[str, object] = {
        "ticket": _shown(found, reading, request, stop, follows),
        "writing": _writing(request),
    }
    context["done"] = done_of(request)
    if stop is not None:
        context["stop"] = Said(stop.sentence, files_again(request))
    if "view" not in request.GET:
        return Page("console/ticket.html", context, (reading,), parts=PARTS)
    if request.headers.get(PART) == "ticket":
        return Page("console/queue.html", {**context, "pane": True}, (reading,), parts=PARTS)
    listed, list_reading = list_of(request, current=found.number)
    context = {**listed, **context, "here": "tickets", "pane": True}
    return Page("console/queue.html", context, (list_reading, reading), parts=PARTS)


def _shown(
    found: Ticket, reading: vault.Reading, request: HttpRequest, stop: Stop | None, follows: bool
) -> TicketShown:
    actor, staff, objected = reading.actor, accounts.staff(found.desk), objections.of(found)
    able = rules.may_get(found, staff)
    gathering.gather(found, reading, *(one.name for one in able))
    kept = {one.handle: one for one in vault.describe(found.desk, held_by=[found.handle])}
    row = queue.row_of(found, reading)
    drafts = conversation.drafts_of(found, reading) | _typed(request, stop)
    messages = messages_of(found, reading, kept, uncovered(request))
    reachable = contacts_of(found, reading, request)
    closed = found.status == "closed"
    return TicketShown(
        number=found.number,
        url=reverse("ticket", kwargs={"desk": found.desk, "number": found.number}),
        query=_query(request),
        subject=row.gist,
        erased=is_erased(row),
        came=_(_CAME[found.channel]).format(kind=_(_KINDS[found.kind])),
        opened_at=found.opened_at,
        company=company_of(found, reading),
        status=found.status,
        service=service_name(found.desk, row.ticket),
        services=_services(found),
        kinds=[Choice(value, _(name), value == found.kind) for value, name in _KINDS.items()],
        assignee=row.assignee,
        colleagues=_colleagues(found, reading, able),
        strip=strip_of(found, reading, kept.values(), messages, staff, objected),
        messages=messages,
        fields=fields_of(found, reading, kept, request, stop) if kept else [],
        drafts=drafts,
        beside=beside_of(found, reading, request, stop, drafts, follows=follows),
        answer_to=told_address(reachable),
        contacts=reachable,
        seen=_last(found),
        files_most=settings.BALIE_ANSWER_FILES,
        files_refusal=rules.enclose(found, actor),
        answer_refusal=rules.answer(found, actor),
        note_refusal=rules.note(found, actor),
        assign_refusal=rules.assign(found, actor),
        end_refusal=rules.reopen(found, actor) if closed else rules.close(found, actor),
        objection=objection_of(found, objected, actor, request, anything_kept=bool(kept)),
        holds=holds_of(found, actor, [*kept.values()]),
    )


def _query(request: HttpRequest, write: str = "") -> str:
    came = query_of(request)
    return f"{came}{'&' if came else '?'}write={write}" if write.isalpha() else came


def _services(found: Ticket) -> list[Choice]:
    """The services under whose rules the data of the ticket may stand."""
    return [Choice(one.id, one.name, one.id == found.service) for one in placing.services(found)]


def _colleagues(found: Ticket, reading: vault.Reading, able: Sequence[Account]) -> list[Choice]:
    names = staff_names((account.name for account in able), reading)
    now = found.assignee.handle if found.assignee else None
    chosen = [Choice(one.handle.hex, names.get(one.name, "?"), one.handle == now) for one in able]
    return [*chosen, Choice("nobody", _("nobody, back to the team"), now is None)]


def _typed(request: HttpRequest, stop: Stop | None) -> dict[str, str]:
    """What was being written when a verb refused: it stands where it was written."""
    if stop is None or "text" not in request.POST:
        return {}
    return {_writing(request): request.POST["text"]}


def _writing(request: HttpRequest) -> str:
    kind = request.POST.get("kind") or request.GET.get("write", "")
    return "note" if kind == "note" else "answer"


def _last(found: Ticket) -> str:
    """The message that stands last on the page: an answer says which one its writer had seen."""
    return max((one.handle.hex for one in gathering.messages(found)), default="")
