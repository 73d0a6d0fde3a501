"""A small chart of days as a drawing: places and lengths, so that the page needs no inline style and no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from balie.desk.mailroom import Day

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, BAR = 400, 206, 30, 24, 176, 26
STEPS = (4, 5, 10, 20, 25, 40, 50, 100, 200, 250, 400, 500)
GAP = 1.5  # between two parts of a bar, so that they are told apart without colour


@dataclass(frozen=True)
class BlockShown:
    """One part of a bar: from top to bottom in signs of the drawing. kind: the class of its fill."""

    kind: str
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class BarShown:
    """One day: its parts from the ground up, where its words stand, and how many in all."""

    day: Day
    blocks: list[BlockShown]
    middle: float
    top: float

    @property
    def on(self) -> date:
        return self.day.on


@dataclass(frozen=True)
class RuleShown:
    """A line of the scale: what it means, and where it is."""

    value: int
    y: float


@dataclass(frozen=True)
class ChartShown:
    bars: list[BarShown]
    rules: list[RuleShown]
    all: int
    unreadable: int
    waiting: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    ground: int = BOTTOM
    words: int = BOTTOM + 22
    bar: int = BAR


def chart_of(days: Sequence[Day]) -> ChartShown:
    """The days side by side, on a scale that ends at or above the highest of them."""
    top = _top(max((one.all for one in days), default=0))
    room = (WIDTH - LEFT) / max(1, len(days))
    return ChartShown(
        bars=[_bar(one, LEFT + room * (place + 0.5), top) for place, one in enumerate(days)],
        rules=[RuleShown(top * part // 4, round(_y(top * part / 4, top), 1)) for part in range(1, 5) if top % 4 == 0]
        or [RuleShown(top, round(_y(top, top), 1))],
        all=sum(one.all for one in days),
        unreadable=sum(one.unreadable for one in days),
        waiting=sum(one.waiting for one in days),
    )


def _top(most: int) -> int:
    scale = 1
    while True:
        for step in STEPS:
            if step * scale >= most:
                return step * scale
        scale *= 1000


def _y(value: float, top: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _bar(day: Day, middle: float, top: int) -> BarShown:
    blocks, below = list[BlockShown](), 0
    for kind, number in (("c1", day.read), ("c2", day.unreadable), ("c3", day.waiting)):
        if number:
            low, high = _y(below, top) - (GAP if blocks else 0), _y(below + number, top)
            x = round(middle - BAR / 2, 1)
            blocks.append(BlockShown(kind, x, round(high, 1), round(max(low - high, 1.0), 1)))
            below += number
    return BarShown(day, blocks, round(middle, 1), round(_y(day.all, top) - 6, 1))
