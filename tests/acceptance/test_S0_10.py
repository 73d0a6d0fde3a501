"""S0.10: nothing is transferred outside the EU or to an international organisation; whether the border is EU or EEA is the register's
word."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.counter import Counter
from tests.registers import changed, reworded


@pytest.mark.parametrize(
    ("language", "heading", "told"),
    [
        ("nl", "Doorgifte buiten EU", "internationale organisatie"),
        ("en", "Transfers outside the EU", "international organisation"),
    ],
)
def test_the_notice_says_that_nothing_leaves(counter: Counter, language: str, heading: str, told: str) -> None:
    page = counter.page(language=language)
    page.goto(f"{counter.house.url}/publications/notice")
    found = page.get_by_role("heading", name=heading)
    expect(found).to_be_visible()
    assert told in found.locator("xpath=following-sibling::p[1]").inner_text()


def elsewhere(place: str) -> Any:
    def change(data: dict[str, Any]) -> None:
        if place == "a recipient":
            data["recipients"]["suppliers"]["country"] = "NO"
        elif place == "a party of a category":
            data["recipients"]["suppliers"]["parties"].append({"name": "Eksempel AS", "country": "NO"})
        else:
            data["systems"]["desk"]["country"] = "US"

    return change


@pytest.mark.parametrize("place", ["a recipient", "a party of a category", "a system"])
def test_a_register_that_names_somebody_outside_is_never_in_force(counter: Counter, tmp_path: Path, place: str) -> None:
    told = counter.house.balie("desk", "adopt", str(changed("publications", tmp_path, elsewhere(place))), status=1)
    assert "is outside the EU, and `transfers` does not name it" in told.stderr
    assert "44, 13(1)(f)" in told.stderr


def test_the_border_is_the_registers_word(counter: Counter, tmp_path: Path) -> None:
    """Norway is in the EEA and not in the EU: the same recipient is fit for the one register and not for the other."""
    file = changed("publications", tmp_path, elsewhere("a recipient"))
    assert counter.house.balie("register", "check", str(file), status=1)
    wider = file.read_text("utf-8").replace("stays-in: EU\n", "stays-in: EEA\n")
    file.write_text(wider, "utf-8")
    assert "fault" not in counter.house.balie("register", "check", str(file), status=0).stdout


def test_what_is_sent_goes_to_the_desks_own_relay_only(counter: Counter) -> None:
    """The only way out that exists is mail to whoever asked; there is none to a recipient elsewhere."""
    asked = counter.ask("publications", "Alleen antwoord", "Waar staat het?")
    counter.sent_to(asked.sender)
    kinds = {
        kind for (kind,) in counter.house.rows("SELECT DISTINCT kind FROM post_outgoing WHERE desk = 'publications'")
    }
    assert kinds <= {"answer", "acknowledgement", "checkpoint"}, kinds


def test_a_transfer_needs_its_safeguard_in_the_register(counter: Counter, tmp_path: Path) -> None:
    file = reworded(
        "publications",
        tmp_path,
        "stays-in: EU\n",
        "stays-in: EU\ntransfers:\n  - {to: suppliers, country: US, safeguard: goodwill, explanation: Wij vertrouwen erop.}\n",
    )
    told = counter.house.balie("desk", "adopt", str(file), status=1)
    assert "safeguard" in told.stderr
