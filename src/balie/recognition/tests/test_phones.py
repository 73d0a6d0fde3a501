"""Phone numbers, in the forms in which people write them, and what is none."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balie.recognition import Label, Participants, look_through
from balie.recognition.phones import e164


def phones(text: str, country: str) -> list[str]:
    spans = look_through(text, participants=Participants(), country=country)
    return [text[one.start : one.end] for one in spans if one.label == Label.PHONE]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "0612345678",
            "06-12345678",
            "06 12345678",
            "06 12 34 56 78",
            "06-12 34 56 78",
            "020 123 4567",
            "(020) 123 45 67",
        ),
        *("020-1234567", "+31612345678", "+31 6 12345678", "+31 (0)6 12345678", "+31(0)20-1234567", "0031 6 12345678"),
        *(
            "+31-6-12345678",
            "020/1234567",
            "+31 06 12345678",
            "0592 123456",
            "+358 40 1234567",
            "+44 7700 900123",
            "06.12.34.56.78",
        ),
    ],
)
def test_forms_in_use_at_a_dutch_desk(written: str) -> None:
    assert phones(f"U kunt mij bellen op {written}, graag voor twaalven.", "NL") == [written]


@pytest.mark.parametrize(
    "written",
    [
        "040 123 4567",
        "040-1234567",
        "0401234567",
        "09 123 4567",
        "(09) 123 4567",
        "+358 40 123 4567",
        "+358401234567",
        "00358 40 1234567",
    ],
)
def test_forms_in_use_at_a_finnish_desk(written: str) -> None:
    assert phones(f"Numeroni on {written}.", "FI") == [written]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "op 01-02-2024 om 09:30",
            "01.02.2024",
            "01/02/2024 10.00",
            "2024-01-02",
            "010.1.2.3",
            "0.123456789",
            "0800-1234",
        ),
        *(
            "ticket 0612345678",
            "ordernr 0612345678",
            "https://desk.example/0612345678",
            "id=0612345678",
            "112",
            "14 020",
        ),
        *(
            "versie 0.6.1234.5678",
            "00000000000",
            "0123",
            "€ 0,50",
            "T0612345678",
            "0612345678901234",
            "tilausnumero 0401234567",
        ),
    ],
)
def test_what_is_no_persons_number(text: str) -> None:
    assert phones(text, "NL") == []
    assert phones(text, "FI") == []


def test_two_numbers_side_by_side_are_two() -> None:
    assert phones("0612345678 0687654321", "NL") == ["0612345678", "0687654321"]
    assert phones("06-12345678/020-1234567", "NL") == ["06-12345678", "020-1234567"]


def test_a_date_before_a_number_does_not_hide_it() -> None:
    assert phones("01-02-2024 0612345678", "NL") == ["0612345678"]


@given(st.integers(10_000_000, 99_999_999))
def test_the_numbering_plans_are_those_of_the_library(number: int) -> None:
    for region, written in (("NL", f"06{number}"), ("NL", f"0{number}0"), ("FI", f"0{number}"), ("FI", f"04{number}")):
        parsed = phonenumbers.parse(written, region)
        kind = phonenumbers.number_type(parsed)
        service = kind in {phonenumbers.PhoneNumberType.TOLL_FREE, phonenumbers.PhoneNumberType.PREMIUM_RATE}
        service = service or kind in {phonenumbers.PhoneNumberType.SHARED_COST, phonenumbers.PhoneNumberType.UAN}
        expected = (
            phonenumbers.is_valid_number(parsed) and not service and kind != phonenumbers.PhoneNumberType.VOICEMAIL
        )
        assert e164(written, region) == (
            phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if expected else ""
        )
