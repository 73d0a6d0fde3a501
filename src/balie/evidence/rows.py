"""Walking over a desk's sealed entries by their place in the log."""

from collections.abc import Mapping
from typing import Any

from balie.evidence.models import Entry

Row = Mapping[str, Any]


class Rows:
    """The entries of one desk below `size`, to be asked for in order. Reads on as it is asked, a thousand at a time.

    From a row on that holds what its columns cannot hold, there are none: whoever wrote it wrote past the program.
    """

    def __init__(self, desk: str, size: int) -> None:
        found = Entry.objects.filter(desk=desk, index__gte=0, index__lt=size).order_by("index").values()
        self._rows = found.iterator(chunk_size=1000)
        self._next = self._read()

    def at(self, index: int) -> Row | None:
        """The entry at this place, None when no row holds it."""
        row = self._next
        if row is None or row["index"] != index:
            return None
        self._next = self._read()
        return row

    def _read(self) -> Row | None:
        try:
            return next(self._rows, None)
        except ValueError:
            return None
