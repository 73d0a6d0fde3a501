"""S2.1: the telecom provider publishes one record of fourteen services, as processor and as controller: systems, kinds of personal
data, purposes, legal basis, sub-processors and role of each; on a wide page as a table, on a phone as cards."""

import pytest
from playwright.sync_api import Page, expect

from balie import register
from balie.register.tests.desks_read import draft_of
from tests.counter import Counter
from tests.visitor import MARIJN

SERVICES = 14


@pytest.fixture
def notice(counter: Counter) -> Page:
    page = counter.page(language="nl")
    page.goto(f"{counter.house.url}/telecom/notice")
    return page


def services() -> dict[str, dict[str, object]]:
    acts = draft_of("telecom").data["activities"]
    return {name: act for name, act in acts.items() if act.get("notice", "public") == "public"}


def test_each_service_has_its_row_with_role_systems_data_purposes_and_processors(notice: Page) -> None:
    v = draft_of("telecom")
    assert len(register.record_of(v, article="30(2)")) == SERVICES - 1
    rows = notice.locator("table.services tbody tr")
    assert rows.count() == len(services()) >= SERVICES
    for name, act in services().items():
        read = " ".join(notice.locator(f"#service-{name}").inner_text().split())
        assert str(act["name"]) in read
        role = "verwerker" if act.get("role") == "processor" else "verwerkingsverantwoordelijke"
        assert f"Onze rol: {role}." in read
        for purpose in v.data["activities"][name]["purposes"].values():
            assert purpose["what"] in read
        for line in v.shares[name]:
            who = v.data["recipients"][line.to]
            assert who["kind"] == "staff" or who["who"] in read


def test_the_columns_are_those_of_the_text(notice: Page) -> None:
    heads = notice.locator("table.services thead th").all_text_contents()
    assert heads == ["Dienst", "Persoonsgegevens", "Doeleinden", "Grondslag", "Verwerkers en andere ontvangers"]


def test_on_a_phone_each_service_is_a_card_and_nothing_runs_out_of_the_page(notice: Page) -> None:
    notice.set_viewport_size({"width": 390, "height": 844})
    assert notice.evaluate("document.documentElement.scrollWidth") <= 390
    cell = notice.locator("table.services tbody td").first
    expect(cell).to_be_visible()
    assert cell.evaluate("one => getComputedStyle(one, '::before').content") == '"Persoonsgegevens"'


def test_of_what_it_decides_itself_everything_is_told(notice: Page) -> None:
    for heading in (
        "purpose",
        "basis",
        "data-general-contacts",
        "retention",
        "sources",
        "rights",
        "objection",
        "complaint",
    ):
        expect(notice.locator(f"h2#{heading}")).to_have_count(1)


def test_the_record_for_staff_names_the_systems_of_each(counter: Counter) -> None:
    page = counter.page(MARIJN, language="nl")
    page.goto(f"{counter.house.url}/telecom/register")
    v = draft_of("telecom")
    for system in {one for act in services().values() for one in act.get("systems", ())}:  # type: ignore[attr-defined]
        expect(page.locator("main")).to_contain_text(v.data["systems"][system]["name"])


@pytest.mark.parametrize("row", services())
def test_each_row_has_an_address_of_its_own_with_its_version(counter: Counter, row: str) -> None:
    page = counter.page(language="nl")
    answer = page.goto(f"{counter.house.url}/register/telecom/{row}/versions/1")
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("main")).to_contain_text(str(services()[row]["name"]))


def test_a_category_without_a_named_member_is_in_force_with_the_officers_reason_only(counter: Counter) -> None:
    page = counter.page(MARIJN, language="nl")
    page.goto(f"{counter.house.url}/telecom/register")
    expect(page.locator("main")).to_contain_text("Geen klant besteedt het beheer van mobiele apparaten nu aan ons uit")
    recipients = draft_of("telecom").data["recipients"]
    without = [name for name, one in recipients.items() if one["kind"] == "sub-processor" and "parties" not in one]
    assert without == ["mdm-providers"]
