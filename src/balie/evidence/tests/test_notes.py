"""Signed notes and checkpoints (C2SP)."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balie import evidence
from balie.evidence import notes
from balie.evidence.notes import Checkpoint
from balie.evidence.tests.conftest import Key

ROOT_OF_8 = bytes.fromhex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
NOTE = (
    "desk.example.org/evidence\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n"
    "— desk.example.org/evidence "
    "52p8Sy/T2nyqop3vSKXgfjGbJAH7hX8nMRKE/zPkQu4ngMo6jbz5ys9dCfseUrFLK1ISkiMLStqOW7P1NwzCFQ0ZzwU=\n"
)


def test_a_checkpoint_is_signed_as_other_programs_sign_it(key: Key) -> None:
    assert notes.sign(Checkpoint(key.origin, 8, ROOT_OF_8).text(), key) == NOTE


def test_the_public_key_is_written_as_other_programs_write_it(key: Key) -> None:
    assert key.vkey == "desk.example.org/evidence+e76a7c4b+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"


def test_a_signed_note_opens_to_its_text_also_beside_the_signatures_of_others(key: Key) -> None:
    other = Key("dpo.example.org", b"\x02" * 32)
    note = NOTE + notes.sign(NOTE.partition("\n\n")[0] + "\n", other).rpartition("\n\n")[2]
    for one in (key, other):
        assert Checkpoint.read(notes.opened(note, one.vkey)) == Checkpoint(key.origin, 8, ROOT_OF_8)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no note",
        NOTE.replace("8\n", "9\n", 1),
        NOTE.replace("52p8", "52p9"),
        NOTE.replace("ZzwU=", ""),
        NOTE.replace("— ", "- "),
    ],
)
def test_a_note_that_was_changed_does_not_open(note: str, key: Key) -> None:
    with pytest.raises(ValueError, match="sign"):
        notes.opened(note, key.vkey)


@pytest.mark.parametrize(
    "text", ["", "a\n", "a\nx\nAA==\n", "a\n08\nAA==\n", "a\n8\nAA==\n", "a\n8\n\n", "\n8\nAA==\n", "a\n²\nAA==\n"]
)
def test_what_is_no_checkpoint_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="no checkpoint"):
        Checkpoint.read(text)


@pytest.mark.parametrize(
    "line", ["", "a", "a+b+c", "desk.example.org/evidence+00000000+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"]
)
def test_a_public_key_whose_id_does_not_fit_is_none(line: str) -> None:
    with pytest.raises(ValueError, match="no public key"):
        notes.opened(NOTE, line)


@given(some.integers(0, 2**62), some.binary(min_size=32, max_size=32), some.binary(min_size=32, max_size=32))
def test_every_checkpoint_comes_back_as_it_was_signed(size: int, root: bytes, seed: bytes) -> None:
    key = Key("log.example.org/a-desk", seed)
    made = Checkpoint(key.origin, size, root)
    note = notes.sign(made.text(), key)
    assert Checkpoint.read(notes.opened(note, evidence.vkey(key.origin, key.public_key))) == made


def test_the_example_of_the_specification_opens() -> None:
    note = (
        "This is an example message.\n\n— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    assert notes.opened(note, key) == "This is an example message.\n"
    with pytest.raises(ValueError, match="sign"):
        notes.opened(note.replace("example message", "other message"), key)
