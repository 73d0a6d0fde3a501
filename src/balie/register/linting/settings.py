"""Where the settings of a desk go beyond its register: they can only narrow (mission, Beyond 2)."""

from collections.abc import Mapping
from typing import Any

from balie.kernel import sentence
from balie.register.canonical import as_list
from balie.register.linting.book import Book, Line, Noticed


def widens(book: Book) -> Noticed:
    """Every place at which the settings point at nothing in the register, or allow what it does not."""
    if not book.settings:
        return
    if book.settings["desk"] != book.data["desk"]:
        say = sentence(
            "these are the settings of «{one}», the register is of «{other}»",
            one=book.settings["desk"],
            other=book.data["desk"],
        )
        yield ("desk",), say
    for look in (_services, _teams, _intake, _doors, _contacts, _approvals):
        yield from look(book)


def _services(book: Book) -> Noticed:
    for name, service in book.settings["services"].items():
        if service["activity"] not in book.activities:
            say = sentence("no activity «{activity}» in the register", activity=service["activity"])
            yield ("services", name, "activity"), say
        activity, _, people = service.get("asker", "").partition(".")
        if activity and not any("ticket" in line.holders for line in _lines_of(book, activity, people)):
            say = sentence("no group «{asker}» of the register is held in a ticket", asker=service["asker"])
            yield ("services", name, "asker"), say


def _lines_of(book: Book, activity: str, people: str) -> list[Line]:
    return [line for line in book.lines() if (line.activity, line.people) == (activity, people)]


def _teams(book: Book) -> Noticed:
    for name, team in book.settings["teams"].items():
        for cover in team["covers"]:
            activity, _, purpose = cover.partition("/")
            act = book.activities.get(activity)
            if act is None or (purpose and purpose not in act["purposes"]):
                yield ("teams", name, "covers"), sentence("«{cover}» is not in the register", cover=cover)


def _intake(book: Book) -> Noticed:
    if book.settings["intake"]["first-ticket"] == "make-profile" and not any(
        "profile" in line.holders for line in book.lines()
    ):
        yield ("intake", "first-ticket"), sentence("no activity of the register is held in a profile")


def _doors(book: Book) -> Noticed:
    doors = book.settings["intake"]["doors"]
    for door in ("mail", "phone"):
        if door in book.settings and door not in doors:
            yield (door,), sentence("`{door}` is set, but it is no door under `intake`", door=door)
    system = book.settings.get("phone", {}).get("system")
    if system and system not in book.systems:
        yield ("phone", "system"), sentence("«{system}» is no system of the register", system=system)


def _contacts(book: Book) -> Noticed:
    contacts = book.settings.get("approved-contacts")
    if contacts is None:
        return
    activity, _, group = contacts["list"].partition(".")
    if not any("contact-list" in line.holders for line in _lines_of(book, activity, group)):
        yield ("approved-contacts", "list"), sentence("the register knows no such list of contacts")
    if "nobody-reachable" in contacts and not _discloses_to_customers(book):
        say = sentence("putting a contact in Cc discloses the ticket; the register shares it with no customer")
        yield ("approved-contacts", "nobody-reachable"), say


def _discloses_to_customers(book: Book) -> bool:
    customers = {name for name, who in book.recipients.items() if who["kind"] == "customer"}
    return any(_on_condition(line) and line["with"] in customers for _, _, line in book.shares())


def _on_condition(line: Mapping[str, Any]) -> bool:
    return bool(as_list(line.get("when")))


def _approvals(book: Book) -> Noticed:
    if "quotes-and-orders" in book.settings and not any(line.item == "approval" for line in book.lines()):
        yield ("quotes-and-orders",), sentence("the register holds no approvals")
