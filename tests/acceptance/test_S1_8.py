"""S1.8: the intake of editors publishes in the same layout as the publication office: no automated decisions, no transfers, two
purposes of one basis and two groups of data subjects."""

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.test_S0_11 import HEADINGS, OF_A_GROUP, section
from tests.counter import Counter


@pytest.fixture
def notice(counter: Counter) -> Page:
    page = counter.page(language="nl")
    page.goto(f"{counter.house.url}/newsletter-editors/notice")
    return page


def test_the_layout_is_that_of_the_publication_office(notice: Page) -> None:
    shown = [one.strip() for one in notice.locator("article h2").all_text_contents()]
    places = [next((n for n, one in enumerate(shown) if one.startswith(wanted)), None) for wanted in HEADINGS]
    assert None not in places, shown
    assert places == sorted(places, key=lambda place: place or 0)


def test_there_are_two_purposes_of_one_basis(notice: Page) -> None:
    purposes = notice.locator("h2#purpose + dl > div").first.locator("dd p")
    assert purposes.count() == 2
    grounds = notice.locator("#basis-access + dd p").all_text_contents()
    assert grounds
    assert all(one.startswith("Uitvoering van een overeenkomst") for one in grounds)


def test_there_are_two_groups_of_people_and_nothing_is_obligatory(notice: Page) -> None:
    for group in ("editors", "user-administrators"):
        terms = notice.locator(f"h2#data-access-{group} + dl > div > dt").all_text_contents()
        assert terms == OF_A_GROUP
        expect(notice.locator(f"#obligation-access--{group} + dd")).to_contain_text("is niet verplicht")
    assert "Functie" not in section(notice, "data-access-editors")
    assert "functie" in section(notice, "data-access-user-administrators").lower()


def test_no_program_decides_and_nothing_is_transferred(notice: Page) -> None:
    assert "een medewerker met naam beslist" in section(notice, "decisions")
    assert "De gegevens blijven binnen de EU" in section(notice, "transfers")
