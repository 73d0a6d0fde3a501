"""What is recognised in whole messages, and whose it is said to be."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balie.recognition import Label, Message, recognise
from balie.recognition.tests import made_up

ALICE = {
    "from_name": "Alice Mulder",
    "from_email": "alice.mulder@example.org",
    "participants": [("Bob Jansen", "bob@desk.test")],
}


def found(text: str, language: str | None = "nl", **who: object) -> list[tuple[str, str, str]]:
    message = Message(text, language, **{**ALICE, **who})  # type: ignore[arg-type]
    return [(text[one.start : one.end], str(one.label), str(one.role)) for one in recognise(message)]


def third(text: str, language: str | None = "nl", **who: object) -> set[tuple[str, str]]:
    return {(written, label) for written, label, role in found(text, language, **who) if role == "third_party"}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("nl", "Mijn collega Jeroen van der Ploeg kan niet inloggen.", "Jeroen van der Ploeg"),
        ("nl", "Het gaat om mevrouw Willemsen, zij krijgt geen post.", "Willemsen"),
        ("en", "My colleague Thomas Fairclough cannot log in.", "Thomas Fairclough"),
        ("fi", "Asia koskee työkaveriani Mikko Virtasta.", "Mikko Virtasta"),
        ("fi", "Voisitteko soittaa Anna Korhoselle huomenna?", "Anna Korhoselle"),
    ],
)
def test_a_third_partys_name_is_found(language: str, text: str, name: str) -> None:
    assert (name, "PERSON") in third(text, language)


def test_the_signature_and_the_greeting_are_the_participants() -> None:
    text = "Beste Bob,\n\nDe printer doet het niet.\n\nMet vriendelijke groet,\n\nAlice Mulder\nT 06-12345678\nalice.mulder@example.org"
    assert third(text) == set()
    assert ("Alice Mulder", "PERSON", "participant") in found(text)
    assert ("alice.mulder@example.org", "EMAIL", "participant") in found(text)


def test_a_quoted_message_is_its_writers() -> None:
    text = (
        "Zie hieronder.\n\nAlice\n\n-----Oorspronkelijk bericht-----\nVan: Pieter Zandstra <p.zandstra@example.net>\n"
        "Verzonden: maandag 2 november 2026 12:01\nAan: desk@example.org\nOnderwerp: vraag\n\nMijn nummer is 06-22334455.\nPieter"
    )
    assert {("Pieter Zandstra", "PERSON"), ("p.zandstra@example.net", "EMAIL"), ("06-22334455", "PHONE")} <= third(text)


@pytest.mark.parametrize(
    "text",
    [
        "Factuur 2026-00418 met ordernummer 104872236 is niet betaald.",
        "KvK 51829937, RSIN 859332108, btw NL859332108B01.",
        "Versie 7.0.12.4 van de recorder, serienummer PH-88213-XK.",
        "De Stationsstraat is afgesloten.",
        "Tiketti INC0042219 voidaan sulkea, versio 3.2.1.",
        "Mail naar info@desk.example.org.",
    ],
)
def test_the_numbers_of_things_and_organisations_are_nobodys(text: str) -> None:
    assert third(text) == set()


@pytest.mark.parametrize(
    ("text", "written", "label"),
    [
        ("Haar klantnummer is TV-4471902.", "TV-4471902", "CASE_ID"),
        ("Zijn gebruikersnaam is jdevries.", "jdevries", "USERNAME"),
        ("Mijn zoon Emre is geboren op 5 mei 2014.", "5 mei 2014", "DATE_OF_BIRTH"),
        ("De heer Takens woont op Lindelaan 12a, 3811 GB Utrecht.", "Lindelaan 12a", "ADDRESS"),
        ("De heer Takens woont op Lindelaan 12a, 3811 GB Utrecht.", "3811 GB", "POSTCODE"),
        ("De telefoon van mijn collega heeft IMEI 490154203237518.", "490154203237518", "IMEI"),
        ("Haar paspoort heeft nummer NX48KR732.", "NX48KR732", "ID_DOCUMENT"),
    ],
)
def test_what_has_a_label_of_its_own_is_found(text: str, written: str, label: str) -> None:
    assert (written, label) in third(text)


@given(made_up.bsns() | made_up.ibans() | made_up.hetus())
def test_a_proven_number_of_somebody_else_is_covered(number: str) -> None:
    text = f"Dit is van mijn vader, hij heet Kees Bakker. Zijn bsn, hetu of rekeningnummer is {number}."
    covered = {at for one in recognise(Message(text, "nl", **ALICE)) for at in range(one.start, one.end)}  # type: ignore[arg-type]
    start = text.index(number)
    assert all(at in covered for at in range(start, start + len(number)) if text[at].isalnum())


SIGNS = (
    st.text()
    | st.text("0123456789@.+-() \nabNLFI:/#€>|;,Vv\u200b\u0308\u202e\U0001f600")
    | st.text("Aa\u0301 \r\n\x85\u2028.,")
)


@settings(max_examples=300)
@given(SIGNS, st.sampled_from([None, "nl", "fi", "en", "xx"]), st.text(max_size=20), st.text(max_size=20))
def test_any_message_is_read(text: str, language: str | None, name: str, address: str) -> None:
    spans = recognise(Message(text, language, name, address, [(address, name)], "NL"))
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert {one.label for one in spans} <= set(Label)
    assert {one.role for one in spans} <= {"participant", "third_party"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("before", ["", "\U0001f600 ", "\u200f", "e\u0301 "])
def test_places_are_those_of_the_text_as_given(form: str, before: str) -> None:
    text = unicodedata.normalize(form, before + "Mijn collega Zoë Väisänen heeft nummer 06-12\u200b345678.")
    third_ = [one for one in recognise(Message(text, "nl", **ALICE)) if one.role == "third_party"]  # type: ignore[arg-type]
    written = [text[one.start : one.end] for one in third_]
    assert unicodedata.normalize(form, "Zoë Väisänen") in written
    assert "06-12\u200b345678" in written


LETTERS = ["a", "A", "Aa ", "A. ", "Jan ", "van ", "mijn ", "3 maart ", "Straat 1 ", ";a", "a;b\n", "a: b\n"]
SIGNS_ALONE = [
    "1",
    "1 ",
    "@",
    "a@",
    "a@b.c ",
    "0",
    "+",
    "(0",
    "06-",
    "> ",
    ">",
    "\n",
    ": ",
    "-",
    "::",
    "\\a",
    "1.",
    "1-",
    "\u0301",
    "AB-12-",
]


@pytest.mark.parametrize("piece", [*LETTERS, *SIGNS_ALONE])
def test_time_grows_with_the_length_only(piece: str) -> None:
    """Ten times the text may not take more than some fifteen times as long: linear, with room for a busy machine."""
    short, long = (piece * (size // len(piece)) for size in (10_000, 100_000))
    assert _seconds(long) < max(16 * _seconds(short), 1.0)


def _seconds(text: str) -> float:
    """Processor time, the better of two runs."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        recognise(Message(text, "nl", **ALICE))  # type: ignore[arg-type]
        taken.append(time.process_time() - start)
    return min(taken)
