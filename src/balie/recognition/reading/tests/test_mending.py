"""Account numbers that were misread are set right where their check digits prove it, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balie.recognition.reading.mending import mended
from balie.recognition.tests.made_up import ibans


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("NLO2ABNA0123456789", "NL02ABNA0123456789"),
        ("Rekening: NL9l ABNA O4I7 1643 OO.", "Rekening: NL91 ABNA 0417 1643 00."),
        ("FI2I 1234 56OO OOO7 85", "FI21 1234 5600 0007 85"),
        ("F121 1234 5600 0007 85", "FI21 1234 5600 0007 85"),
        ("NL02 ABNA 0123 4567 88", "NL02 ABNA 0123 4567 88"),
        ("OLLIE BOLS O123 4567 OOOO", "OLLIE BOLS O123 4567 OOOO"),
    ],
)
def test_a_number_that_proves_itself_is_set_right(read: str, meant: str) -> None:
    assert mended(read) == meant


@given(ibans())
def test_what_is_right_stays(number: str) -> None:
    assert mended(f"van {number} af") == f"van {number} af"


@given(st.text())
def test_signs_stay_where_they_are(text: str) -> None:
    assert len(mended(text)) == len(text)
