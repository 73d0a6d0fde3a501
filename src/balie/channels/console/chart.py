"""A small chart of bars as a drawing: places and lengths, so that the page needs no inline style and no script."""

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = (4, 5, 10, 20, 25, 40, 50, 100, 200, 250, 400, 500)
GAP = 1.5  # between two parts of a bar, so that they are told apart without colour


@dataclass(frozen=True)
class Sheet:
    """The paper on which a chart is drawn, in signs of the drawing. bar: how wide a bar is."""

    width: int
    height: int
    left: int
    bar: int
    top: int = 24

    @property
    def ground(self) -> int:
        return self.height - 30

    @property
    def words(self) -> int:
        return self.ground + 22


DAYS = Sheet(400, 206, 30, 26)
MONTHS = Sheet(660, 236, 52, 28)


@dataclass(frozen=True)
class Column:
    """What one bar says: the words below it, and its parts from the ground up, each with the class of its fill."""

    words: str
    parts: tuple[tuple[str, int], ...]

    @property
    def all(self) -> int:
        return sum(number for _kind, number in self.parts)


@dataclass(frozen=True)
class BlockShown:
    """One part of a bar: from top to bottom in signs of the drawing. kind: the class of its fill."""

    kind: str
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class BarShown:
    """One column: its parts from the ground up, where its words stand, and how many in all."""

    column: Column
    blocks: list[BlockShown]
    middle: float
    top: float


@dataclass(frozen=True)
class RuleShown:
    """A line of the scale: what it means, and where it is."""

    value: int
    y: float


@dataclass(frozen=True)
class ChartShown:
    """kinds: those that occur, for the legend. all: everything together."""

    bars: list[BarShown]
    rules: list[RuleShown]
    all: int
    kinds: frozenset[str]
    sheet: Sheet


def chart_of(columns: Sequence[Column], sheet: Sheet) -> ChartShown:
    """The columns side by side, on a scale that ends at or above the highest of them."""
    top = _top(max((one.all for one in columns), default=0))
    room = (sheet.width - sheet.left) / max(1, len(columns))
    return ChartShown(
        bars=[_bar(one, sheet.left + room * (place + 0.5), top, sheet) for place, one in enumerate(columns)],
        rules=[
            RuleShown(top * part // 4, round(_y(top * part / 4, top, sheet), 1)) for part in range(1, 5) if top % 4 == 0
        ]
        or [RuleShown(top, round(_y(top, top, sheet), 1))],
        all=sum(one.all for one in columns),
        kinds=frozenset(kind for one in columns for kind, number in one.parts if number),
        sheet=sheet,
    )


def _top(most: int) -> int:
    scale = 1
    while True:
        for step in STEPS:
            if step * scale >= most:
                return step * scale
        scale *= 1000


def _y(value: float, top: int, sheet: Sheet) -> float:
    return sheet.ground - (sheet.ground - sheet.top) * value / top


def _bar(column: Column, middle: float, top: int, sheet: Sheet) -> BarShown:
    blocks, below = list[BlockShown](), 0
    for kind, number in column.parts:
        if number:
            low, high = _y(below, top, sheet) - (GAP if blocks else 0), _y(below + number, top, sheet)
            x = round(middle - sheet.bar / 2, 1)
            blocks.append(BlockShown(kind, x, round(high, 1), round(max(low - high, 1.0), 1)))
            below += number
    return BarShown(column, blocks, round(middle, 1), round(_y(column.all, top, sheet) - 6, 1))
