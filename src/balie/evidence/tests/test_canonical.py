"""One way to write an entry (RFC 8785)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balie.evidence.canonical import GREATEST, canonical


@pytest.mark.parametrize(
    ("number", "written"),
    [  # the samples of RFC 8785, appendix B, that are finite
        (0.0, "0"),
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e21, "1e+21"),
        (1e23, "1e+23"),
        (999999999999999900000.0, "999999999999999900000"),
        (333333333.3333333, "333333333.3333333"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (-1.5, "-1.5"),
        (4.50, "4.5"),
    ],
)
def test_numbers_are_written_as_browsers_write_them(number: float, written: str) -> None:
    assert canonical(number) == written


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    assert canonical({"b": [1, True, None], "a": 'é\n"\x01'}) == '{"a":"é\\n\\"\\u0001","b":[1,true,null]}'


def test_what_is_no_plain_data_is_not_written() -> None:
    with pytest.raises(TypeError, match="bytes"):
        canonical({"a": b"1"})


_PLAIN = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-GREATEST, GREATEST)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(some.characters(exclude_categories=["Cs"])),
    lambda inner: some.lists(inner) | some.dictionaries(some.text("abcxyz_.-09"), inner),
    max_leaves=20,
)


@given(_PLAIN)
def test_reading_and_writing_again_gives_the_same(value: object) -> None:
    written = canonical(value)
    assert canonical(json.loads(written)) == written
    assert json.loads(written, parse_int=float) == json.loads(json.dumps(value), parse_int=float)
