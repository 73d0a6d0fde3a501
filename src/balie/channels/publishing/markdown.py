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
    yield f"# {_plain(notice.name)}"
    yield ""
    yield _plain(organisation)
    if notice.audience == "public":
        yield from _list(line.text for line in notice.brief)
    for section in notice.sections:
        yield from _section(section)


def _section(section: register.Section) -> Iterator[str]:
    yield from ("", f"## {_plain(section.heading)}", "")
    for line in section.lines:
        yield from (f"> {_plain(line)}" if section.apart else _plain(line), "")
    if section.table:
        yield from _table(
            section.table.heads,
            [(f"{_bold(row.name)} {_cell(row.below)}", *map(_cell, row.cells)) for row in section.table.rows],
        )
    for row in section.rows:
        yield from (_bold(row.label), "", *_paragraphs(row.lines))
    if section.items:
        heads = (gettext("What"), gettext("Why"), gettext("Must you give it?"), gettext("How long"))
        yield from _table(heads, [tuple(map(_plain, (one.what, one.why, one.must, one.long))) for one in section.items])
    yield from _list(point.text for point in section.points)


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from (_plain(line), "")


def _list(lines: Iterable[str]) -> Iterator[str]:
    yield ""
    for line in lines:
        yield f"- {_plain(line)}"


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    named = [_plain(head) for head in heads]
    yield from ("", f"| {' | '.join(named)} |", f"|{' --- |' * len(named)}")
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _cell(lines: Iterable[str]) -> str:
    return "<br>".join(_plain(line) for line in lines)


def _bold(text: str) -> str:
    return f"**{_plain(text)}**"


def _plain(text: str) -> str:
    return _MEANT.sub(r"\\\1", " ".join(text.split()))
