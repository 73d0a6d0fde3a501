"""Ordering, hashing, signing."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from balie import evidence
from balie.evidence import notes
from balie.evidence.models import Entry, Log, Tile
from balie.evidence.notes import Checkpoint
from balie.evidence.tests.conftest import DESK, TODAY, Key
from balie.kernel import Actor, Conflict

pytestmark = pytest.mark.usefixtures("db")

Fill = Callable[..., None]


def test_sealing_gives_every_entry_its_place_and_signs_the_whole(fill: Fill, key: Key) -> None:
    fill(3)
    assert evidence.checkpoint(DESK) is None
    assert evidence.seal(lambda desk: key, now=TODAY) == 3
    assert list(Entry.objects.order_by("id").values_list("index", flat=True)) == [0, 1, 2]
    note = evidence.checkpoint(DESK)
    assert note
    assert Checkpoint.read(notes.opened(note, key.vkey)).size == 3
    assert Log.objects.get().sealed_at == TODAY


def test_with_nothing_to_seal_nothing_changes(fill: Fill, key: Key) -> None:
    fill(3)
    evidence.seal(lambda desk: key)
    note = evidence.checkpoint(DESK)
    assert evidence.seal(lambda desk: key) == 0
    assert evidence.checkpoint(DESK) == note


def test_more_than_a_thousand_entries_are_sealed_at_one_call(fill: Fill, key: Key) -> None:
    fill(1203)
    assert evidence.seal(lambda desk: key) == 1203
    assert Log.objects.get().size == 1203
    assert list(Tile.objects.order_by("level", "number").values_list("level", "number")) == [
        *((0, number) for number in range(5)),
        (1, 0),
    ]
    assert evidence.verify(DESK, vkey=key.vkey, now=TODAY).ok


def test_each_desk_has_a_log_and_a_key_of_its_own(fill: Fill, key: Key, bob: Actor) -> None:
    other = Key("other.example.org/evidence", b"\x07" * 32)
    fill(3)
    fill(2, actor=Actor("staff", bob.handle, "citizens-advice"))
    evidence.seal({DESK: key, "citizens-advice": other}.__getitem__)
    assert evidence.verify(DESK, vkey=key.vkey, now=TODAY).ok
    assert evidence.verify("citizens-advice", vkey=other.vkey, now=TODAY).ok
    assert not evidence.verify(DESK, vkey=other.vkey, now=TODAY).ok
    assert sorted(Log.objects.values_list("desk", "size")) == [("citizens-advice", 2), (DESK, 3)]


def test_acts_and_looks_are_sealed_under_the_terms_of_their_desk(fill: Fill, key: Key) -> None:
    evidence.set_terms(DESK, acts="P3Y", looks="P6M")
    fill(1)
    fill(1, kind="look")
    moment = int(datetime(2024, 2, 29, 13, tzinfo=UTC).timestamp() * 1000)
    Entry.objects.update(at=moment)
    evidence.seal(lambda desk: key)
    days = dict(Entry.objects.values_list("kind", "expires"))
    assert days == {
        "act": (datetime(2027, 2, 28, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days,
        "look": (datetime(2024, 8, 29, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days,
    }


def test_what_is_sealed_keeps_its_term_when_the_register_changes(sealed: Callable[..., str]) -> None:
    sealed(1)
    before = Entry.objects.get().expires
    evidence.set_terms(DESK, acts="P1Y", looks="P1M")
    sealed(1)
    old, new = Entry.objects.order_by("index").values_list("expires", flat=True)
    assert (old, new) == (before, (before or 0) - 4 * 365 - 1)


@pytest.mark.parametrize("term", ["", "P", "5 years", "P5", "PT", "P1YT", "P0D", "PT8H", "-P1Y"])
def test_a_term_that_is_no_duration_of_at_least_a_day_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match=r"term|duration"):
        evidence.set_terms(DESK, acts="P5Y", looks=term)


def test_nothing_is_signed_on_top_of_a_log_that_was_cut(sealed: Callable[..., str], fill: Fill, key: Key) -> None:
    sealed(5)
    Log.objects.update(size=3)
    Entry.objects.filter(index__gte=3).delete()
    fill(1)
    with pytest.raises(Conflict, match="does not fit its last checkpoint"):
        evidence.seal(lambda desk: key)
    assert Entry.objects.filter(index__isnull=True).count() == 1


def test_nothing_is_signed_on_top_of_a_tile_that_was_shortened(
    sealed: Callable[..., str], fill: Fill, key: Key
) -> None:
    sealed(5)
    Tile.objects.update(hashes=b"")
    fill(1)
    with pytest.raises(Conflict, match="does not fit its last checkpoint"):
        evidence.seal(lambda desk: key)


def test_a_desk_whose_log_is_broken_does_not_hold_up_the_others(
    sealed: Callable[..., str], fill: Fill, key: Key
) -> None:
    sealed(5)
    Log.objects.update(note="broken")
    fill(1)
    fill(1, actor=Actor("staff", "0198", "telecom"))
    with pytest.raises(Conflict):
        evidence.seal(lambda desk: key)
    assert Entry.objects.get(desk="telecom").index == 0


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_sealers_at_once_do_no_harm(fill: Fill, key: Key) -> None:
    fill(2500)
    start, counts = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        counts.append(evidence.seal(lambda desk: key))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 2500
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == list(range(2500))
    assert evidence.verify(DESK, vkey=key.vkey, now=TODAY).ok
