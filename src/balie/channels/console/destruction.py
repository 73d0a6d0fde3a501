"""The privacy officer looks at what is to be destroyed, takes single ones out, approves the rest; declarations of what went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from balie import register, vault
from balie.channels import clock, telling
from balie.channels.console import declared
from balie.channels.console.held import REASONS
from balie.channels.console.pages import Page, Said, acts, page, reading_of
from balie.channels.console.proposing import day_of
from balie.channels.console.requests import staff_of
from balie.desk import holders
from balie.kernel import Invalid, Stop, Wording, sentence
from balie.people import accounts
from balie.privacy import declarations, destroying, holding
from balie.privacy.declarations import Declaration
from balie.privacy.models import Destruction

SOME = 100  # single records that are shown at once


@dataclass(frozen=True)
class HeapShown:
    """So many records that are alike. query: where they are shown one by one; open: they are."""

    activity: Wording
    item: Wording
    term: str
    year: int
    count: int
    due: datetime
    query: str
    open: bool


@dataclass(frozen=True)
class SingleShown:
    """One record: its handle, the ticket that holds it if the reader may see that, when it was collected."""

    handle: str
    ticket: int | None
    collected_at: datetime


@dataclass(frozen=True)
class WaitingShown:
    """So many under one term. by: until when approval was due; late: that has passed."""

    term: str
    count: int
    by: date
    late: bool


@dataclass(frozen=True)
class ListShown:
    """The list that waits: its heaps, those of one of them singly, and what its approval must say that it looked at."""

    seen: str
    begun_at: datetime
    waiting: list[WaitingShown]
    heaps: list[HeapShown]
    singles: list[SingleShown]
    after: str
    count: int
    reasons: list[tuple[str, str]]


@dataclass(frozen=True)
class DeclarationLink:
    """A declaration in the list of them. running: it was approved and is being carried out."""

    which: str
    name: str
    count: int | None
    running: bool


@page
def _shown(request: HttpRequest, stop: Stop | None = None) -> Page:
    context: dict[str, object] = {"here": "register", "list": _list(request), "declarations": _links(request)}
    if stop is not None:
        context["stop"] = Said(stop.sentence)
    return Page("console/destruction.html", context)


def again(request: HttpRequest, *, stop: Stop, **asked: object) -> HttpResponse:
    """The page with the sentence on top."""
    return _shown(request, stop=stop)


@require_safe
def to_destroy(request: HttpRequest, desk: str) -> HttpResponse:
    """What waits for approval, and what was approved."""
    return _shown(request)


@require_POST
@acts(again=again)
def approval(request: HttpRequest, desk: str) -> HttpResponse:
    """Approve the list as it was looked at."""
    made = _open(desk)
    destroying.approve(made, seen=request.POST.get("seen", ""), actor=staff_of(request))
    return HttpResponseRedirect(reverse("declaration", kwargs={"desk": desk, "which": made.handle.hex}), status=303)


@require_POST
@acts(again=again)
def exceptions(request: HttpRequest, desk: str) -> HttpResponse:
    """Take single ones out, for a reason and until a day."""
    asked = request.POST
    handles = [_handle(one) for one in asked.getlist("record")]
    until = day_of(asked.get("until", ""))
    reason = asked.get("reason", "")
    destroying.take_out(_open(desk), handles, reason=reason, until=until, actor=staff_of(request))
    return HttpResponseRedirect(reverse("destruction", kwargs={"desk": desk}), status=303)


@require_safe
@page
def declarations_page(request: HttpRequest, desk: str) -> Page:
    """Every declaration that the desk can make."""
    return Page("console/declarations.html", {"here": "register", "declarations": _links(request)})


@require_safe
@page
def declaration(request: HttpRequest, desk: str, which: str) -> Page:
    """One declaration: of an approved list, or of what the sweep took in a month."""
    made = _made(desk, which)
    by = UUID(made.by.partition(":")[2]) if made.by else None
    names = accounts.names([by], reading_of(request)) if by else {}
    told = declared.shown(made, by=names.get(by, "") if by else "")
    return Page("console/declaration.html", {"here": "register", "declaration": told})


@require_safe
def declaration_file(request: HttpRequest, desk: str, which: str, kind: str) -> HttpResponse:
    """The same as a file."""
    if kind not in declared.FORMATS:
        raise Http404
    made = _made(desk, which)
    response = HttpResponse(declared.document(made, kind), content_type=declared.FORMATS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="destruction-{desk}-{which}.{kind}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def waiting(version: register.Version) -> list[WaitingShown]:
    """What waits for approval at a desk, for the register's page."""
    found = destroying.waiting(version.desk, timezone.now())
    return [WaitingShown(telling.term(version, one.term), one.count, one.by, one.late) for one in found]


def _open(desk: str) -> Destruction:
    found = destroying.open_at(desk)
    if found is None:
        raise Http404
    return found


def _handle(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Invalid(sentence("Choose what is to stay; it must stand on the list.")) from None


def _list(request: HttpRequest) -> ListShown | None:
    desk = staff_of(request).desk
    made = destroying.open_at(desk)
    heaps = vault.heaps(desk, made.handle, due_by=made.due_by) if made else []
    if made is None or not heaps:
        return None
    singles, after = _singles(request, made)
    return ListShown(
        seen=destroying.seen(made),
        begun_at=made.begun_at,
        waiting=waiting(register.in_force(desk)),
        heaps=[_heap(desk, one, request.GET) for one in heaps],
        singles=singles,
        after=after,
        count=sum(one.count for one in heaps),
        reasons=[(code, _(REASONS[code])) for code in holding.REASONS],
    )


def _heap(desk: str, one: vault.Heap, asked: Mapping[str, str]) -> HeapShown:
    version = register.version(desk, one.term_version)
    here = {"activity": one.activity, "item": one.item, "year": str(one.year)}
    return HeapShown(
        activity=telling.activity_name(version, one.activity),
        item=version.label(one.item),
        term=telling.term(version, one.term),
        year=one.year,
        count=one.count,
        due=one.due,
        query="&".join(f"{key}={value}" for key, value in here.items()),
        open=all(asked.get(key) == value for key, value in here.items()),
    )


def _singles(request: HttpRequest, made: Destruction) -> tuple[list[SingleShown], str]:
    """Some of the heap that is asked for, and after which handle there are more; none where none is asked for."""
    asked = request.GET
    if not asked.get("item") or not asked.get("year", "").isdigit():
        return [], ""
    found = vault.in_heap(
        made.desk,
        made.handle,
        due_by=made.due_by,
        activity=asked.get("activity", ""),
        item=asked["item"],
        year=min(int(asked["year"]), 9999),
        after=_handle(asked["after"]) if asked.get("after") else None,
        limit=SOME + 1,
    )
    numbers = holders.numbers({one.held_by for one in found}, actor=staff_of(request))
    shown = [SingleShown(one.handle.hex, numbers.get(one.held_by), one.collected_at) for one in found[:SOME]]
    return shown, shown[-1].handle if len(found) > SOME else ""


def _links(request: HttpRequest) -> list[DeclarationLink]:
    desk = staff_of(request).desk
    lists = [_link(one) for one in destroying.approved_at(desk)]
    months = [
        DeclarationLink(
            f"{one:%Y-%m}", _("What the sweep took in %(month)s") % {"month": clock.month_of(one)}, None, False
        )
        for one in declarations.months(desk)
    ]
    return [*lists, *months]


def _link(made: Destruction) -> DeclarationLink:
    assert made.approved_at is not None
    name = _("The list approved on %(day)s") % {"day": clock.long_day(made.approved_at)}
    return DeclarationLink(made.handle.hex, name, declarations.of_list(made).count, made.carried_out_at is None)


def _made(desk: str, which: str) -> Declaration:
    try:
        if len(which) == len("2026-11"):
            return declarations.of_month(desk, date.fromisoformat(f"{which}-01"))
        return declarations.of_list(Destruction.objects.get(desk=desk, handle=UUID(which), approved_at__isnull=False))
    except (ValueError, OverflowError, Destruction.DoesNotExist):
        raise Http404 from None
