"""Folds are in order, inside the text and apart; without them nothing but whole lines is left; hostile texts take no time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balie.channels.mail.parsing.outcome import Fold
from balie.channels.mail.parsing.replies import folds, unfolded
from balie.channels.mail.parsing.replies.lines import MOST
from balie.channels.mail.parsing.replies.tests.letters import (
    ANNOUNCEMENTS,
    CLOSINGS,
    DEVICES,
    HEADS,
    OLD,
    REPLIES,
    marked,
)

PIECES = [
    *ANNOUNCEMENTS.values(),
    *HEADS.values(),
    *(one for each in (*DEVICES.values(), *CLOSINGS.values()) for one in each),
    *REPLIES.values(),
    *(
        "",
        "",
        ">",
        "> ",
        ">> x",
        "--",
        "-- ",
        "___",
        "Anna",
        "-Anna",
        "OK.",
        "PS: x",
        "On ",
        "wrote:",
        ":",
        "From:",
        "a@b",
        "\t",
        " ",
    ),
    marked(OLD),
]
texts = st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20))).map("\n".join))
plain = st.lists(
    st.sampled_from(["", "It works.", "  it prints, and scans", "Does it?", "a: b, c", "yes", "täällä"])
).map("\n".join)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_folds_are_in_order_inside_the_text_and_apart(text: str) -> None:
    found = folds(text)
    ends = [0, *(one.end for one in found)]
    assert all(before <= one.start < one.end <= len(text) for before, one in zip(ends, found, strict=False))
    assert {one.kind for one in found} <= {"quotation", "signature", "device", "closing"}
    assert all(text[one.start : one.end].strip() for one in found)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_a_reply_has_lines_of_the_text_in_their_order(text: str) -> None:
    lines = iter([line.strip() for line in text.split("\n")])
    assert all(
        any(left.strip() in line for line in lines) for left in unfolded(text, folds(text)).split("\n") if left.strip()
    )


@given(plain)
def test_a_text_without_quotations_and_signatures_stays_as_it_is(text: str) -> None:
    assert folds(text) == ()
    assert unfolded(text, ()).split("\n") == text.strip("\n").rstrip().split("\n") or not text.strip()


@given(
    st.lists(st.sampled_from([line for each in REPLIES.values() for line in each.split("\n") if line]), min_size=1),
    st.sampled_from(["", *(one for each in CLOSINGS.values() for one in each)]),
    st.sampled_from(["", *(one for each in DEVICES.values() for one in each)]),
    st.sampled_from([*ANNOUNCEMENTS.values(), *HEADS.values()]),
    st.booleans(),
)
@settings(deadline=None)
def test_a_reply_above_is_found_back_exactly(
    said: list[str], closing: str, device: str, above: str, marks: bool
) -> None:
    reply = "\n".join(said) + (f"\n\n{closing}\nAnna" if closing else "")
    text = "\n\n".join(one for one in (reply, device, above, marked(OLD) if marks else OLD) if one)
    assert unfolded(text, folds(text)) == reply


@given(st.lists(st.sampled_from(["Yes.", "It does not print.", "Kyllä, kiitos paljon siitä."]), min_size=1, max_size=5))
def test_replies_between_are_found_back_exactly(said: list[str]) -> None:
    text = ANNOUNCEMENTS["fi gmail"] + "".join(f"\n> Does {number} work?\n\n{one}\n" for number, one in enumerate(said))
    assert unfolded(text, folds(text)) == "\n\n".join(said)


def test_lines_of_a_reply_join_as_closely_as_they_stood() -> None:
    assert unfolded("a\n> b\nc\n\n> d\n\ne", folds("a\n> b\nc\n\n> d\n\ne")) == "a\nc\n\ne"


def test_a_closing_is_known_but_not_left_out() -> None:
    text = "Yes.\n\nKind regards,\nAnna"
    assert folds(text) == (Fold(6, len(text), "closing"),)
    assert unfolded(text, folds(text)) == text


@pytest.mark.parametrize(
    "piece",
    [
        *(
            ">\n",
            "> ",
            "a",
            "_",
            "> a\nb\n",
            "--\n",
            "---\n",
            "a:\n",
            ":",
            "From: a@b\n",
            "From: a\nb\nc\nd\n",
            "From: ",
        ),
        *(
            "On wrote:\n",
            "On Mon, 4 Mar 2024 at 10:15, Anna\n",
            "On Mon, 4 Mar 2024 wrote:\n",
            "On a b 1 ",
            "wrote ",
            "<a@",
        ),
        *(
            "Kind regards\n",
            "Sent from my iPhone\n",
            "\n",
            "\n\nDisclaimer\n",
            "+1 ",
            "(http",
            "<http",
            "1 ",
            "\n-A b\nC\n",
            " \n>",
        ),
        *(
            "Anna <anna@example.org> wrote:\n> x\n",
            "-----Original Message-----\n> x\n",
            "Anna wrote ----\n",
            "---- \n\n",
        ),
    ],
)
def test_a_hostile_text_takes_no_more_time_than_its_length_warrants(piece: str) -> None:
    started = time.process_time()
    text = piece * (1_000_000 // len(piece))
    unfolded(text, folds(text))
    folds((piece.replace("\n", " ") * 300 + "\n") * 900)
    assert time.process_time() - started < 4


def test_lines_beyond_the_most_are_kept_as_they_are() -> None:
    text = f"It works.\n{'> x' + chr(10)}" * MOST
    assert unfolded(text, folds(text)).endswith("It works.\n> x")


def test_a_mail_of_usual_length_takes_well_under_a_millisecond() -> None:
    text = (
        f"{REPLIES['nl']}\n\nMet vriendelijke groet,\nAnna\n\n{ANNOUNCEMENTS['nl gmail']}\n\n{marked(OLD)}\n"
        + marked(OLD) * 2
    )
    started = time.process_time()
    for _ in range(100):
        folds(text)
    assert time.process_time() - started < 0.1
