"""What may stand outside the vault."""

import pytest

from balie.evidence import check_codes, is_code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "closed",
        "0198c5f2a1b27c3d8e4f5a6b7c8d9e0f",
        "2026-02-28",
        "/register/x/y/versions/3",
        "P5Y",
        "4.4.1",
        "v2",
        "12",
    ],
)
def test_handles_codes_and_days_are_codes(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "Alice Voorbeeld",
        "alice@example.org",
        "x" * 65,
        "äiti",
        "line\nbreak",
        "+31612345678",
        "0612345678",
        "(020)123-4567",
        "111222333",
        "06/12345678",
        "1990-1-1-1",
    ],
)
def test_what_looks_like_a_persons_data_is_no_code_and_the_error_does_not_repeat_it(text: str) -> None:
    assert not is_code(text)
    with pytest.raises(ValueError, match="short codes") as refusal:
        check_codes(["fine", text])
    assert text not in str(refusal.value)
