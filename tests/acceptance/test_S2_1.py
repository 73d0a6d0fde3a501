"""S2.1: one record with fourteen rows of services, each with its systems, kinds of data, purposes, basis, sub-processors and role: the
controller's record (30(1)) and the processor's (30(2)), published by the desk and obeyed by it."""

import pytest
import yaml
from django.conf import settings
from playwright.sync_api import expect

from tests.counter import Counter
from tests.visitor import MARIJN

REGISTER = yaml.safe_load((settings.PACKAGE / "desks" / "telecom.yaml").read_text("utf-8"))
ROWS = {
    name: act for name, act in REGISTER["activities"].items() if str(act.get("number", "")).startswith("VL-AVG-02.")
}


def test_there_are_fourteen_rows_one_of_them_our_own() -> None:
    assert [act["number"] for act in ROWS.values()] == [f"VL-AVG-02.{number:02}" for number in range(1, 15)]
    assert [name for name, act in ROWS.items() if act.get("role") != "processor"] == ["general"]


@pytest.mark.parametrize("row", ROWS)
def test_each_row_is_published_with_its_purpose_its_data_and_to_whom_they_go(counter: Counter, row: str) -> None:
    act = ROWS[row]
    text = counter.visitor(MARIJN).get("/telecom/notice?language=nl").text
    for told in (
        act["name"],
        *(one["what"] for one in act["purposes"].values()),
        *(one["who"] for one in act["people"].values()),
    ):
        assert _escaped(told) in text, told
    for name in _sub_processors(act):
        assert _escaped(REGISTER["recipients"][name]["who"]) in text


def test_the_record_for_staff_adds_role_operations_and_systems(counter: Counter) -> None:
    page = counter.page(MARIJN, language="nl")
    page.goto(f"{counter.house.url}/telecom/register")
    for system in {one for act in ROWS.values() for one in act["systems"]}:
        expect(page.locator("main")).to_contain_text(REGISTER["systems"][system]["name"])
    expect(page.locator("main")).to_contain_text("verwerker")


@pytest.mark.parametrize("row", ROWS)
def test_each_row_has_an_address_of_its_own_with_its_version(counter: Counter, row: str) -> None:
    page = counter.page(language="nl")
    answer = page.goto(f"{counter.house.url}/register/telecom/{row}/versions/1")
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("main")).to_contain_text(ROWS[row]["name"])


def test_a_category_without_a_named_member_is_in_force_with_the_officers_reason_only(counter: Counter) -> None:
    page = counter.page(MARIJN, language="nl")
    page.goto(f"{counter.house.url}/telecom/register")
    expect(page.locator("main")).to_contain_text("Geen klant besteedt het beheer van mobiele apparaten nu aan ons uit")
    without = [
        name for name, one in REGISTER["recipients"].items() if one["kind"] == "sub-processor" and "parties" not in one
    ]
    assert without == ["mdm-providers"]


def _sub_processors(act: dict[str, object]) -> list[str]:
    lines = act.get("share", "none")
    return [] if lines == "none" else [one if isinstance(one, str) else one["with"] for one in lines]  # type: ignore[attr-defined,union-attr]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")
