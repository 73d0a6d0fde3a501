"""S4.8: the advice line publishes what a Finnish register notice names, and what the GDPR adds, in Finnish, Swedish and English; and
there is no manual material: nothing is printed and nothing is exported as a file."""

import re

import pytest
import yaml
from django.conf import settings
from playwright.sync_api import expect

from tests.counter import Asked, Counter
from tests.visitor import KERTTU, NOOR, TUULIA

# The headings of a notice in the order in which such notices have them, and those that the GDPR adds.
HEADINGS = {
    "fi": [
        *("Rekisterin nimi", "Rekisterinpitäjä", "Yhteyshenkilöt rekisteriä koskevissa asioissa"),
        *("Henkilötietojen käsittelyn tarkoitus", "Rekisterin tietosisältö", "Säännönmukaiset tietolähteet"),
        *("Tietojen säännönmukaiset luovutukset", "Tietojen siirto EU:n tai Euroopan talousalueen ulkopuolelle"),
        "Rekisterin suojauksen periaatteet",
    ],
    "sv": [
        *("Registrets namn", "Personuppgiftsansvarig", "Kontaktpersoner i ärenden som gäller registret"),
        *("Ändamålet med behandlingen", "Registrets datainnehåll", "Regelmässiga uppgiftskällor"),
        *("Regelmässigt utlämnande av uppgifter", "Överföring av uppgifter utanför EU"),
        "Principerna för skyddet av registret",
    ],
    "en": [
        *("Name of the register", "Controller", "Contacts for matters of this register"),
        *("Purpose of the processing", "Content of the register", "Regular sources"),
        *("Regular disclosures", "Transfers outside the EU or the European Economic Area"),
        "Principles of protection",
    ],
}
ADDED = {
    "fi": [
        "oikeusperuste",
        "säilytysaika",
        "oikeudet",
        "Oikeus vastustaa",
        "Valitusoikeus",
        "Automaattinen",
        "Tietosuojavastaava",
    ],
    "sv": [
        "Rättslig grund",
        "Lagringstid",
        "rättigheter",
        "Rätten att göra invändningar",
        "klagomål",
        "Automatiserat",
        "Dataskyddsombud",
    ],
    "en": [
        "Legal basis",
        "How long",
        "rights",
        "Right to object",
        "Complaints",
        "Automated",
        "Data protection officer",
    ],
}
FACTS = {
    "fi": (
        "Neuvontapalvelun asiakasrekisteri",
        "Neuvonnan vastaava",
        "2 vuotta viimeisestä yhteydenotosta",
        "Esimerkkikuja 1",
    ),
    "sv": ("Rådgivningstjänstens kundregister", "Ansvarig för rådgivningen", "2 år efter", "Esimerkkikuja 1"),
    "en": (
        "Customer register of the advice service",
        "Head of advice",
        "2 years after the last contact",
        "Esimerkkikuja 1",
    ),
}


def translations() -> list[dict[str, str]]:
    text = (settings.PACKAGE / "desks" / "citizens-advice.yaml").read_text("utf-8")
    return list(yaml.safe_load(text)["translations"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_notice_has_every_heading_in_its_order(counter: Counter, language: str) -> None:
    page = counter.page(language=language)
    page.goto(f"{counter.house.url}/citizens-advice/notice")
    expect(page.locator("html")).to_have_attribute("lang", language)
    shown = [one.strip() for one in page.locator("article h2").all_text_contents()]
    places = [
        next((place for place, one in enumerate(shown) if one.startswith(wanted)), None)
        for wanted in HEADINGS[language]
    ]
    assert None not in places, (shown, places)
    assert places == sorted(places, key=lambda place: place or 0)
    for wanted in ADDED[language]:
        assert any(wanted in one for one in shown), (wanted, shown)
    for wanted in FACTS[language]:
        expect(page.locator("article")).to_contain_text(wanted)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_is_in_one_language_from_top_to_bottom(counter: Counter, language: str) -> None:
    page = counter.page(language=language)
    page.goto(f"{counter.house.url}/citizens-advice/notice")
    shown = page.locator("article").inner_text()
    for entry in translations():
        for other in {"fi", "sv", "en"} - {language}:
            stray = entry[other] != entry[language] and entry[other] not in entry[language] and entry[other] in shown
            assert not stray, entry[other]


def test_one_chooses_the_language_on_the_page_and_it_needs_no_script_and_no_cookie(counter: Counter) -> None:
    page = counter.page(language="nl", script=False)
    page.goto(f"{counter.house.url}/citizens-advice/notice")
    for name, language in (("Suomi", "fi"), ("Svenska", "sv"), ("English", "en")):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.context.cookies() == []


def test_contacts_are_named_by_role_and_never_as_persons(counter: Counter) -> None:
    page = counter.page(language="fi")
    page.goto(f"{counter.house.url}/citizens-advice/notice")
    shown = page.locator("article").inner_text()
    for staff in ("Kerttu", "Lauttala", "Aapo", "Rintaniemi", "Tuulia", "Kankaala"):
        assert staff not in shown


@pytest.fixture
def asked(counter: Counter) -> Asked:
    return counter.ask("citizens-advice", "Tulostamisesta", "Saako tämän paperille?")


@pytest.mark.parametrize("place", ["ticket", "tickets", "search", "calls", "register"])
def test_no_page_of_this_desk_goes_on_paper(counter: Counter, asked: Asked, place: str) -> None:
    path = {"ticket": asked.path}.get(place, f"/citizens-advice/{place}")
    page = counter.page(KERTTU)
    page.goto(counter.house.url + path)
    expect(page.locator("main")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("main")).to_be_hidden()
    assert "Tulostamisesta" not in page.locator("body").inner_text()


def test_the_other_desk_whose_register_allows_it_does_print(counter: Counter) -> None:
    other = counter.ask("publications", "Afdrukken", "Mag dit op papier?")
    with counter.opened(NOOR, other) as page:
        page.emulate_media(media="print")
        expect(page.locator("main")).to_be_visible()


@pytest.mark.parametrize("who", [KERTTU, TUULIA], ids=lambda who: who.roles[0])
def test_nothing_at_this_desk_is_offered_as_a_file(counter: Counter, asked: Asked, who: object) -> None:
    visitor = counter.visitor(who)  # type: ignore[arg-type]
    for path in (asked.path, "/citizens-advice/tickets", "/citizens-advice/search", "/citizens-advice/register"):
        answer = visitor.get(path)
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "Content-Disposition" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        main = answer.text.split("<main")[1].lower()
        assert " download" not in main
        assert "data-print" not in main
        for place in re.findall(r'(?:href|action|formaction)="([^"]*)"', main):
            assert not re.search(r"export|print|csv|pdf|download|attachment", place)
