"""To whom: countries, outsiders, processors where there may be none, and cookies."""

from collections.abc import Iterator, Mapping
from typing import Any

from balie.kernel import sentence
from balie.register.canonical import as_list
from balie.register.linting.book import Book, Noticed, Rule
from balie.register.passing_on import AREAS, DEFAULT_AREA

_OUTSIDERS = frozenset({"authority", "third-party", "controller"})
_NOT_THE_CONTROLLER = frozenset({"processor", "sub-processor", "customer"})
_SOMEWHERE = frozenset({"processor", "sub-processor", *_OUTSIDERS})
_CONDITIONS = frozenset({"when", "asked-by", "consent"})


def nothing_leaves_the_area(book: Book) -> Noticed:
    """Recipients, their parties and systems stand inside `stays-in`, or `transfers` names them."""
    area = book.data.get("stays-in", DEFAULT_AREA)
    named = {(one["to"], one["country"]) for one in book.data.get("transfers", ())}
    for key, name, thing in _things(book):
        for one in (thing, *thing.get("parties", ())):
            country = one.get("country")
            if country and country not in AREAS[area] and (name, country) not in named:
                say = sentence(
                    "{country} is outside the {area}, and `transfers` does not name it", country=country, area=area
                )
                yield (key, name), say
        if "country" not in thing and thing.get("kind") in _SOMEWHERE:
            yield (key, name), sentence("say in which country")


def outsiders_get_something_on_a_condition(book: Book) -> Noticed:
    """To an authority, another controller or a third party nothing goes just like that."""
    for at, _, line in book.shares():
        kind = book.recipients.get(line["with"], {}).get("kind")
        if kind in _OUTSIDERS and _CONDITIONS.isdisjoint(line):
            yield at, sentence("«{name}» is an outsider: say `when`, `asked-by` or `consent`", name=line["with"])


def controller_only_means_only_the_controller(book: Book) -> Noticed:
    """`controller-only` leaves no processor, no customer, and no system that another runs."""
    if book.data.get("protection", {}).get("access") != "controller-only":
        return
    for name, who in book.recipients.items():
        if who["kind"] in _NOT_THE_CONTROLLER:
            yield ("recipients", name), sentence("protection says `controller-only`")
    for name, system in book.systems.items():
        if system["run-by"] != "us":
            yield ("systems", name), sentence("protection says `controller-only`, but someone else runs this")


def cookies_keep_to_their_kind(book: Book) -> Noticed:
    """A functional cookie has its moment, a necessary one ends with the session."""
    cookies = book.data.get("cookies", {})
    for name, cookie in cookies.items() if cookies != "none" else ():
        if cookie["kind"] == "functional" and "when" not in cookie:
            yield ("cookies", name), sentence("say at what moment it is needed (`when`)")
        if cookie["kind"] == "necessary" and cookie["keep"] != "session":
            yield ("cookies", name), sentence("a necessary cookie ends with the session")


def one_of_them_is_one_of_several(book: Book) -> Noticed:
    """Of several ways to reach somebody one goes along: there are at least two, and none of them goes along anyway."""
    for at, _, line in book.shares():
        for item in line.get("one-of", ()):
            if item in as_list(line.get("items")):
                yield at, sentence("«{item}» goes along anyway: take it out of `items` or of `one-of`", item=item)


def _things(book: Book) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for name, who in book.recipients.items():
        yield "recipients", name, who
    for name, system in book.systems.items():
        yield "systems", name, system


RULES = (
    Rule("R25", "fault", "44, 13(1)(f), 30(1)(e)", nothing_leaves_the_area),
    Rule("R26", "fault", "5(1)(b), 6(4)", outsiders_get_something_on_a_condition),
    Rule("R27", "fault", "32(1), 28", controller_only_means_only_the_controller),
    Rule("R28", "fault", "ePrivacy 5(3)", cookies_keep_to_their_kind),
    Rule("R37", "fault", "5(1)(c)", one_of_them_is_one_of_several),
)
