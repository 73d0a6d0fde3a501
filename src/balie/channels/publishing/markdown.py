"""A notice as Markdown, for whoever lays it into a site or a repository of their own."""

import re
from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.translation import gettext

from balie import register

_MEANT = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(notice: register.Notice, organisation: str) -> str:
    """A notice in its own language; every sign that Markdown would take for its own is written so that it is read as it is."""
    with translation.override(notice.language):
        return "\n".join(_lines(notice, organisation)).rstrip() + "\n"


def _lines(notice: register.Notice, organisation: str) -> Iterator[str]:
    yield f"# {plain(notice.name)}"
    yield ""
    yield plain(organisation)
    if notice.audience == "public":
        yield from _list(line.text for line in notice.brief)
    for section in notice.sections:
        yield from _section(section)


def _section(section: register.Section) -> Iterator[str]:
    yield from ("", f"## {plain(section.heading)}", "")
    for line in section.lines:
        yield from (f"> {plain(line)}" if section.apart else plain(line), "")
    if section.table:
        yield from table(
            section.table.heads,
            [(f"{_bold(row.name)} {_cell(row.below)}", *map(_cell, row.cells)) for row in section.table.rows],
        )
    for row in section.rows:
        yield from (_bold(row.label), "", *_paragraphs(row.lines))
    if section.items:
        heads = (gettext("What"), gettext("Why"), gettext("Must you give it?"), gettext("How long"))
        yield from table(heads, [tuple(map(plain, (one.what, one.why, one.must, one.long))) for one in section.items])
    yield from _list(point.text for point in section.points)


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from (plain(line), "")


def _list(lines: Iterable[str]) -> Iterator[str]:
    yield ""
    for line in lines:
        yield f"- {plain(line)}"


def table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a table; the cells of its rows are Markdown already."""
    named = [plain(head) for head in heads]
    yield from ("", f"| {' | '.join(named)} |", f"|{' --- |' * len(named)}")
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _cell(lines: Iterable[str]) -> str:
    return "<br>".join(plain(line) for line in lines)


def _bold(text: str) -> str:
    return f"**{plain(text)}**"


def plain(text: str) -> str:
    """A text whose signs Markdown takes for nothing of its own."""
    return _MEANT.sub(r"\\\1", " ".join(text.split()))
