"""The table of keys: what somebody chose, what cannot be chosen, and how a key is drawn."""

import pytest

from balie.channels.console import shortcuts


def test_without_a_choice_every_key_is_the_usual_one() -> None:
    chosen = shortcuts.of({})
    assert chosen.on
    assert chosen.keys == {one.code: one.keys for one in shortcuts.ALL}


def test_single_keys_can_be_left_off() -> None:
    assert not shortcuts.of({"shortcuts": "off"}).on


def test_a_key_can_be_another_one_or_none() -> None:
    chosen = shortcuts.of({"shortcuts": {"answer": "e", "note": ""}})
    assert (chosen.keys["answer"], chosen.keys["note"], chosen.keys["end"]) == ("e", "", "c")


@pytest.mark.parametrize(
    "stored", [{"palette": "p"}, {"no-such-thing": "p"}, {"answer": "j"}, {"answer": "long"}, 7, None]
)
def test_what_is_stored_and_does_not_fit_changes_nothing(stored: object) -> None:
    assert shortcuts.of({"shortcuts": stored}).keys == shortcuts.of({}).keys


@pytest.mark.parametrize(
    ("keys", "refused"),
    [
        ({"answer": "g"}, True),  # the first of two
        ({"answer": "g q"}, True),
        ({"answer": "R"}, True),
        ({"answer": "Tab"}, True),
        ({"answer": "e", "note": "e"}, True),
        ({"answer": "e", "note": "h h"}, False),
        ({"answer": "", "note": ""}, False),
    ],
)
def test_keys_that_stand_in_each_others_way_are_refused(keys: dict[str, str], refused: bool) -> None:
    usual = {one.code: one.keys for one in shortcuts.ALL}
    assert (shortcuts.refusal(usual | keys) is not None) is refused


def test_only_what_differs_is_worth_storing() -> None:
    usual = {one.code: one.keys for one in shortcuts.ALL}
    assert shortcuts.changed(usual | {"answer": "e", "palette": "x", "other": "y"}) == {"answer": "e"}


def test_a_key_is_drawn_as_it_is_pressed() -> None:
    assert [shortcuts.caps(one) for one in ("r", "g q", "Ctrl+K", "+", "")] == [
        [["r"]],
        [["g"], ["q"]],
        [["Ctrl", "K"]],
        [["+"]],
        [],
    ]
