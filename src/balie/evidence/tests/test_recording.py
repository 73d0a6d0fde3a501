"""Writing down what was done."""

import json

import pytest
from django.db import IntegrityError, transaction

from balie import evidence
from balie.evidence.canonical import body, canonical, commitment
from balie.evidence.models import Entry
from balie.evidence.tests.conftest import DESK, URI
from balie.kernel import Actor, handles


@pytest.mark.usefixtures("db")
def test_an_act_is_written_down_with_who_what_and_under_which_activity(bob: Actor) -> None:
    ticket, alice = handles.new(), handles.new()
    facts = {"service": "website", "late": False, "minutes": 12, "share": 0.25, "team": None}
    evidence.record("ticket.closed", bob, ticket, operation="update", activity=URI, about=[alice], facts=facts)
    entry = Entry.objects.get()
    assert (entry.desk, entry.act, entry.operation, entry.kind) == (DESK, "ticket.closed", "update", "act")
    assert (entry.actor, entry.ref, entry.about) == (str(bob), ticket, [alice.hex])
    assert (entry.activity, entry.facts) == (URI, facts)
    assert (len(entry.trace or b""), len(entry.span or b""), len(entry.salt or b"")) == (16, 8, 32)
    assert entry.index is None
    row = Entry.objects.values().get()
    assert commitment(bytes(row["salt"]), canonical(body(row))) == bytes(row["commitment"])


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_nothing_is_recorded_outside_the_transaction_of_the_act(bob: Actor) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        evidence.record("ticket.closed", bob, handles.new(), operation="update")


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_an_act_that_is_rolled_back_leaves_no_entry(bob: Actor) -> None:
    with transaction.atomic():
        evidence.record("ticket.closed", bob, handles.new(), operation="update")
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Alice Voorbeeld"},
        {"from": "alice@example.org"},
        {"phone": "+31612345678"},
        {"text": "x" * 65},
        {"Name": "x"},
        {"a fact": 1},
        {"number": 2**53},
        {"number": float("nan")},
        {"list": [1]},
    ],
)
def test_facts_that_look_like_a_persons_data_or_are_no_facts_are_refused(facts: dict[str, object], bob: Actor) -> None:
    with pytest.raises(ValueError, match=r"fact|short codes"):
        evidence.record("ticket.closed", bob, handles.new(), operation="update", facts=facts)  # type: ignore[arg-type]
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("act", "operation", "activity"),
    [
        ("closed", "update", ""),
        ("Ticket.closed", "update", ""),
        ("ticket.closed by", "update", ""),
        ("ticket." + "x" * 64, "update", ""),
        ("ticket.closed", "close", ""),
        ("ticket.closed", "update", "https://desk.example.org/register/x"),
        ("ticket.closed", "update", "/register/a b"),
    ],
)
def test_acts_operations_and_activities_are_codes_of_their_form(
    act: str, operation: str, activity: str, bob: Actor
) -> None:
    with pytest.raises(ValueError, match=r"act|operation"):
        evidence.record(act, bob, None, operation=operation, activity=activity)


def test_the_kinds_of_operation_are_the_twenty_of_the_register() -> None:
    assert len(evidence.OPERATIONS) == 20


@pytest.mark.usefixtures("db")
def test_an_entry_is_an_act_or_a_look(bob: Actor) -> None:
    with pytest.raises(IntegrityError):
        evidence.record("ticket.closed", bob, None, operation="update", kind="glance")  # type: ignore[arg-type]


@pytest.mark.usefixtures("db")
def test_a_long_act_becomes_several_entries_of_one_trace(bob: Actor) -> None:
    persons = [handles.new() for _ in range(2500)]
    facts = {f"fact-{number}-{'x' * 50}": "y" * 64 for number in range(450)}
    evidence.record("persons.erased", bob, None, operation="erase", activity=URI, about=persons, facts=facts)
    rows = list(Entry.objects.order_by("id").values())
    assert len(rows) == 3
    assert len({bytes(row["trace"]) for row in rows}) == 1
    assert len({bytes(row["span"]) for row in rows}) == 3
    assert [one for row in rows for one in row["about"]] == [one.hex for one in persons]
    assert {name: value for row in rows for name, value in row["facts"].items()} == facts
    assert all(len(json.dumps(body(row))) <= 65_535 for row in rows)


@pytest.mark.usefixtures("db")
def test_acts_that_follow_from_one_another_share_a_trace(bob: Actor) -> None:
    trace = handles.new()
    for act in ("rights.requested", "rights.answered"):
        evidence.record(act, bob, None, operation="record", trace=trace)
    assert {bytes(one.trace or b"") for one in Entry.objects.all()} == {trace.bytes}
