"""S0.11: what the publication office publishes of its record: every element that the public register names, in its order, readable by
anyone without signing in."""

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Counter

# What is published, and where it is read in the register of this desk.
ELEMENTS = {
    "name": "Servicedesk van het publicatiebureau",
    "organisation": "Voorbeeldministerie, Rijksbureau Voorbeeldpublicaties",
    "reference number": "VB-0117",
    "purposes": "Vragen, storingen en ingestuurde formulieren over alle toepassingen van het bureau behandelen",
    "legal basis": "Gerechtvaardigd belang",
    "data subjects": "Iedereen die iets meldt",
    "data": "Achternaam",
    "retention": "1 jaar na het sluiten van de melding",
    "source": "betrokkene",
    "what follows if it is not provided": "Zonder naam kunnen wij u niet laten weten wat er met uw melding is gedaan.",
    "recipients": "Leveranciers met wie het bureau een contract heeft",
    "a recipient's condition": "De aard en de inhoud van deze melding",
    "controller": "De directeur van het Rijksbureau Voorbeeldpublicaties",
    "visiting address": "Voorbeeldlaan 1, 0000 AA Voorbeeldstad",
    "postal address": "Postbus 0, 0000 AB Voorbeeldstad",
    "related processing": "Aanvragen van accounts",
}
ORDER = (
    "Doel",
    "Betrokkenen en gegevens",
    "Automatische besluitvorming",
    "Ontvangers",
    "Doorgifte buiten EU",
    "Verantwoordelijken",
)


@pytest.fixture
def notice(counter: Counter) -> Page:
    page = counter.page(language="nl")
    page.goto(f"{counter.house.url}/publications/notice")
    return page


@pytest.mark.parametrize("element", ELEMENTS)
def test_it_is_published(notice: Page, element: str) -> None:
    text = " ".join(notice.locator("article").inner_text().split())
    assert ELEMENTS[element].casefold() in text.casefold()


def test_in_the_order_of_the_public_record(notice: Page) -> None:
    shown = notice.locator("article h2").all_inner_texts()
    places = [next((at for at, one in enumerate(shown) if one.startswith(wanted)), None) for wanted in ORDER]
    assert None not in places, shown
    assert places == sorted(places, key=lambda place: place or 0)


def test_whether_one_is_obliged_stands_with_each_group(notice: Page) -> None:
    expect(notice.locator("article")).to_contain_text("Aanleverplicht")


def test_that_no_machine_decides_and_nothing_leaves_is_said(notice: Page) -> None:
    for heading in ("Automatische besluitvorming", "Doorgifte buiten EU"):
        told = notice.get_by_role("heading", name=heading).locator("xpath=following-sibling::p[1]").inner_text()
        assert any(word in told.lower() for word in ("geen", "niet", "niets")), told


def test_anyone_reads_it_without_signing_in_and_without_a_cookie(counter: Counter, notice: Page) -> None:
    assert notice.context.cookies() == []
    expect(notice.get_by_role("heading", level=1)).to_be_visible()
