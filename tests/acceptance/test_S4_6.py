"""S4.6: nothing leaves the EU or the EEA."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.counter import Counter
from tests.registers import changed


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fi", "Tietojen siirto EU:n tai Euroopan talousalueen ulkopuolelle"),
        ("sv", "Överföring av uppgifter utanför EU"),
        ("en", "Transfers outside the EU or the European Economic Area"),
    ],
)
def test_the_notice_says_so_in_each_language(counter: Counter, language: str, heading: str) -> None:
    page = counter.page(language=language)
    page.goto(f"{counter.house.url}/citizens-advice/notice")
    found = page.get_by_role("heading", name=heading)
    expect(found).to_be_visible()
    assert found.locator("xpath=following-sibling::p[1]").inner_text().strip()


@pytest.mark.parametrize(("country", "fits"), [("SE", True), ("NO", True), ("US", False), ("GB", False), ("CH", False)])
def test_a_recipient_outside_is_never_in_force(counter: Counter, tmp_path: Path, country: str, fits: bool) -> None:
    def change(data: dict[str, Any]) -> None:
        data["recipients"]["competent-authority"]["country"] = country

    file = str(changed("citizens-advice", tmp_path, change))
    told = counter.house.balie("register", "check", file, status=0 if fits else 1)
    assert ("is outside the EEA" in told.stdout) != fits


def test_nor_is_a_recipient_of_whom_nobody_says_where_it_is(counter: Counter, tmp_path: Path) -> None:
    file = changed("citizens-advice", tmp_path, lambda data: data["recipients"]["competent-authority"].pop("country"))
    assert "say in which country" in counter.house.balie("desk", "adopt", str(file), status=1).stderr


def test_nor_a_system_that_stands_elsewhere(counter: Counter, tmp_path: Path) -> None:
    file = changed("citizens-advice", tmp_path, lambda data: data["systems"]["desk"].update(country="US"))
    assert "is outside the EEA" in counter.house.balie("desk", "adopt", str(file), status=1).stderr
