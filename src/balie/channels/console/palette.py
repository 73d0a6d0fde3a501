"""The palette: what can be done on the page at hand, and where one can go, found by a few letters. Kept nowhere, like any search."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import recognition, vault
from balie.channels.access import takes_calls
from balie.channels.console import shortcuts
from balie.channels.console.pages import Page, views_named
from balie.channels.console.queue import RowShown, rows_of
from balie.channels.console.requests import account_of, staff_of
from balie.channels.tags import STATES
from balie.desk import looking, rules, writers
from balie.desk.models import Ticket
from balie.kernel import Actor, Invalid, Sentence
from balie.register import in_force

PART = "palette"
TICKETS = 8

Rule = Callable[[Ticket, Actor], Sentence | None]

# What can be done with the opened ticket: the key's name, words, drawing, and the rule that is asked.
_ACTS: tuple[tuple[str, str, str, Rule], ...] = (
    ("answer", gettext_noop("Write an answer"), "send", rules.answer),
    ("note", gettext_noop("Write an internal note"), "lock", rules.note),
    ("assign", gettext_noop("Assign"), "user", rules.assign),
    ("end", gettext_noop("Close the ticket"), "done", rules.close),
    ("end", gettext_noop("Reopen the ticket"), "refresh", rules.reopen),
    ("privacy", gettext_noop("Open the privacy strip"), "scale", rules.look),
)


@dataclass(frozen=True)
class Option:
    """One line. It goes to `url`, or does what the key `does` would, or looks for `words` in full."""

    icon: str
    says: str | Sequence[str | recognition.Masked]
    where: str = ""
    keys: str = ""
    url: str = ""
    does: str = ""
    words: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    options: list[Option]


def page_of(request: HttpRequest) -> Page:
    """What fits the words that were typed; without any, what can be done here and where one can go."""
    words, refusal = request.POST.get("words", "").strip(), None
    reading = vault.Reading(staff_of(request), "list.looked-at")
    on_ticket, around = _on_ticket(request), [_views(request), _places(request)]
    if not words:
        shown = [on_ticket, *around]
    else:
        found, refusal = _found(words, reading)
        shown = [_fitting(on_ticket, words), *found, *(_fitting(one, words) for one in around)]
    groups = [one for one in shown if one.options]
    count = sum(len(one.options) for one in groups)
    context = {"groups": groups, "refusal": refusal, "found": count, "caps": shortcuts.caps}
    return Page("console/palette.html", context, (reading,), parts={PART: "console/palette.html"})


def _fitting(group: Group, words: str) -> Group:
    """Those in which each of the words stands."""
    typed = words.casefold().split()
    return Group(group.title, [one for one in group.options if all(word in f"{one.says}".casefold() for word in typed)])


def _found(words: str, reading: vault.Reading) -> tuple[list[Group], Sentence | None]:
    try:
        lines, refusal = looking.search(words, actor=reading.actor)[:TICKETS], None
    except Invalid as stop:
        lines, refusal = [], stop.sentence
    tickets = [_ticket(row) for row in rows_of(lines, reading)]
    people = [
        Option("user", one.value, where=_("last on %(number)s") % {"number": one.ticket}, words=one.value)
        for one in writers.beginning(words, reading=reading)
    ]
    all_ = Option("search", _("All that is found for these words"), words=words)
    return [Group(_("Tickets"), [*tickets, all_]), Group(_("People"), people)], refusal


def _ticket(row: RowShown) -> Option:
    gist = row.subject or [_("Erased") if row.erased else _("No subject")]
    return Option(STATES[row.status][1], [f"{row.number} ", *gist], where=row.who, url=row.url)


def _on_ticket(request: HttpRequest) -> Group:
    """What the rules allow on the ticket that is open on the page."""
    actor, number = staff_of(request), request.POST.get("ticket", "")
    digits = number if number.isascii() and number.isdecimal() and len(number) < 10 else "0"
    ticket = Ticket.objects.visible_to(actor).filter(number=int(digits)).first()
    if ticket is None:
        return Group("", [])
    keys = _keys(request)
    allowed = [act for act in _ACTS if act[3](ticket, actor) is None]
    options = [Option(icon, _(says), keys=keys.shown(code), does=code) for code, says, icon, _rule in allowed]
    return Group(_("On ticket %(number)s") % {"number": ticket.number}, options)


def _views(request: HttpRequest) -> Group:
    place, keys = reverse("tickets", kwargs={"desk": staff_of(request).desk}), _keys(request)
    options = [
        Option(view.icon, view.name, keys=keys.shown(f"go-{view.slug}"), url=f"{place}?view={view.slug}")
        for view in views_named(request)
    ]
    return Group(_("Views"), options)


def _places(request: HttpRequest) -> Group:
    """Where else one can go."""
    actor, keys = staff_of(request), _keys(request)

    def to(route: str, says: str, icon: str, code: str = "") -> Option:
        return Option(icon, says, keys=keys.shown(code), url=reverse(route, kwargs={"desk": actor.desk}))

    options = [to("search", _("Search tickets"), "search")]
    if actor.has("agent") and takes_calls(in_force(actor.desk)):
        options.append(to("calls", _("Register a call"), "phone", "go-calls"))
    options.append(to("desk-register", _("Register"), "book-2", "go-register"))
    if actor.has("administrator"):
        options.append(to("mail", _("Mail"), "mailbox"))
    options.append(to("notice", _("Public notice"), "file-text"))
    options.append(to("settings", _("Your settings"), "user", "go-settings"))
    options.append(Option("keyboard", _("Keyboard shortcuts"), keys=keys.shown("sheet"), does="sheet"))
    options.append(Option("logout", _("Sign out"), does="sign-out"))
    return Group(_("Go to"), options)


def _keys(request: HttpRequest) -> shortcuts.Chosen:
    return shortcuts.of(account_of(request).preferences)
