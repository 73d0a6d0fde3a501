"""S0.11: the publication office publishes its record as Dutch public bodies do, with every heading that the text has, in its order; a
reader finds it on a screen, on a phone, in large type and on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Counter

HEADINGS = [
    *("Gegevensverwerking", "Doel van de verwerking", "Rechtsgrond", "Betrokkenen en gegevens"),
    *(
        "Automatische besluitvorming",
        "Ontvangers",
        "Doorgifte buiten EU",
        "Verantwoordelijken",
        "Gerelateerde verwerkingen",
    ),
]
OF_A_GROUP = ["Betrokkene(n)", "Persoonsgegevens", "Verzameldoel", "Bewaartermijn", "Bron", "Aanleverplicht"]
FACTS = {
    "head": ["Servicedesk van het publicatiebureau", "Rijksbureau Voorbeeldpublicaties", "VB-0117"],
    "purpose": ["Vragen, storingen en ingestuurde formulieren over alle toepassingen van het bureau behandelen"],
    "basis": ["Gerechtvaardigd belang", "moet met elke melding op één plaats terechtkunnen"],
    "data-service-desk-reporter": [
        *("Nodig: Achternaam", "Gebruikelijk, niet verplicht: Telefoonnummer", "Wordt vermeden: Geslacht"),
        *("1 jaar na het sluiten van de melding", "«dummy»", "kunnen wij u niet laten weten"),
    ],
    "decisions": ["een medewerker met naam beslist"],
    "recipients": ["Leveranciers met wie het bureau een contract heeft", "Voorbeeldsoft B.V."],
    "transfers": ["De gegevens blijven binnen de EU"],
    "controller": ["Voorbeeldlaan 1", "Postbus 0"],
    "related": ["Aanvragen van accounts"],
}


_READ = """(heading) => {
    let read = "";
    for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling)
        read += next.textContent + " ";
    return read;
}"""


@pytest.fixture
def notice(counter: Counter) -> Page:
    page = counter.page(language="nl")
    page.goto(f"{counter.house.url}/publications/notice")
    return page


def section(page: Page, name: str) -> str:
    """What is read between a heading and the next."""
    return " ".join(str(page.locator(f"h2#{name}").evaluate(_READ)).split())


def test_every_heading_of_the_text_is_there_in_its_order(notice: Page) -> None:
    shown = [one.strip() for one in notice.locator("article h2").all_text_contents()]
    places = [next((n for n, one in enumerate(shown) if one.startswith(wanted)), None) for wanted in HEADINGS]
    assert None not in places, shown
    assert places == sorted(places, key=lambda place: place or 0)
    for name in ("data-service-desk-reporter", "data-agents-staff"):
        terms = notice.locator(f"h2#{name} + dl > div > dt").all_text_contents()
        assert terms == OF_A_GROUP


@pytest.mark.parametrize("name", FACTS)
def test_what_stands_under_it_is_what_the_register_says(notice: Page, name: str) -> None:
    read = section(notice, name)
    for wanted in FACTS[name]:
        assert wanted in read


def test_each_thing_that_the_law_asks_to_be_told_leads_to_its_place(notice: Page) -> None:
    notice.locator("#clauses summary").click()
    links = notice.locator("#clauses a")
    assert links.count() >= 13
    for link in links.all():
        target = str(link.get_attribute("href"))
        expect(notice.locator(target)).to_have_count(1)


@pytest.mark.parametrize("zoom", [1, 2])
def test_on_a_phone_and_in_large_type_nothing_runs_out_of_the_page(notice: Page, zoom: int) -> None:
    notice.set_viewport_size({"width": 390, "height": 844})
    notice.evaluate(f"document.documentElement.style.fontSize = '{zoom * 100}%'")
    for details in notice.locator("article details").all():
        details.evaluate("one => one.open = true")
    assert notice.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_paper_it_is_the_text_alone_and_every_kind_of_data_is_there(notice: Page) -> None:
    notice.emulate_media(media="print")
    expect(notice.locator("h1")).to_be_visible()
    for gone in ("nav.toc", ".house nav", "[data-print]"):
        expect(notice.locator(gone).first).to_be_hidden()
    assert re.search(
        r"Faxnummer",
        notice.locator("details.by-item td, details.by-item th").first.locator("xpath=ancestor::table").inner_text(),
    )
