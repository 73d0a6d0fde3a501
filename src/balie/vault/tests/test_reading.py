"""Reading: only what the reader's teams cover, never another desk's, and proven before it is given."""

import dataclasses
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from balie import evidence, vault
from balie.evidence.models import Entry
from balie.kernel import Actor, handles
from balie.vault.models import Record
from balie.vault.tests.keeping import put, read


def looks() -> list[Entry]:
    return list(Entry.objects.filter(kind="look").order_by("pk"))


def test_an_agent_reads_what_the_team_covers(publications: Any) -> None:
    handle = put(publications, "message", "for the desk")
    assert read(publications.bob, handle) == ["for the desk"]


@pytest.mark.parametrize("covers", [frozenset(), frozenset({"account-requests"}), frozenset({"service"})])
def test_what_no_team_of_the_reader_covers_is_as_if_it_were_not_there(
    publications: Any, covers: frozenset[str]
) -> None:
    handle = put(publications, "message", "not for everyone")
    reading = vault.Reading(dataclasses.replace(publications.bob, covers=covers), "ticket.looked-at")
    assert reading.open([handle]) == {}
    assert reading.text(handle) == ""
    reading.record()
    assert looks() == []


def test_a_purpose_covers_only_what_serves_it(publications: Any) -> None:
    worker = dataclasses.replace(publications.bob, covers=frozenset({"agents/work"}))
    names = {one.handle: one.item for one in vault.all_of(publications.desk) if one.holder == "account"}
    opened = vault.Reading(worker, "list.looked-at").open(names)
    assert {names[handle] for handle in opened} == {"name", "email"}
    assert "Bob" in opened.values()


def test_charlie_of_the_other_desk_sees_nothing_not_even_that_it_is_gone(publications: Any) -> None:
    handle, erased = put(publications, "message", "ours"), put(publications, "message", "ours too")
    vault.erase([erased], actor=publications.door, why="test")
    assert read(publications.charlie, handle, erased) == [None, None]
    assert vault.describe(publications.charlie.desk, handles=[handle]) == []
    assert (
        vault.ended(
            publications.charlie.desk, [kept.held_by for kept in vault.describe(publications.desk, handles=[handle])]
        )
        == []
    )


def test_a_requester_reads_nothing_here(publications: Any) -> None:
    handle = put(publications, "message", "mine?")
    alice = Actor("requester", handles.new().hex, publications.desk)
    assert read(alice, handle) == [None]


def test_what_was_erased_says_when_and_why_and_nothing_of_what_it_was(publications: Any) -> None:
    handle = put(publications, "message", "gone tomorrow")
    vault.erase([handle], actor=publications.door, why="two-years")
    (gone,) = read(publications.bob, handle)
    assert (gone.why, gone.item) == ("two-years", "message")
    assert "tomorrow" not in repr(gone)
    assert vault.Reading(publications.bob, "ticket.looked-at").text(handle) == ""


def test_a_look_is_in_the_evidence_with_a_handle_for_each_person_and_no_word_of_what_was_seen(
    publications: Any,
) -> None:
    alice, carol, ticket = handles.new(), handles.new(), handles.new()
    one = put(publications, "message", "sesquipedalian", held_by=ticket, about=(alice, carol))
    other = put(publications, "email", "alice@example.org", held_by=ticket, about=(alice,))
    reading = vault.Reading(publications.bob, "ticket.looked-at", ticket)
    reading.open([one, None])
    reading.open([other, one])
    assert looks() == []  # nothing is recorded by itself: a page may still fail
    reading.record()
    (look,) = looks()
    assert (look.act, look.actor, look.ref) == ("ticket.looked-at", str(publications.bob), ticket)
    assert set(look.about) == {alice.hex, carol.hex}
    assert look.facts == {"items": 2}
    assert look.operation == "consult"
    assert look.activity == f"/register/{publications.desk}/service-desk/versions/1"


def test_recording_twice_records_once(publications: Any) -> None:
    handle = put(publications, "message", "once")
    reading = vault.Reading(publications.bob, "ticket.looked-at", handle)
    reading.open([handle])
    reading.record()
    reading.record()
    assert len(looks()) == 1


def test_a_page_that_shows_two_activities_is_one_look(publications: Any) -> None:
    ticket = handles.new()
    text = put(publications, "message", "shown beside a colleague's name", held_by=ticket)
    (name, *_) = [one.handle for one in vault.all_of(publications.desk) if one.item == "name"]
    reading = vault.Reading(publications.bob, "ticket.looked-at", ticket)
    assert len(reading.open([text, name])) == 2
    reading.record()
    assert len(looks()) == 2
    ((who, times, _),) = evidence.seen_by(publications.desk, ticket)
    assert (who, times) == (str(publications.bob), 1)


def test_looking_at_what_is_gone_is_no_look(publications: Any) -> None:
    handle = put(publications, "message", "gone")
    vault.erase([handle], actor=publications.door, why="test")
    reading = vault.Reading(publications.bob, "ticket.looked-at", handle)
    reading.open([handle, handles.new()])
    reading.record()
    assert looks() == []


def test_when_the_look_cannot_be_recorded_the_reading_says_so_and_still_owes_it(publications: Any) -> None:
    handle = put(publications, "message", "must not leave")
    reading = vault.Reading(publications.bob, "ticket.looked-at", handle)
    reading.open([handle])
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON evidence_entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            reading.record()
        cursor.execute("DROP TRIGGER full")
    assert looks() == []
    reading.record()
    assert len(looks()) == 1


def test_a_record_that_was_changed_or_moved_in_the_table_does_not_open(publications: Any) -> None:
    from cryptography.exceptions import InvalidTag

    one, other = put(publications, "message", "one"), put(publications, "message", "other")
    rows = Record.objects.in_bulk([one, other])
    Record.objects.filter(handle=one).update(sealed=rows[other].sealed)
    with pytest.raises(InvalidTag):
        read(publications.bob, one)
    Record.objects.filter(handle=other).update(item="email")
    with pytest.raises(InvalidTag):
        read(publications.bob, other)


def test_a_page_of_fifty_costs_as_many_queries_as_a_page_of_one(
    publications: Any, django_assert_num_queries: Any
) -> None:
    many = [put(publications, "message", f"number {n}", about=(handles.new(),)) for n in range(50)]
    read(publications.bob, many[0])
    for wanted in (many[:1], many):
        reading = vault.Reading(publications.bob, "list.looked-at")
        with django_assert_num_queries(1), django_assert_num_queries(1, using="keys"):
            reading.open(wanted)
        with django_assert_num_queries(4):  # a savepoint, whom it is about, the entry, the end
            reading.record()
