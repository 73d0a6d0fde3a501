"""The documents say what the program does: every key, event, rule, question and list of the format stands in them."""

from pathlib import Path
from typing import Any

import pytest

from balie import register
from balie.register import questions
from balie.register.shape import schema
from balie.register.terms import EVENTS
from balie.register.types import NEEDS

DOCS = Path(register.__file__).parents[3] / "docs"
FORMAT = (DOCS / "register-format.md").read_text(encoding="utf-8")
OF_THE_HOUSE = ("raw-message", "sign-in-secret", "act-record", "look-record", "network-address")


def keys_of(kind: Any) -> list[str]:
    return sorted(schema(kind)["properties"])


@pytest.mark.parametrize("key", sorted({*keys_of("schema.json"), *keys_of("settings.schema.json")}))
def test_every_key_of_the_files_is_explained(key: str) -> None:
    assert f"`{key}" in FORMAT


@pytest.mark.parametrize("part", ["person-block", "purpose"])
def test_every_key_within_an_activity_is_explained(part: str) -> None:
    for key in schema("schema.json")["$defs"][part]["properties"]:
        assert f"`{key}`" in FORMAT, key


def test_every_rule_stands_with_its_level_and_clause() -> None:
    for rule in register.RULES:
        assert f"| {rule.code} | {rule.level} | {rule.clause} |" in FORMAT


@pytest.mark.parametrize("word", [*EVENTS, *NEEDS, *OF_THE_HOUSE])
def test_every_event_list_and_word_of_the_house_is_named(word: str) -> None:
    assert f"`{word}`" in FORMAT


@pytest.mark.parametrize("name", [*questions.__all__, "notice_for", "asked_field", "why", "diff", "lint"])
def test_every_question_is_listed(name: str) -> None:
    assert f"`{name}`" in FORMAT


def test_the_glossary_has_each_term_once_and_in_three_languages() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    _, *rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    assert all(len(row) == 4 and all(row) for row in rows)
    terms = [row[0] for row in rows]
    assert terms == sorted(set(terms), key=str.casefold)
