"""The table of what the texts say is held to the registers and to the tests: each place stands in its file, each test in its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from balie.register.tests.desks_read import OURS, text_of

ROOT = Path(__file__).resolve().parents[2]
SAID = ("text silent, set by us", "text wider, narrowed by us", "not built yet: ")


@dataclass(frozen=True)
class Row:
    """One statement of a text."""

    desk: str
    says: str
    places: tuple[str, ...]
    tests: tuple[str, ...]
    note: str


def rows() -> Iterator[Row]:
    desk = ""
    for line in (ROOT / "docs" / "coverage.md").read_text("utf-8").splitlines():
        if head := re.fullmatch(r"## S\d · `([a-z-]+)`", line):
            desk = head[1]
        elif line.startswith("| ") and desk and "| carried by |" not in line:
            says, places, tests, note = (one.strip() for one in line.strip("|").split("|"))
            yield Row(desk, says, tuple(re.findall("`(.+?)`", places)), tuple(re.findall("`(.+?)`", tests)), note)


ROWS = list(rows())


@cache
def file_of(desk: str, part: str) -> Any:
    return yaml.safe_load(text_of(f"{desk}.{part}"))


def stands(desk: str, place: str) -> bool:
    part, path = ("desk.yaml", place[5:]) if place.startswith("desk:") else ("yaml", place)
    at: Any = file_of(desk, part)
    for step in path.split("/"):
        if isinstance(at, list):
            at = at[int(step)] if step.isdigit() and int(step) < len(at) else None
        else:
            at = at.get(step) if isinstance(at, dict) else None
        if at is None:
            return False
    return True


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.desk}-{row.says[:40]}")
def test_each_statement_is_carried_by_lines_that_are_there_and_shown_by_tests_that_are(row: Row) -> None:
    assert row.places
    assert [one for one in row.places if not stands(row.desk, one)] == []
    for test in row.tests:
        path, _, name = test.partition("::")
        assert (ROOT / path).exists(), path
        assert not name or f"def {name}(" in (ROOT / path).read_text("utf-8"), name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.desk}-{row.says[:40]}")
def test_what_no_test_shows_says_what_is_not_built_yet(row: Row) -> None:
    assert row.tests or "not built yet: " in row.note
    for told in re.findall(r"\*(.+?)\*", row.note):
        assert told.startswith(SAID), told


def test_all_five_texts_are_there_with_about_as_many_statements_as_they_make() -> None:
    counted = {desk: sum(row.desk == desk for row in ROWS) for desk in OURS}
    assert set(counted) == {row.desk for row in ROWS}
    assert all(number >= 16 for number in counted.values()), counted


@pytest.mark.parametrize("desk", OURS)
def test_each_activity_of_a_register_carries_a_statement_or_is_of_the_house(desk: str) -> None:
    named = {
        place.split("/")[1]
        for row in ROWS
        if row.desk == desk
        for place in row.places
        if place.startswith("activities/")
    }
    assert set(file_of(desk, "yaml")["activities"]) - named <= {"agents", "evidence"}
