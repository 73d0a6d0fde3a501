"""S1.8: no automated decisions, no transfers, published as S0.11 is: with two purposes of one basis and two groups of people."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Counter

HEADINGS = (
    "Doel van de verwerking",
    "Betrokkenen en gegevens",
    "Automatische besluitvorming",
    "Ontvangers",
    "Doorgifte buiten EU",
)


@pytest.fixture
def notice(counter: Counter) -> Page:
    page = counter.page(language="nl")
    page.goto(f"{counter.house.url}/newsletter-editors/notice")
    return page


def test_it_has_the_layout_of_the_public_record(counter: Counter, notice: Page) -> None:
    mine = notice.locator("article h2").all_inner_texts()
    notice.goto(f"{counter.house.url}/publications/notice?language=nl")
    theirs = notice.locator("article h2").all_inner_texts()
    plain = [re.sub(r":.*", "", one).strip() for one in mine]
    assert [one for one in plain if one in {re.sub(r":.*", "", two).strip() for two in theirs}]
    order = [one for one in dict.fromkeys(plain) if one in HEADINGS]
    assert order == [one for one in dict.fromkeys(re.sub(r":.*", "", two).strip() for two in theirs) if one in HEADINGS]


def test_two_purposes_rest_on_one_basis(notice: Page) -> None:
    text = notice.locator("article").inner_text()
    assert "Beoordelen wie bij de e-maildiensten mag" in text
    assert "Redacteurs en gebruikersbeheerders als eerste helpen" in text
    assert "Uitvoering van een overeenkomst" in text or "uitvoering van een overeenkomst" in text.lower()


def test_two_groups_of_people_stand_each_apart(notice: Page) -> None:
    for who in ("Redacteurs van nieuwsbrieven, persberichten en uitnodigingen", "Gebruikersbeheerders, die namens"):
        expect(notice.locator("article").get_by_text(who).first).to_be_visible()


def test_nothing_is_decided_by_a_machine_and_nothing_leaves(notice: Page) -> None:
    decisions = notice.get_by_role("heading", name="Automatische besluitvorming")
    assert re.search("geen|niet", decisions.locator("xpath=following-sibling::p[1]").inner_text())
    transfers = notice.get_by_role("heading", name="Doorgifte buiten EU")
    assert "internationale organisatie" in transfers.locator("xpath=following-sibling::p[1]").inner_text()


def test_it_names_both_recipients_the_officer_and_who_answers_for_it(notice: Page) -> None:
    for told in (
        "Voorbeeldmail B.V.",
        "Voorbeeldbeheer B.V.",
        "De Minister van Berichten",
        "fg@newsletter-editors.test",
    ):
        expect(notice.locator("article")).to_contain_text(told)
    expect(notice.locator("article")).to_contain_text("De directeur van de Voorbeelddienst Berichten")
