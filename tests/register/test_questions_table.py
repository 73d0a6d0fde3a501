"""The table of worked questions: every row is asked of the product and answered as agreed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from tests.register.examples_read import HERE, changed, example

from balie import register
from balie.register import Facts, Version

ROWS = [json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
FACTS = {
    "confirmed": frozenset,
    "asked_by": frozenset,
    "consent": frozenset,
    "agreed": frozenset,
    "reason": str,
    "closed": bool,
}


def facts_of(given: dict[str, Any]) -> Facts:
    found = Facts()
    for key, kind in FACTS.items():
        if key in given:
            found = replace(found, **{key: cast(Callable[[Any], Any], kind)(given.pop(key))})
    return found


def erased(v: Version, given: dict[str, Any]) -> str | None:
    happened = given.pop("happened")
    day = register.erase_on(register.erase_rule(v, **given), date.fromisoformat(happened) if happened else None)
    return day.isoformat() if day else None


def warned(v: Version, given: dict[str, Any]) -> list[str]:
    due = date.fromisoformat(given.pop("due"))
    return [day.isoformat() for day in register.warnings_on(register.erase_rule(v, **given), due)]


def ask(v: Version, question: str, given: dict[str, Any]) -> Any:
    """Ask by name, with the habits of the table: facts as single keys, what is left out as the careful value."""
    if question == "erase_on":
        return erased(v, given)
    if question == "warnings_on":
        return warned(v, given)
    facts = facts_of(given)
    if question in ("may_collect", "may_see", "may_disclose"):
        given["facts"] = facts
    defaults: dict[str, dict[str, Any]] = {
        "may_collect": {"holder": "ticket"},
        "may_disclose": {"party": None},
        "may_set_cookie": {"needed_now": False},
        "why": {"language": "nl"},
    }
    given = {**defaults.get(question, {}), **given}
    for key in ("given", "covers"):
        if key in given:
            given[key] = frozenset(given[key])
    answer = getattr(register, question)(v, **given)
    return answer.plain() if hasattr(answer, "plain") else list(answer) if isinstance(answer, tuple) else answer


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['row']}-{row['id']}-{row['ask']}")
def test_a_worked_question_is_answered_as_agreed(row: dict[str, Any]) -> None:
    v = example(row["desk"])
    given = json.loads(json.dumps(row["given"]))
    if row["ask"] == "diff":
        found: Any = [str(one) for one in register.diff(v, changed(row["desk"], given["change"]))]
    else:
        found = ask(v, row["ask"], given)
    assert found == row["answer"]


def test_all_sixty_two_rows_are_there() -> None:
    assert [row["id"] for row in ROWS] == list(range(1, 63))
