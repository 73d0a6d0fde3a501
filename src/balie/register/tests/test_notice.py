"""Notices: everything that Articles 13 and 14 ask stands in them, from the register alone, in the reader's language."""

import re
from dataclasses import replace
from datetime import date

import pytest

from balie import register
from balie.register import Notice, Version
from balie.register.places import erase_rule
from balie.register.telling import text_of
from balie.register.telling.phrases import table
from balie.register.telling.reader import Reader
from balie.register.tests.desks_read import answers_of, draft_of

LANGUAGES = ("nl", "fi", "sv", "en")


def in_force(desk: str, *changes: tuple[str, str]) -> Version:
    v = draft_of(desk, *changes)
    return replace(v, number=3, in_force_since=date(2026, 11, 24), answers=answers_of(desk))


def told(desk: str, language: str, audience: str = "public", *changes: tuple[str, str]) -> Notice:
    return register.notice_for(in_force(desk, *changes), audience=audience, language=language)  # type: ignore[arg-type]


def part(notice: Notice, name: str) -> str:
    return text_of(notice.section(name))


def test_the_publication_office_is_told_in_the_layout_of_the_dutch_record() -> None:
    notice = told("publications", "nl")
    headings = [section.heading.partition(":")[0] for section in notice.sections]
    assert list(dict.fromkeys(headings))[:11] == [
        "Gegevensverwerking",
        "Doel van de verwerking",
        "Rechtsgrond",
        "Betrokkenen en gegevens",
        "Automatische besluitvorming",
        "Ontvangers",
        "Doorgifte buiten EU",
        "Verantwoordelijken",
        "Functionaris gegevensbescherming",
        "Contactpersonen",
        "Gerelateerde verwerkingen",
    ]
    labels = [row.label for row in notice.section("data-service-desk-reporter").rows]
    assert labels == ["Betrokkene(n)", "Persoonsgegevens", "Verzameldoel", "Bewaartermijn", "Bron", "Aanleverplicht"]
    assert [row.label for row in notice.section("head").rows] == ["Omschrijving", "Organisatie", "Referentienummer"]


def test_the_advice_line_is_told_as_a_tietosuojaseloste() -> None:
    headings = [section.heading.partition(": ")[0] for section in told("citizens-advice", "fi").sections]
    for heading in (
        "Rekisterin nimi",
        "Rekisterinpitäjä",
        "Yhteyshenkilöt rekisteriä koskevissa asioissa",
        "Henkilötietojen käsittelyn tarkoitus",
        "Rekisterin tietosisältö",
        "Säännönmukaiset tietolähteet",
        "Tietojen säännönmukaiset luovutukset",
        "Tietojen siirto EU:n tai Euroopan talousalueen ulkopuolelle",
        "Rekisterin suojauksen periaatteet",
        "Rekisteröidyn oikeudet",
        "Tietojen säilytysaika",
    ):
        assert heading in headings
    paper, system = told("citizens-advice", "fi").section("protection").rows
    assert (paper.label, system.label) == ("A. Manuaalinen aineisto", "B. Tietojärjestelmä")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("13(1)(a) who", "Name: Example Agency"),
        ("13(1)(a) how to reach them", "kirjaamo@citizens-advice.test"),
        ("13(1)(b) the officer", "tietosuoja@citizens-advice.test"),
        ("13(1)(c) what for", "Passing feedback about public bodies on"),
        ("13(1)(c) on what ground", "Task in the public interest (GDPR, Article 6(1)(e))"),
        ("6(1)(a) and consent", "Name: only with consent as well (GDPR, Article 6(1)(a))"),
        ("6(3) the law", "section 8 of the Administrative Procedure Act"),
        (
            "13(1)(e) to whom",
            "The authority whose service the matter concerns: of e-mail address and phone number no more than one goes along",
        ),
        ("13(1)(f) where", "The data stay within the EEA"),
        ("13(2)(a) how long", "2 years after the last contact"),
        ("13(2)(a) at the latest", "the data go 3 years after recording at the latest"),
        ("13(2)(b) rights", "You can ask for erasure (Article 17)"),
        ("13(2)(b) restriction", "restrict the use (Article 18)"),
        ("13(2)(b) portability", "(Article 20)"),
        ("13(2)(c) withdrawing consent", "Consent can be withdrawn at any time"),
        ("13(2)(d) complaint", "Office of the Data Protection Ombudsman"),
        ("13(2)(e) obliged", "What is needed to handle the ticket must be given"),
        ("13(2)(e) and if not", "Without an e-mail address or a phone number we cannot answer"),
        ("13(2)(f) decisions", "No decision about you is taken by a program alone"),
        ("14(1)(d) what", "Content of the request and the answers"),
        ("14(2)(f) from where", "Call management"),
        ("21 objecting", "You have the right to object"),
        ("32 protection", "All personal data are stored encrypted"),
        ("erased everywhere", "unreadable in every backup, too, 14 days later"),
        ("ePrivacy 5(3)", "session (necessary)"),
        ("raw mail", "72 hours after recording"),
        ("S4.2 the name", "Only on a condition: Name. The name is needed to answer or to come back to the matter."),
        ("S4.2 and consent", "And only with the person's consent."),
        ("S4.7 reports", "Nobody who contacted us is named or can be recognised"),
        ("S4.8 no paper", "There is no paper: nothing is printed or exported as a file"),
        ("S4.9 closed", "Only the controller uses this register; nobody from outside has access"),
        ("which version", "3, in force from 24 November 2026"),
    ],
)
def test_what_the_articles_ask_is_there(what: str, words: str) -> None:
    assert words in told("citizens-advice", "en").text(), what


def test_the_right_to_object_stands_apart_with_the_interest_named() -> None:
    notice = told("publications", "nl")
    assert [section.id for section in notice.sections if section.apart] == ["objection"]
    assert "U kunt bezwaar maken" in part(notice, "objection")
    assert "Het belang: Wie een toepassing van het bureau gebruikt" in part(notice, "basis")


def test_who_cannot_object_is_not_told_that_one_can() -> None:
    notice = told("citizens-advice", "fi", "public", *[("basis: public-task", "basis: legal-obligation")] * 2)
    assert not notice.right_to_object
    assert not [section for section in notice.sections if section.apart]
    assert "21 artikla" not in part(notice, "rights")


def test_doubts_are_shown_with_the_officer_s_answer() -> None:
    shown = part(told("publications", "en"), "doubts")
    assert "R10 [6(1) second subparagraph]: May a public body rely on a legitimate interest here?" in shown
    assert "The office answers reports without a law" in shown
    assert "Data protection officer; to be looked at again on 1 November 2027." in shown
    with pytest.raises(KeyError):
        told("citizens-advice", "en").section("doubts")


def test_staff_are_told_of_every_activity_and_of_what_the_record_adds() -> None:
    public, staff = told("citizens-advice", "fi"), told("citizens-advice", "fi", "staff")
    assert public.activities == ("advice", "evidence")
    assert staff.activities == ("advice", "agents", "evidence")
    assert "Neuvojat" in part(staff, "data-agents-staff")
    assert "rekisterinpitäjä" in part(staff, "operations")
    assert "Puheluiden hallinta" in part(staff, "systems")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_is_wholly_in_its_language(language: str) -> None:
    notice = told("citizens-advice", language, "staff")
    others = {"nl": "Rekisteri", "fi": "ticket", "sv": "Säilytys", "en": "Oikeus"}
    if language in ("fi", "sv", "en"):
        assert others[language] not in notice.text()
    assert notice.section("rights").heading == table()["heading.rights"][language]


def test_a_language_without_phrases_is_read_in_english_with_the_register_s_own_sentences() -> None:
    notice = told("publications", "de")
    assert notice.section("rights").heading == "Your rights"
    assert "Iedereen die iets meldt" in notice.text()


def test_in_short_says_what_is_asked_how_long_and_who_else() -> None:
    brief = {line.icon: line.text for line in told("citizens-advice", "en").brief}
    assert brief["message"].endswith("request and the answers and e-mail address or phone number (one of these).")
    assert brief["user-off"] == "Name: only when it is needed and you agree"
    assert brief["hourglass"] == "We keep it 2 years after the last contact."
    assert "The authority whose service the matter concerns" in brief["arrow-forward-up"]
    assert brief["world-off"] == "The data stay within the EEA."


def test_what_is_permanent_is_said_in_short() -> None:
    brief = " ".join(line.text for line in told("publications", "en").brief)
    assert "1 year after the ticket is closed; permanently; on 1 November 2027 it is asked" in brief


def test_placeholders_and_avoided_items_are_told() -> None:
    shown = part(told("publications", "en"), "data-service-desk-reporter")
    assert "Family name: if this is missing, «dummy» stands there." in shown
    assert "Avoided: Gender." in shown


def test_suppliers_are_told_by_name_with_condition_and_end() -> None:
    shown = part(told("publications", "nl"), "recipients")
    assert "Dat zijn nu: Voorbeeldsoft B.V. (Nederland)." in shown
    assert "Alleen als een medewerker per melding vaststelt: De aard en de inhoud" in shown
    assert "De toegang duurt tot de melding wordt gesloten." in shown


def test_every_phrase_has_all_languages_and_the_same_names_in_each() -> None:
    for key, phrase in table().items():
        assert set(phrase) == set(LANGUAGES), key
        names = {language: sorted(re.findall(r"{(\w+)}", text)) for language, text in phrase.items()}
        assert len({tuple(found) for found in names.values()}) == 1, key


@pytest.mark.parametrize(
    ("keep", "words"),
    [
        (
            "2 years after ticket.last-contact",
            {"nl": "2 jaar na het laatste contact", "fi": "2 vuotta viimeisestä yhteydenotosta"},
        ),
        (
            "1 month after ticket.closed",
            {"sv": "1 månad efter att ärendet avslutats", "en": "1 month after the ticket is closed"},
        ),
        ("when organisation.left", {"nl": "tot de organisatie vertrekt", "fi": "kunnes organisaatio lähtee"}),
        ("each January after person.left", {"nl": "tot de eerste dag van januari na het vertrek van de betrokkene"}),
        ("each January after person.left", {"fi": "seuraavaan tammikuun alkuun henkilön lähdöstä"}),
        ("permanent", {"sv": "varaktigt; behovet ses över 1 november 2027"}),
        (
            "72 hours after item.collected",
            {"fi": "72 tuntia tallentamisesta", "sv": "72 timmar efter att uppgiften sparats"},
        ),
    ],
)
def test_terms_are_said_in_words(keep: str, words: dict[str, str]) -> None:
    data = {"terms": {"x": {"keep": keep, "why": "Because.", "review": "2027-11-01"}}}
    v = draft_of("publications")
    for language, said in words.items():
        assert Reader(v, language, {}).term(erase_rule(data, "x")) == said


def test_an_authority_without_a_name_here_is_named_by_its_country() -> None:
    notice = told("publications", "en", "public", ("country: NL\n  visiting", "country: BE\n  visiting"))
    assert "the data protection authority of Belgium" in part(notice, "complaint")
