"""Contact data: covered until asked for, and the asking stands in the evidence apart from the look at the ticket."""

from typing import Any

import pytest

from balie import evidence
from balie.desk import contacts, reporter
from balie.desk.tests.coming_in import ALICE, fresh, ticket
from balie.evidence.models import Entry
from balie.kernel import Refused


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("alice@example.org", "a•••••@example.org"),
        ("a@example.org", "a•••••@example.org"),
        ('"a@b"@example.org', '"•••••@example.org'),
        ("@example.org", "•••••@example.org"),
        ("+358 9 123 4567", "•••••67"),
        ("112", "•••••"),
        ("", "•••••"),
    ],
)
def test_what_is_covered_tells_neither_the_rest_nor_its_length(value: str, shown: str) -> None:
    assert contacts.covered(value) == shown


def test_a_name_is_no_contact_datum_and_an_address_in_its_place_is() -> None:
    assert contacts.name_or_covered("Alice Voorbeeld") == "Alice Voorbeeld"
    assert contacts.name_or_covered(ALICE) == "a•••••@example.org"


def test_who_asks_sees_it_and_that_they_asked_is_in_the_evidence(advice: Any) -> None:
    one = ticket(advice)
    reporter.write(one, item="phone", value="09 123 4567", actor=advice.bob)
    reading = contacts.reading_of(fresh(one), advice.bob)
    assert contacts.shown(one, "email", reading) == ALICE
    assert contacts.shown(one, "phone", reading) == "09 123 4567"
    reading.record()
    told = Entry.objects.get(act="contact.shown")
    assert (told.kind, told.ref, told.about) == ("look", one.handle, [one.requester_id.hex])
    assert [times for _who, times, _last in evidence.seen_by(one.desk, one.handle)] == [1]


@pytest.mark.parametrize("item", ["message", "family-name", "", "nothing"])
def test_nothing_else_is_shown_by_this_way(advice: Any, item: str) -> None:
    one = ticket(advice)
    reading = contacts.reading_of(one, advice.bob)
    assert contacts.shown(one, item, reading) == ""
    reading.record()
    assert not Entry.objects.filter(act="contact.shown").exists()


def test_who_may_not_see_the_ticket_may_not_ask(advice: Any) -> None:
    one = ticket(advice)
    for stranger in (advice.charlie, advice.door):
        with pytest.raises(Refused, match="There is no such ticket"):
            contacts.reading_of(one, stranger)
