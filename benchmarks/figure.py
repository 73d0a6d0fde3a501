"""One measured figure beside what was asked and aimed at."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """name: what was measured. value in unit. asked, aim: in words; holds: whether what was asked was reached. about: the size."""

    name: str
    value: float
    unit: str
    asked: str
    holds: bool
    about: str = ""
    aim: str = ""


def run(measure: Callable[[int], list[Figure]], *, size: int, what: str) -> None:
    """Run one benchmark alone: `python -m benchmarks.accepted --size 2000`; one JSON line a figure."""
    parser = argparse.ArgumentParser(description=measure.__doc__, epilog=f"Size: {what}.")
    parser.add_argument("--size", type=int, default=size, help=f"{what} (default {size:,})")
    for figure in measure(parser.parse_args().size):
        print(json.dumps(asdict(figure)), flush=True)
