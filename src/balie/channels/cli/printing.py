"""How the command line speaks: tables and progress on a terminal, plain lines for a pipe, JSON alone for a program.

Results go to standard output, everything else to standard error.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str = "") -> None:
    """Rows under their heads: a table on a terminal, else lines with tabs between the columns. empty: said when there are none."""
    lines = [[cell(one) for one in row] for row in rows]
    if not lines:
        say(empty)
    elif sys.stdout.isatty():
        Console().print(_drawn(heads, lines))
    else:
        for line in (heads, *lines):
            print("\t".join(line))


def data(value: object) -> None:
    """One JSON document and nothing else. Moments are ISO 8601."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=cell)
    print()


def line(text: object) -> None:
    """One line of a result."""
    print(text)


def say(text: object) -> None:
    """One line beside the result; nothing for an empty one."""
    if str(text):
        print(text, file=sys.stderr)


def cell(value: object) -> str:
    """One value as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def brief(moment: object) -> str:
    """A moment in ISO 8601 as a table shows it: to the minute, UTC."""
    return str(moment)[:16].replace("T", " ") if moment else "–"


class Steps:
    """A bar that is told how far the work is."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None) if bar else None

    def at(self, what: str) -> None:
        """Say what is being done now."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, description=what)

    def done(self, count: int = 1) -> None:
        if self._bar and self._task is not None:
            self._bar.update(self._task, advance=count)

    def of(self, total: int) -> None:
        """Say how much there is to do."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, total=total)


@contextmanager
def steps() -> Iterator[Steps]:
    """Progress on a terminal's standard error; silence anywhere else."""
    if not sys.stderr.isatty():
        yield Steps(None)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Steps(bar)


def _drawn(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> Table:
    drawn = Table(title_justify="left", box=None, header_style="bold", pad_edge=False)
    for head in heads:
        drawn.add_column(head, overflow="fold")
    for line in lines:
        drawn.add_row(*(Text(one) for one in line))
    return drawn
