"""Recomputing a log, and finding what does not fit."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from balie import evidence
from balie.evidence import leaves, merkle, notes
from balie.evidence.models import Entry, Log, Tile
from balie.evidence.notes import Checkpoint
from balie.evidence.tests import tampering
from balie.evidence.tests.conftest import DESK, TODAY, Key

pytestmark = pytest.mark.usefixtures("db")

Sealed = Callable[..., str]


def failures(key: Key, known: str | None = None, now: datetime = TODAY) -> list[str]:
    return [str(one) for one in evidence.verify(DESK, vkey=key.vkey, known=known, now=now).failures]


def test_a_log_as_it_was_sealed_holds_and_continues_what_was_signed_earlier(sealed: Sealed, key: Key) -> None:
    yesterday = sealed(300)
    sealed(400)
    report = evidence.verify(DESK, vkey=key.vkey, known=yesterday, now=TODAY)
    assert (report.ok, report.failures) == (True, [])
    assert str(report.lines[0]) == "Desk publications: 700 entries sealed, 700 as recorded, 0 expired under their term."


def test_a_desk_without_evidence_holds(key: Key, fill: Callable[..., None]) -> None:
    assert evidence.verify(DESK, vkey=key.vkey, now=TODAY).ok
    fill(2)
    report = evidence.verify(DESK, vkey=key.vkey, now=TODAY)
    assert report.ok
    assert str(report.lines[-1]) == "Entries that wait to be sealed: 2."


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (tampering.change_one, ["Entry 2 of desk publications was changed after it was sealed."]),
        (tampering.remove_one, ["Entry 2 of desk publications is missing or cannot be read."]),
        (tampering.shorten_a_term, ["The seal of entry 2 of desk publications was changed."]),
        (
            tampering.swap_two,
            [
                "The seal of entry 2 of desk publications was changed.",
                "The seal of entry 3 of desk publications was changed.",
            ],
        ),
        (tampering.add_one, ["Entries of desk publications that no checkpoint covers: 1."]),
        (
            tampering.cut_the_rows,
            [f"Entry {index} of desk publications is missing or cannot be read." for index in (4, 5, 6)],
        ),
        (tampering.cut_the_tail, ["The log was cut: it has 4 entries, and 5 were signed earlier."]),
        (tampering.rebuild, ["The log was rebuilt: its first 5 entries are not those that were signed earlier."]),
        (
            tampering.sign_with_another_key,
            ["The newest checkpoint of desk publications is not signed with the given key."],
        ),
        (tampering.lose_a_tile, ["Tile 0/0 of desk publications is missing or does not fit the entries under it."]),
    ],
)
def test_with_yesterdays_checkpoint_every_tampering_is_found_and_named(
    tamper: Callable[[Key], None], found: list[str], sealed: Sealed, key: Key
) -> None:
    yesterday = sealed(5)
    sealed(2)
    tamper(key)
    assert failures(key, yesterday) == found


def test_an_entry_that_is_gone_before_its_term_is_found(sealed: Sealed, key: Key) -> None:
    sealed(5)
    tampering.empty_one(key)
    (found,) = failures(key)
    assert found.startswith("Entry 2 of desk publications is gone before its term, which ends on 20")


def test_a_spoilt_hash_is_found_by_its_entry_and_by_the_root(sealed: Sealed, key: Key) -> None:
    yesterday = sealed(5)
    tampering.spoil_a_tile(key)
    assert failures(key, yesterday) == [
        "The seal of entry 0 of desk publications was changed.",
        "The leaves of desk publications do not give the signed root.",
    ]


@pytest.mark.parametrize("tamper", [tampering.cut_the_tail, tampering.rebuild])
def test_the_holder_of_the_key_is_found_only_with_an_earlier_checkpoint(
    tamper: Callable[[Key], None], sealed: Sealed, key: Key
) -> None:
    yesterday = sealed(5)
    sealed(2)
    tamper(key)
    assert failures(key) == []
    assert len(failures(key, yesterday)) == 1
    assert str(evidence.continues(DESK, yesterday, vkey=key.vkey)).startswith("The log was")


def test_a_log_that_is_wholly_gone_is_found_with_an_earlier_checkpoint(sealed: Sealed, key: Key) -> None:
    yesterday = sealed(5)
    for table in (Entry, Tile, Log):
        table.objects.all().delete()
    assert failures(key) == []
    assert failures(key, yesterday) == ["The log was cut: it has 0 entries, and 5 were signed earlier."]


def test_a_higher_tile_that_does_not_fit_is_found(sealed: Sealed, key: Key) -> None:
    yesterday = sealed(600)
    Tile.objects.filter(level=1).update(hashes=bytes(64))
    assert "Tile 1/0 of desk publications is missing or does not fit the entries under it." in failures(key, yesterday)
    Tile.objects.filter(level=1).delete()
    assert failures(key)[0] == "Tile 1/0 of desk publications is missing or does not fit the entries under it."


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ("", None),
        ("rubbish", "The earlier checkpoint is not signed with the given key."),
        ("other key", "The earlier checkpoint is not signed with the given key."),
        ("other log", "The earlier checkpoint is of another log, other.example.org/evidence."),
    ],
)
def test_an_earlier_checkpoint_must_be_of_this_log_and_key(
    known: str, found: str | None, sealed: Sealed, key: Key
) -> None:
    yesterday = sealed(5)
    if known == "other key":
        known = yesterday.replace("\n5\n", "\n4\n")
    if known == "other log":
        known = evidence_note(Key("other.example.org/evidence"), key)
    assert failures(key, known) == ([found] if found else [])


def evidence_note(of: Key, by: Key) -> str:
    return notes.sign(Checkpoint(of.origin, 5, bytes(32)).text(), by)


def test_a_checkpoint_of_another_size_than_the_log_is_found(sealed: Sealed, key: Key) -> None:
    sealed(5)
    Log.objects.update(size=4)
    assert failures(key) == [
        "The log of desk publications counts 4 entries, but its checkpoint 5.",
        "Entries of desk publications that no checkpoint covers: 1.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        "ref = 'no handle'",
        "span = NULL",
        "facts = '[1, {\"a\": 1e999}]'",
        "about = '\"x\"'",
        "at = 'x'",
        "salt = x'00'",
        "commitment = x'00'",
    ],
)
def test_what_no_verb_can_have_written_is_found_and_stops_nothing(change: str, sealed: Sealed, key: Key) -> None:
    sealed(5)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE evidence_entry SET {change} WHERE "index" = 2')
    found = failures(key)
    assert found[0].startswith(("Entry 2 of desk publications", "The seal of entry 2 of desk publications"))


def test_of_very_many_failures_a_hundred_are_named_and_all_are_counted(sealed: Sealed, key: Key) -> None:
    sealed(300)
    Entry.objects.update(act="ticket.reopened")
    report = evidence.verify(DESK, vkey=key.vkey, now=TODAY)
    assert (report.ok, len(report.failures), report.failed) == (False, 100, 300)


def test_what_expired_in_a_changed_log_is_told_from_what_was_taken(sealed: Sealed, key: Key) -> None:
    sealed(3, kind="look")
    sealed(3)
    late = datetime.now(UTC).replace(year=datetime.now(UTC).year + 2, day=1)
    assert evidence.expire(now=late) == 3
    Entry.objects.filter(index=4).update(salt=None)
    (found,) = failures(key, now=late)
    assert found.startswith("Entry 4 of desk publications is gone before its term")


def test_an_inclusion_proof_leads_from_a_leaf_to_the_signed_root(
    sealed: Sealed, key: Key, entry: Callable[[int], Entry]
) -> None:
    sealed(700)
    for index in (0, 255, 256, 699):
        head, number, *path = evidence.proof(DESK, index).partition("\n\n")[0].split("\n")
        note = evidence.proof(DESK, index).partition("\n\n")[2]
        assert (head, number) == ("c2sp.org/tlog-proof@v1", f"index {index}")
        signed = Checkpoint.read(notes.opened(note, key.vkey))
        row = entry(index)
        leaf = merkle.leaf_hash(leaves.leaf(row.kind, row.expires or 0, bytes(row.commitment)))
        steps = [base64.b64decode(step) for step in path]
        assert merkle.root_from_inclusion(leaf, index, signed.size, steps) == signed.root
    with pytest.raises(LookupError, match="700"):
        evidence.proof(DESK, 700)


def test_that_a_log_continues_an_earlier_one_is_seen_without_reading_entries(sealed: Sealed, key: Key) -> None:
    yesterday = sealed(300)
    sealed(500)
    with connection.execute_wrapper(_no_entries):
        assert evidence.continues(DESK, yesterday, vkey=key.vkey) is None
    assert str(evidence.continues("telecom", yesterday, vkey=key.vkey)).startswith(
        "The newest checkpoint of desk telecom"
    )


def _no_entries(execute: Callable[..., object], sql: str, *rest: object) -> object:
    assert "evidence_entry" not in sql
    return execute(sql, *rest)
