"""The file hangs together: every name that a line mentions is declared, once, and for something."""

from collections.abc import Iterator, Mapping
from typing import Any

from balie.kernel import sentence
from balie.register.canonical import as_list
from balie.register.linting.book import Book, Noticed, Rule
from balie.register.places import needs
from balie.register.reading import Path
from balie.register.types import NEEDS
from balie.register.words import catalogue

_SOURCES = frozenset({"person", "staff", "organisation", "customer-domain", "another-person"})


def every_name_exists(book: Book) -> Noticed:
    """A term, recipient, system, purpose or group that a line mentions is declared."""
    for activity, act in book.activities.items():
        for at, block in _blocks(activity, act):
            yield from _names_of_a_block(book, act, at, block)
    yield from _names_in_shares(book)
    yield from _names_in_looks(book)
    for name, system in book.systems.items():
        if system["run-by"] not in {"us", "customers", *book.recipients}:
            yield ("systems", name, "run-by"), sentence("«{name}» is not a recipient", name=system["run-by"])


def every_item_is_a_known_word(book: Book) -> Noticed:
    """A kind of data is a word of the catalogue or one of the file's own."""
    for line in book.lines():
        if line.item not in book.words:
            yield line.at, sentence("«{item}» is not in the catalogue and not in `words`", item=line.item)
    for word, said in book.data.get("words", {}).items():
        if said["like"] not in catalogue():
            say = sentence(
                "«{word}» is to be like «{like}», which the catalogue does not know", word=word, like=said["like"]
            )
            yield ("words", word, "like"), say


def an_item_has_one_need(book: Book) -> Noticed:
    """An item stands in one list, and details are about an item that stands in one."""
    for activity, _, people, block in book.blocks():
        at: Path = ("activities", activity, "people", people)
        seen: dict[str, str] = {}
        for need in NEEDS:
            for item in block.get(need, ()):
                if item in seen:
                    say = sentence("«{item}» is both {one} and {other}", item=item, one=seen[item], other=need)
                    yield (*at, need), say
                seen[item] = need
        for item in block.get("details", {}):
            if item not in seen:
                yield (*at, "details", item), sentence("details for «{item}», which is not held", item=item)


def nothing_is_declared_for_nothing(book: Book) -> Noticed:
    """A term, recipient or system that no line uses is a leftover."""
    terms = {line.term for line in book.lines()}
    sources = {one for line in book.lines() for one in as_list(line.nearest("source"))}
    whom = {line["with"] for _, _, line in book.shares()} | {one["run-by"] for one in book.systems.values()}
    where = {one for act in book.activities.values() for one in as_list(act.get("systems"))}
    for key, names, used in (
        ("terms", book.terms, terms),
        ("recipients", book.recipients, whom | sources),
        ("systems", book.systems, where | sources),
    ):
        for name in names:
            if name not in used:
                yield (key, name), sentence("«{name}» is declared and nowhere used", name=name)


def _blocks(activity: str, act: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The activity, its groups and their details: where the nearest word is looked for."""
    at: Path = ("activities", activity)
    yield at, act
    for people, block in act["people"].items():
        yield (*at, "people", people), block
        for item, detail in block.get("details", {}).items():
            yield (*at, "people", people, "details", item), detail


def _names_of_a_block(book: Book, act: Mapping[str, Any], at: Path, block: Mapping[str, Any]) -> Noticed:
    if "keep" in block and block["keep"] not in book.terms:
        yield (*at, "keep"), sentence("term «{name}» is not declared", name=block["keep"])
    for name in as_list(block.get("purpose")):
        if name not in act["purposes"]:
            yield (*at, "purpose"), sentence("purpose «{name}» is not one of this activity's", name=name)
    for name in as_list(block.get("source")):
        if name not in {*_SOURCES, *book.systems, *book.recipients}:
            yield (*at, "source"), sentence("source «{name}» is not declared", name=name)
    for name in as_list(block.get("systems")):
        if name not in book.systems:
            yield (*at, "systems"), sentence("system «{name}» is not declared", name=name)


def _names_in_shares(book: Book) -> Noticed:
    for at, act, line in book.shares():
        if line["with"] not in book.recipients:
            yield at, sentence("recipient «{name}» is not declared", name=line["with"])
        for name in as_list(line.get("purpose")):
            if name not in act["purposes"]:
                yield at, sentence("purpose «{name}» is not one of this activity's", name=name)
        yield from _groups_and_items(act, at, line, [*as_list(line.get("items")), *line.get("one-of", ())])


def _names_in_looks(book: Book) -> Noticed:
    for at, act, line in book.looks():
        yield from _groups_and_items(act, at, line, as_list(line["at"]))


def _groups_and_items(act: Mapping[str, Any], at: Path, line: Mapping[str, Any], items: list[str]) -> Noticed:
    held = {item for block in act["people"].values() for item in needs(block)}
    for name in as_list(line.get("of")):
        if name not in act["people"]:
            yield at, sentence("group «{name}» is not one of this activity's", name=name)
    for name in items:
        if name != "all" and name not in held:
            yield at, sentence("item «{name}» is not held in this activity", name=name)


RULES = (
    Rule("R01", "fault", "30(3)", every_name_exists),
    Rule("R02", "fault", "30(1)(c)", every_item_is_a_known_word),
    Rule("R03", "fault", "5(1)(c)", an_item_has_one_need),
    Rule("R04", "doubt", "5(1)(d)", nothing_is_declared_for_nothing),
)
