"""`balie register diff`: what two versions say otherwise, in the words of the notice."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict

from balie import register
from balie.channels.cli import asking, printing, registers_named
from balie.channels.context import PORTAL_LANGUAGES
from balie.kernel import Invalid, sentence

DIRECTIONS = ("wider", "narrower", "changed")


def add_command(own: asking.Commands) -> None:
    diff_ = asking.command(
        own,
        "diff",
        diff,
        "say what two registers say otherwise, in the words of the notice",
        example="balie register diff publications 1 2 --language nl",
        more="Each is a file, a desk (its version in force), or a desk with the number of a version.",
    )
    diff_.add_argument(
        "registers", nargs="+", metavar="A B", help="the earlier and the later: FILE, DESK or DESK NUMBER"
    )
    diff_.add_argument("--language", choices=PORTAL_LANGUAGES, help="default: the first of the later register")
    asking.as_json(diff_)


def diff(asked: argparse.Namespace) -> None:
    """Print a comparison."""
    named = registers_named.several(asked.registers)
    if len(named) != 2:
        raise Invalid(sentence("Two registers are compared; {count} were named.", count=len(named)))
    language = asked.language or named[1].languages[0]
    found = register.compared(*named, language=language)
    if asked.json:
        printing.data(asdict(found))
        return
    for line in _lines(found):
        printing.line(line)


def _lines(found: register.Comparison) -> Iterator[str]:
    if not found.meant and not found.passages:
        yield found.heading("nothing")
    for direction in DIRECTIONS:
        texts = found.of(direction)  # type: ignore[arg-type]
        if texts:
            yield from (found.heading(direction), *(f"  {text}" for text in texts), "")
    if found.passages:
        yield found.heading("passages")
    for one in found.passages:
        yield f"  {one.heading}{f', {one.label}' if one.label else ''}"
        yield from (f"  - {line}" for line in one.was if line not in one.now)
        yield from (f"  + {line}" for line in one.now if line not in one.was)
