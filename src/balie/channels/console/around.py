"""What stands around every page of the console: the open tickets, what was just sent and can be taken back, how one likes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from balie import recognition, vault
from balie.channels.console.beside import addressee
from balie.channels.console.requests import account_of, staff_of
from balie.desk import contacts, conversation, relations, tabs, taking_back
from balie.desk.models import Ticket
from balie.kernel import Actor
from balie.people import preferences


@dataclass(frozen=True)
class Me:
    """Who reads."""

    name: str
    administers: bool


@dataclass(frozen=True)
class TabShown:
    """An open ticket. news: somebody else said something there since, and the reader follows it."""

    number: int
    url: str
    status: str
    gist: Sequence[str | recognition.Masked]
    current: bool
    news: bool


@dataclass(frozen=True)
class SentShown:
    """An answer that can still be taken back, told on whatever page comes next. to: a name, or an address that is covered.
    seconds: how long it can for certain."""

    number: int
    url: str
    to: str
    seconds: int


def around(request: HttpRequest, reading: vault.Reading) -> dict[str, object]:
    """What the frame of a page shows, opened through its reading."""
    account, opened = account_of(request), tabs.open_of(staff_of(request))
    reading.open([account.name, *(one.subject for one in opened)])  # at once, who reads as well
    return {
        "look": preferences.of(account),
        "me": Me(reading.text(account.name), staff_of(request).has("administrator")),
        "tabs": _tabs(opened, request, reading),
        "stay": _stay(request),
        "just_sent": [_sent(one, reading) for one in taking_back.just_sent(staff_of(request))],
    }


def whole_page(request: HttpRequest) -> int | None:
    """The number of the ticket that has this page to itself; None beside a list, and on any other page."""
    match = request.resolver_match
    number = (
        match.kwargs.get("number") if match and match.route.startswith("<slug:desk>/tickets/<int:number>") else None
    )
    return number if isinstance(number, int) and "view" not in request.GET else None


def _stay(request: HttpRequest) -> str:
    """Where to go on after putting a tab away: this page, if it can be asked for again."""
    return request.get_full_path() if request.method == "GET" else ""


def _tabs(tickets: list[Ticket], request: HttpRequest, reading: vault.Reading) -> list[TabShown]:
    """In the order in which they were opened."""
    if not tickets:
        return []
    news, here = relations.news(reading.actor, [one.pk for one in tickets]), whole_page(request)
    return [_tab(one, here, one.ticket.pk in news) for one in tabs.shown(tickets, reading)]


def news_in_tabs(actor: Actor) -> list[int]:
    """The numbers of the open tickets that have news for the actor."""
    tickets = tabs.open_of(actor)
    news = relations.news(actor, [one.pk for one in tickets]) if tickets else set()
    return [one.number for one in tickets if one.pk in news]


def _tab(shown: tabs.Shown, here: int | None, news: bool) -> TabShown:
    ticket = shown.ticket
    url = reverse("ticket", kwargs={"desk": ticket.desk, "number": ticket.number})
    return TabShown(ticket.number, url, ticket.status, shown.gist, ticket.number == here, news)


def _sent(waiting: taking_back.Waiting, reading: vault.Reading) -> SentShown:
    ticket = waiting.message.ticket
    url = reverse("retraction", kwargs={"desk": ticket.desk, "number": ticket.number, "handle": waiting.message.handle})
    seconds = max(0, int((waiting.goes_at - timezone.now()).total_seconds()))
    return SentShown(ticket.number, url, addressee(ticket, reading) or _address(ticket, reading), seconds)


def _address(ticket: Ticket, reading: vault.Reading) -> str:
    address = conversation.answer_address(ticket, reading)
    return contacts.covered(address) if address else ""
