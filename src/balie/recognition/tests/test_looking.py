"""One text is looked through: each place once, in order, told apart, in time that grows with the length only."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balie.recognition import ITEM_OF, Label, Participants, Role, look_through

NOBODY = Participants()
ALICE = Participants(emails=frozenset({"Alice@example.org"}), phones=frozenset({"06-12345678"}))


def roles(text: str, country: str = "NL") -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.role) for one in look_through(text, participants=ALICE, country=country)]


def test_a_participants_address_and_number_are_told_from_others() -> None:
    assert roles("Ik ben alice@EXAMPLE.org, +31 6 12345678; mijn buur is bob@example.net, 0031 20 123 4567.") == [
        ("alice@EXAMPLE.org", Role.PARTICIPANT),
        ("+31 6 12345678", Role.PARTICIPANT),
        ("bob@example.net", Role.THIRD_PARTY),
        ("0031 20 123 4567", Role.UNKNOWN),
    ]


def test_a_national_number_does_not_say_whose_it_is() -> None:
    assert roles("Mijn bsn is 111222333 en mijn hetu 131052-308T.") == [
        ("111222333", Role.UNKNOWN),
        ("131052-308T", Role.UNKNOWN),
    ]


def test_of_two_findings_in_one_place_the_longer_stands() -> None:
    spans = look_through("NL91ABNA0417164300 +31 111222333", participants=NOBODY, country="NL")
    assert [span.label for span in spans] == [Label.IBAN, Label.PHONE]
    spans = look_through("bel +31 6 12345672", participants=NOBODY, country="NL")
    assert [span.label for span in spans] == [Label.PHONE]


def test_a_national_number_is_not_hidden_in_what_may_be_a_phone_number() -> None:
    spans = look_through("(010199-0022", participants=NOBODY, country="NL")
    assert [span.label for span in spans] == [Label.HETU]


def test_every_label_has_a_row_in_the_table_of_items() -> None:
    assert set(ITEM_OF) == set(Label)
    assert ITEM_OF[Label.BSN] is None
    assert ITEM_OF[Label.EMAIL] == "email"


@given(st.text() | st.text("0123456789@.+-() \nabNLFI:/#€"), st.sampled_from(["NL", "FI", "SE", "XX", ""]))
def test_any_text_is_looked_through(text: str, country: str) -> None:
    spans = look_through(text, participants=ALICE, country=country)
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.text("abcdefghijklmnopqrstuvwxyz .,!?\n"))
def test_a_text_without_digits_and_at_signs_holds_nothing(text: str) -> None:
    assert look_through(text, participants=NOBODY, country="NL") == []


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "0",
        "@",
        "a@",
        "a@b.",
        "0 ",
        "012 345 ",
        "+1 ",
        "(0",
        "0-",
        "4111 ",
        "NL91 ",
        "111222333 ",
        "131052-",
        "06-1234 ",
        "1.",
        "\u0661",
    ],
)
def test_a_long_text_of_one_thing_takes_time_in_proportion(piece: str) -> None:
    """Ten times the text may not take more than some fifteen times as long: linear, with room for a busy machine."""
    short, long = (piece * (size // len(piece)) for size in (20_000, 200_000))
    assert _seconds(long) < max(15 * _seconds(short), 0.5)


@pytest.mark.parametrize("piece", ["1", "@", "a@a."])
def test_a_megabyte_of_digits_or_at_signs_takes_less_than_a_second(piece: str) -> None:
    assert _seconds(piece * (1_000_000 // len(piece))) < 1


def test_an_ordinary_mail_is_looked_through_in_a_moment() -> None:
    plain = "Geachte heer of mevrouw, ik heb een vraag over mijn aanvraag van vorige week. " * 26
    filled = (plain + " Mijn bsn is 111222333, ik ben te bereiken op 06-12345678 of alice@example.org.")[-2048:]
    assert _seconds(plain) < 0.001
    assert _seconds(filled) < 0.003


def _seconds(text: str) -> float:
    """Processor time, the best of three runs."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        look_through(text, participants=NOBODY, country="NL")
        taken.append(time.process_time() - start)
    return min(taken)
