"""Reading a desk's sealed entries by their place in the log."""

from collections.abc import Iterable, Mapping
from typing import Any

from balie.evidence.models import Entry

Row = Mapping[str, Any]


def rows(desk: str, start: int, end: int) -> dict[int, Row]:
    """The entries from place `start` to before `end`. One that holds what its columns cannot hold is left out.

    Somebody wrote such a row past the program; halving finds it among its neighbours, which can still be read.
    """
    found: Iterable[Row] = Entry.objects.filter(desk=desk, index__gte=start, index__lt=end).values()
    try:
        return {row["index"]: row for row in found}
    except ValueError:
        if end - start == 1:
            return {}
        middle = (start + end) // 2
        return rows(desk, start, middle) | rows(desk, middle, end)
