"""The sentences themselves: all languages there, none cut in half by a comma."""

from collections.abc import Iterator, Mapping
from typing import Any

from balie.kernel import sentence
from balie.register.linting.book import Book, Noticed, Rule
from balie.register.reading import Path

_PRINTED = frozenset(
    (
        *("name", "organisation", "represented-by", "who", "what", "because", "why", "when", "without", "tell", "cost"),
        *("label", "explanation", "logic", "consequences", "role", "measures", "related"),
    )
)
_SHOWN = 40  # signs of a sentence, enough to find it


def every_text_has_its_languages(book: Book) -> Noticed:
    """A notice in a language is a notice in that language: no sentence without its translation, none left over."""
    first, *others = book.data["languages"]
    translations = book.data.get("translations", ())
    known = {one[first]: one for one in translations if first in one}
    texts = dict(texts_of(book.data))
    for at, text in texts.items():
        missing = [one for one in others if one not in known.get(text, {})]
        if missing and not _internal(book, at):
            yield at, sentence("no {languages} for «{text}»", languages=missing, text=text[:_SHOWN])
    for number, one in enumerate(translations):
        if one.get(first) not in texts.values():
            say = sentence(
                "translates a sentence that the register does not say: «{text}»", text=str(one.get(first))[:_SHOWN]
            )
            yield ("translations", number), say


def no_sentence_is_cut_by_a_comma(book: Book) -> Noticed:
    """Inside […] and {…} a comma ends a sentence that has no quotation marks."""
    for at, text in texts_of(book.data):
        if isinstance(at[-1], int) and text[0].islower() and at[-2] != "related":
            say = sentence(
                "«{text}» looks like the second half of a sentence: put the whole in quotation marks",
                text=text[:_SHOWN],
            )
            yield at, say


def texts_of(node: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every sentence of a register that is printed, with its place."""
    for key, value in node.items() if isinstance(node, Mapping) else ():
        here = (*at, key)
        if here == ("translations",) or key == "parties":
            continue
        if isinstance(value, str):
            if key in _PRINTED and not _a_word_of_the_format(here, value):
                yield here, value
        elif isinstance(value, tuple):
            yield from _texts_of_a_list(value, here)
        else:
            yield from texts_of(value, here)


def _texts_of_a_list(values: tuple[Any, ...], at: Path) -> Iterator[tuple[Path, str]]:
    for number, one in enumerate(values):
        here = (*at, number)
        if not isinstance(one, str):
            yield from texts_of(one, here)
        elif at[-1] in _PRINTED and not _a_word_of_the_format(here, one):
            yield here, one


def _a_word_of_the_format(at: Path, text: str) -> bool:
    """`role` of an activity, and the ids among its `related`, are no sentences."""
    if at[0] != "activities":
        return False
    return at[-1] == "role" or (len(at) > 2 and at[2] == "related" and " " not in text and text.islower())


def _internal(book: Book, at: Path) -> bool:
    return at[0] == "activities" and book.activities[str(at[1])].get("notice") == "internal"


RULES = (
    Rule("R29", "doubt", "12(1)", every_text_has_its_languages),
    Rule("R30", "doubt", "12(1)", no_sentence_is_cut_by_a_comma),
)
