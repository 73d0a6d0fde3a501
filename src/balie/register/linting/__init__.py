"""Does a register make sense? Rules that a reader of the law would apply, each with its level, clause and line.

A *fault* cannot be carried out and is never in force. A *doubt* is in force only with a named officer's reason and review date.
"""

from collections.abc import Mapping

from balie.register.finding import Finding, Level
from balie.register.linting import how_long, names, of_the_house, sentences, to_whom, what, who_and_why
from balie.register.linting.book import Book, Noticed, Rule
from balie.register.linting.settings import widens
from balie.register.reading import Path
from balie.register.versions import Version, settings_name

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            rule
            for part in (names, who_and_why, what, how_long, to_whom, sentences, of_the_house)
            for rule in part.RULES
        ),
        key=lambda rule: rule.code,
    )
)


def lint(v: Version, *, file: str = "") -> list[Finding]:
    """Everything that the rules notice in a draft and in the settings beside it, in the order of the rules and of the file.

    file: how the findings call it, by default after the desk. Pure. Faults of the names come first, so that what follows from
    them is read after them. Source: docs/register-format.md.
    """
    book = Book(v)
    file = file or f"{v.desk}.yaml"
    found = [one for rule in RULES for one in _findings(rule, book, file)]
    for at, say in widens(book):
        found.append(Finding("fault", "settings", "5(2)", at, say, settings_name(file), _line(v.settings_lines, at)))
    return found


def _findings(rule: Rule, book: Book, file: str) -> list[Finding]:
    noticed: Noticed = rule.look(book)
    return [Finding(rule.level, rule.code, rule.clause, at, say, file, _line(book.v.lines, at)) for at, say in noticed]


def _line(lines: Mapping[Path, int], at: Path) -> int:
    while at and at not in lines:
        at = at[:-1]
    return lines.get(at, 1)


__all__ = ["RULES", "Finding", "Level", "lint"]
