"""E-mail addresses, and what is none."""

import pytest

from balie.recognition import Label, Participants, look_through


def emails(text: str) -> list[str]:
    spans = look_through(text, participants=Participants(), country="NL")
    return [text[one.start : one.end] for one in spans if one.label == Label.EMAIL]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "bob@example.org",
            "bob.de-vries+desk@mail.example.org",
            "B_1@example.test",
            "o'neil@example.org",
            "väinö@esimerkki.example",
        ),
        *("info@xn--exmple-cua.example", "a@b.example", "x" * 64 + "@example.org", "bob@EXAMPLE.ORG"),
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "<{}>", "mailto:{}", "({}).", '"{}"', "'{}'", "mail {}, graag", "*{}*", "{}\n", ">{}"]
)
def test_addresses_are_found_without_what_stands_beside_them(address: str, around: str) -> None:
    assert emails(around.format(address)) == [address]


@pytest.mark.parametrize(
    "text", ["bob@host", "pakket@1.2.3", "@bob", "bob@", "bob @example.org", "a@@b", "user@localhost:8080", "@"]
)
def test_what_is_no_address(text: str) -> None:
    assert emails(text) == []


def test_several_addresses_in_a_row_are_each_found() -> None:
    assert emails("a@example.org;b@example.org,c@example.org") == ["a@example.org", "b@example.org", "c@example.org"]
