"""The cases of the rules: each rule notices the one change that is made to break it."""

import json
from typing import Any

import pytest
from tests.register.examples_read import HERE, changed, document, example

from balie import register
from balie.register.reading import Document
from balie.register.shape import check_shape

CASES = [json.loads(line) for line in (HERE / "lint-cases.jsonl").read_text(encoding="utf-8").splitlines()]
OF_THE_HOUSE = {"R33", "R34", "R35"}  # the examples were written before desks declared what they hold to work at all
LATER = {"R36", "R37", "R38", "R39", "R40"}  # rules for what the examples could not say yet; `test_rules` breaks them


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}-{case['desk']}")
def test_a_rule_notices_what_breaks_it(case: dict[str, Any]) -> None:
    before = {(one.rule, one.at, str(one.say)) for one in register.lint(example(case["desk"]))}
    check_shape(document(case["desk"], case["change"]), "schema.json")
    after = register.lint(changed(case["desk"], case["change"]))
    new = [one for one in after if (one.rule, one.at, str(one.say)) not in before]
    assert case["rule"] in {one.rule for one in new}
    assert all(one.clause and one.line >= 1 for one in new)


def test_each_rule_of_the_format_has_its_case() -> None:
    assert {case["rule"] for case in CASES} == {rule.code for rule in register.RULES} - OF_THE_HOUSE - LATER


@pytest.mark.parametrize(
    ("desk", "doubts"),
    [
        ("publications", {"R06", "R09", "R10", "R13", "R20"}),
        ("newsletter-editors", {"R05", "R06", "R32"}),
        ("municipal-websites", {"R13", "R20"}),
        ("citizens-advice", {"R06", "R12", "R13"}),
    ],
)
def test_an_example_has_no_fault_but_what_every_desk_must_now_declare(desk: str, doubts: set[str]) -> None:
    found = register.lint(example(desk))
    assert {one.rule for one in found if one.level == "fault"} <= OF_THE_HOUSE
    assert {one.rule for one in found if one.level == "doubt"} <= doubts


def test_the_telecom_example_has_no_other_fault() -> None:
    faults = {one.rule for one in register.lint(example("telecom")) if one.level == "fault"}
    assert faults <= OF_THE_HOUSE


def test_the_settings_of_the_example_do_not_widen_its_register() -> None:
    text = (HERE / "examples" / "municipal-websites.yaml").read_bytes()
    beside = (HERE / "examples" / "municipal-websites.desk.yaml").read_bytes()
    found = register.lint(register.draft(text, beside, name="municipal-websites.yaml"))
    assert [str(one) for one in found if one.rule == "settings"] == []


def test_findings_name_file_and_line() -> None:
    found = [one for one in register.lint(example("publications")) if one.rule == "R10"]
    assert str(found[0]).startswith("publications.yaml, line 45: a public authority cannot rely")
    assert found[0].place == "activities/service-desk/purposes/support/basis"


def test_a_document_keeps_the_line_of_every_key() -> None:
    read: Document = document("publications", {})
    assert read.line(("terms", "audit-trail", "keep")) == 22
    assert read.line(("terms", "audit-trail", "nowhere")) == 21
