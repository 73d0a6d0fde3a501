"""Every command explains itself: with an example that can be typed, and in the manual."""

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from balie.channels.cli.tests.conftest import parser

MANUAL = Path(__file__).parents[5] / "docs" / "command-line.md"


def commands(of: argparse.ArgumentParser, *names: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                yield from commands(one, *names, name)
                return_here = " ".join((*names, name))
                yield return_here, one


EACH = dict(commands(parser()))
LEAVES = {name: one for name, one in EACH.items() if one.get_default("run")}


@pytest.mark.parametrize("name", EACH)
def test_each_command_has_a_help_with_an_example_that_can_be_typed(name: str) -> None:
    example = re.search(r"Example: (balie [^|>]*?)(?:, or: .*)?(?:>.*)?$", EACH[name].format_help(), re.DOTALL)
    assert example is not None
    typed = shlex.split(" ".join(example[1].split()))
    assert parser().parse_args(typed[1:]).run
    assert " ".join(typed[1:]).startswith(name)


@pytest.mark.parametrize("name", LEAVES)
def test_each_command_and_option_stands_in_the_manual(name: str) -> None:
    manual = MANUAL.read_text("utf-8")
    section = re.search(rf"^#+ `balie {name}[` ].*?(?=^#|\Z)", manual, re.DOTALL | re.MULTILINE)
    assert section is not None, f"{name} is not in docs/command-line.md"
    for action in LEAVES[name]._actions:
        for option in action.option_strings:
            if option.startswith("--") and option != "--help":
                assert f"`{option}" in section[0], f"{name} {option}"


def test_a_wrong_usage_is_told_by_status_two(balie: object) -> None:
    assert balie("mail").status == 2  # type: ignore[operator]
    assert balie("retention", "run", "--as-of", "tomorrow").status == 2  # type: ignore[operator]
