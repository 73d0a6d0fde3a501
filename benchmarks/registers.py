"""A very large register: how long to read and check its file, to take it from its compiled copy, and to ask it one question."""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from benchmarks import house

# isort: split
from balie import register, vault
from balie.kernel import Actor
from balie.register import in_use
from benchmarks.figure import Figure, run
from benchmarks.large_register import texts

T = TypeVar("T")
DESK = "large"
ITEMS = 40  # of each activity
ASKED = 20_000
TRIES = 5  # the fastest counts: what is asked for is how long it takes, not what else the machine does


def measure(size: int) -> list[Figure]:
    """Seconds to read and check a register from its file and to take it from its compiled copy; microseconds a question."""
    house.set_up()
    files = texts(size, size * ITEMS, desk=DESK)
    cold, found = min(_timed(lambda: _checked(*files)) for _ in range(TRIES))
    about = f"{size:,} activities, {found:,} items"
    vault.open_desk(DESK)
    register.adopt(DESK, *files, actor=Actor.system("set-up", DESK))
    warm = min(_timed(_from_its_copy)[0] for _ in range(TRIES))
    return [
        Figure("register, read and checked", cold, "s", "5", cold <= 5, about),
        Figure("register, from its copy", warm, "s", "0.2", warm <= 0.2, about),
        *_questions(about),
    ]


def _checked(text: str, settings: str) -> int:
    """A register from its file: read, its form and its sense looked at, ready for every question. How many items it has."""
    version = register.draft(text, settings, name=f"{DESK}.yaml")
    assert register.lint(version) == []
    return len(version.places)


def _from_its_copy() -> int:
    """The version in force as another process finds it, ready for every question."""
    in_use.built.cache_clear()
    in_use.forget_all()
    return len(register.in_force(DESK).places)


def _questions(about: str) -> list[Figure]:
    """May this be kept, of an item that may and of one that may not."""
    version = register.in_force(DESK)
    declared = list(version.places)
    step = max(1, len(declared) // ASKED)
    kept = declared[::step]
    refused = [(activity, people, "no-such-item") for activity, people, _ in kept]
    figures = []
    for what, asked, yes in (("yes", kept, True), ("no", refused, False)):
        tries = [_timed(partial(_asked, version, asked)) for _ in range(TRIES)]
        assert all(yes in answers for _, answers in tries)
        each = min(took for took, _ in tries) / len(asked) * 1e6
        figures.append(Figure(f"may this be kept? {what}", each, "µs", "5", each <= 5, about))
    return figures


def _asked(version: register.Version, places: list[tuple[str, str, str]]) -> set[bool]:
    """The question put about each of these places; what was answered."""
    return {register.may_collect(version, *at, holder="ticket").yes for at in places}


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = act()
    return time.perf_counter() - start, found


if __name__ == "__main__":
    run(measure, size=500, what="activities, each with 40 items")
