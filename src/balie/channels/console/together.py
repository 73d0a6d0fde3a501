"""The same for several tickets of the list at once: the first step says which, a second one what, where there is something to say."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balie import register, vault
from balie.channels.console import naming
from balie.channels.console.choices import Choice
from balie.channels.console.pages import Page, Said, acts, page
from balie.channels.console.queue import PARTS, list_of, query_of
from balie.channels.console.requests import staff_of
from balie.channels.tags import said
from balie.desk import bulk
from balie.desk.models import Ticket
from balie.kernel import Actor, Invalid, Stop, sentence
from balie.people import accounts
from balie.people.models import Account


@page
def _list_again(request: HttpRequest, stop: Stop) -> Page:
    listed, reading = list_of(request)
    context = {**listed, "here": "tickets", "ticket": None, "stop": Said(stop.sentence), "chosen": _numbers(request)}
    return Page("console/queue.html", context, (reading,), parts=PARTS)


def again(request: HttpRequest, *, stop: Stop, **asked: object) -> HttpResponse:
    """The list after a refusal, with the sentence on top and what was chosen."""
    return _list_again(request, stop=stop)


@require_POST
@acts(again=again)
def assignment(request: HttpRequest, desk: str) -> HttpResponse:
    """Give the chosen tickets to somebody; asked for without a name, it asks which."""
    chosen, to = _chosen(request), request.POST.get("to", "")
    if not to:
        return _who(request, chosen=chosen)
    actor = staff_of(request)
    return _to_list(request, bulk.assign(chosen, to=_colleague(to, actor), actor=actor))


@require_POST
@acts(again=again)
def sorting(request: HttpRequest, desk: str) -> HttpResponse:
    """Say which service the chosen tickets are about and of what kind; asked for without, it asks."""
    chosen, actor = _chosen(request), staff_of(request)
    service, kind = request.POST.get("service"), request.POST.get("kind")
    if service is None or kind is None:
        return _what(request, chosen=chosen)
    return _to_list(request, bulk.sort(chosen, service=service, kind=kind, actor=actor))


@require_POST
@acts(again=again)
def closure(request: HttpRequest, desk: str) -> HttpResponse:
    """Close the chosen tickets."""
    return _to_list(request, bulk.close(_chosen(request), actor=staff_of(request)))


@require_POST
@acts(again=again)
def reopening(request: HttpRequest, desk: str) -> HttpResponse:
    """Open the chosen tickets again."""
    return _to_list(request, bulk.reopen(_chosen(request), actor=staff_of(request)))


@require_POST
@acts(again=again)
def undoing(request: HttpRequest, desk: str, handle: UUID) -> HttpResponse:
    """Take back what was done to several tickets a moment ago."""
    outcome = bulk.undo(handle, actor=staff_of(request))
    done = len(outcome.done)
    return _back(request, did=f"put-back.{done}.{done + len(outcome.left)}")


@page
def _who(request: HttpRequest, *, chosen: list[Ticket]) -> Page:
    """Which colleague takes these; nobody is chosen for anyone."""
    actor = staff_of(request)
    reading = vault.Reading(actor, "page.looked-at")
    staff = [one for one in accounts.staff(actor.desk) if "agent" in one.role_set]
    names = accounts.names((one.handle for one in staff), reading)
    choices = [Choice(one.handle.hex, names.get(one.handle, "?")) for one in staff]
    choices.append(Choice("nobody", _("nobody, back to the team")))
    return Page("console/together_who.html", _step(request, chosen, colleagues=choices), (reading,))


@page
def _what(request: HttpRequest, *, chosen: list[Ticket]) -> Page:
    """Which service and which kind these have."""
    version = register.in_force(staff_of(request).desk)
    services = [Choice(one.id, said(one.name)) for one in version.services.values()]
    kinds = [Choice(value, _(word)) for value, word in naming.KIND.items()]
    return Page("console/together_what.html", _step(request, chosen, services=services, kinds=kinds))


def _step(request: HttpRequest, chosen: list[Ticket], **more: object) -> dict[str, object]:
    numbers = [one.number for one in chosen]
    return {"here": "tickets", "numbers": numbers, "query": query_of(request), **more}


def _chosen(request: HttpRequest) -> list[Ticket]:
    """The tickets that were ticked, of those that the reader may see."""
    numbers = _numbers(request)
    found = Ticket.objects.visible_to(staff_of(request)).filter(number__in=numbers[: bulk.MOST + 1])
    chosen = list(found.select_related("assignee"))
    if not chosen:
        raise Invalid(sentence("No ticket is chosen: tick some first."))
    return chosen


def _numbers(request: HttpRequest) -> list[int]:
    given = request.POST.getlist("ticket")
    return list(dict.fromkeys(int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 10))


def _colleague(to: str, actor: Actor) -> Account | None:
    if to == "nobody":
        return None
    if to == "me":
        return accounts.account_of(actor)
    found = next((one for one in accounts.staff(actor.desk) if one.handle.hex == to), None)
    if found is None:
        raise Invalid(sentence("Choose a colleague of this desk."))
    return found


def _to_list(request: HttpRequest, outcome: bulk.Outcome) -> HttpResponse:
    return _back(request, done=outcome.undo.hex if outcome.undo else "")


def _back(request: HttpRequest, **said_: str) -> HttpResponse:
    """The list again, on the page where it was, with what was done."""
    place, query = reverse("tickets", kwargs={"desk": staff_of(request).desk}), query_of(request)
    return HttpResponseRedirect(f"{place}{query}{'&' if query else '?'}{urlencode(said_)}", status=303)
