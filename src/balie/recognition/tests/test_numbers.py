"""A number with right check digits is found wherever it stands; one that only looks like it is not."""

import pytest
from hypothesis import given
from stdnum import luhn
from stdnum.fi import hetu

from balie.recognition import Label, Participants, look_through
from balie.recognition.tests import made_up


def found(text: str, country: str = "NL") -> list[tuple[str, str]]:
    spans = look_through(text, participants=Participants(), country=country)
    return [(text[span.start : span.end], span.label) for span in spans]


@given(made_up.beginnings, made_up.bsns(), made_up.endings)
def test_every_bsn_is_found_at_a_dutch_desk(before: str, number: str, after: str) -> None:
    assert (number, Label.BSN) in found(f"{before}{number}{after}")


@given(made_up.bsns())
def test_a_bsn_is_found_at_any_desk_when_the_words_say_what_it_is(number: str) -> None:
    assert found(f"Mijn burgerservicenummer is {number}.", "FI") == [(number, Label.BSN)]


@given(made_up.beginnings, made_up.hetus(), made_up.endings)
def test_every_hetu_is_found(before: str, number: str, after: str) -> None:
    for country in ("FI", "NL"):
        assert (number, Label.HETU) in found(f"{before}{number}{after}", country)


@given(made_up.beginnings, made_up.ibans(), made_up.endings)
def test_every_iban_is_found(before: str, number: str, after: str) -> None:
    assert (number, Label.IBAN) in found(f"{before}{number}{after}")


@given(made_up.beginnings, made_up.cards(), made_up.endings)
def test_every_card_is_found(before: str, number: str, after: str) -> None:
    assert (number, Label.CREDIT_CARD) in found(f"{before}{number}{after}")


@given(made_up.digits(8), made_up.digits(1))
def test_nine_digits_without_a_right_check_are_no_bsn(eight: str, last: str) -> None:
    if int(last) != made_up.bsn_check(eight):
        assert (eight + last, Label.BSN) not in found(f"mijn bsn is {eight}{last}")


@given(made_up.hetus(), made_up.digits(1))
def test_a_wrong_check_sign_makes_no_hetu(number: str, last: str) -> None:
    wrong = number[:-1] + last
    if not hetu.is_valid(wrong.replace("–", "-"), allow_temporary=True):
        assert not any(label == Label.HETU for _, label in found(wrong, "FI"))


@given(made_up.ibans(), made_up.digits(1))
def test_a_wrong_digit_makes_no_iban(number: str, last: str) -> None:
    if number[-1] != last:
        assert not any(label == Label.IBAN for _, label in found(number[:-1] + last))


@given(made_up.digits(16))
def test_sixteen_digits_without_a_right_check_are_no_card(number: str) -> None:
    if not luhn.is_valid(number):
        assert not any(label == Label.CREDIT_CARD for _, label in found(number))


@pytest.mark.parametrize(
    "text",
    [
        "Ticket 111222333 staat nog open.",
        "ticketnummer: 111222333",
        "Uw ordernummer is 111222333",
        "Zie #111222333",
        "INC111222333 en CHG-111222333",
        "factuurnr. 111222333 van vorige week",
        "Versie 111.222.333 is uit",
        "tilausnumero 111222333",
        "viite: 111222333",
        "invoice no 111222333",
        "Het kost 111222333 euro",
        "€ 111.222.333",
        "111.222.333,00 is het saldo",
        "1.111.222.333 bezoekers",
        "111222333444",
        "4 111 222 333 regels",
        "adres 111.222.333.1 in het netwerk",
        "https://desk.example/zaken/111222333/stukken",
        "https://desk.example/?id=111222333",
        "bestand_111222333.pdf",
        "111222333 bytes",
        "+31 111222333",
        "KvK 111222333",
        "RSIN: 111222333",
        "commit 111222333",
    ],
)
def test_the_number_of_a_thing_is_no_bsn(text: str) -> None:
    assert not any(label == Label.BSN for _, label in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "BSN:111222333",
        "bsn=111222333&naam=x",
        "BSN-111222333",
        "Ticket 5: mijn bsn is 111222333.",
        "In zaak 17, van 111222333 en zijn vrouw",
        "sofi-nummer 1112.22.333",
        "(111222333)",
        "1. 111222333",
        "burgerservicenummer (BSN) 11122233 3 111222333",
    ],
)
def test_a_bsn_is_found_beside_other_numbers(text: str) -> None:
    assert any(label == Label.BSN for _, label in found(text))


def test_a_bsn_without_its_leading_zero_is_found_when_it_is_called_one() -> None:
    assert found("mijn bsn is 10000008") == [("10000008", Label.BSN)]
    assert found("bij ons staan 10000008 mensen") == []


def test_nine_digits_alone_are_nobodys_number_at_a_finnish_desk() -> None:
    assert found("luku 111222333", "FI") == []


@pytest.mark.parametrize(
    "number", ["131052-308T", "131052A308T", "131052+308T", "010190-900P", "131052U308T", "131052F308T"]
)
def test_signs_of_the_century_old_and_new_are_known(number: str) -> None:
    assert (number, Label.HETU) in found(f"hetu {number}", "FI")


@pytest.mark.parametrize(
    "text", ["131052-308U", "311352-308T", "131052G308T", "9131052-308T", "131052-308TA", "131052308T"]
)
def test_what_only_looks_like_a_hetu_is_none(text: str) -> None:
    assert not any(label == Label.HETU for _, label in found(text, "FI"))


@pytest.mark.parametrize(
    "text",
    [
        "IMEI 490154203237518",
        "4111 1111 1111 1112",
        "ordernummer 4111111111111111",
        "9111111111111111",
        "41111111111111111111",
    ],
)
def test_long_numbers_that_are_no_cards(text: str) -> None:
    assert not any(label == Label.CREDIT_CARD for _, label in found(text))


def test_words_after_an_account_number_do_not_belong_to_it() -> None:
    assert found("NL91 ABNA 0417 1643 00 ten name van X")[0] == ("NL91 ABNA 0417 1643 00", Label.IBAN)


def test_a_code_behind_a_card_number_does_not_hide_it() -> None:
    assert found("4111 1111 1111 1111 123")[0] == ("4111 1111 1111 1111", Label.CREDIT_CARD)


def test_digits_of_other_scripts_are_digits() -> None:
    assert found("bsn １１１２２２３３３") == [("１１１２２２３３３", Label.BSN)]
