"""Rows by hand read back as those that Django writes: tried on the tables with most kinds of columns."""

from datetime import UTC, datetime

import pytest
from django.db.models import Model

from balie.desk.models import Arrival, Message, Ticket
from balie.kernel import handles, rows
from balie.people.models import Person

pytestmark = pytest.mark.usefixtures("db")
NOW = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)


def made() -> list[Model]:
    person = Person(desk="publications")
    ticket = Ticket(
        desk="publications", number=1, kind="question", service="other", activity="service-desk", version=1,
        team="servicedesk", requester=person, channel="mail", opened_at=NOW, last_contact_at=NOW,
    )  # fmt: skip
    message = Message(
        ticket=ticket, kind="incoming", at=NOW, text=handles.new(), not_kept=["name", "adresse «é»"],
        folds=[[0, 3, "quotation"]], provenance={"spf": "pass", "ignored": 2}, automatic=True,
    )  # fmt: skip
    arrival = Arrival(desk="publications", fingerprint=b"\x00\xff" * 8, at=NOW, raw=handles.new(), size=2**40)
    return [person, ticket, message, arrival]


def values(row: Model) -> dict[str, object]:
    again = type(row)._default_manager.get(pk=row.pk)
    return {field.attname: getattr(again, field.attname) for field in row._meta.concrete_fields}


def test_a_row_by_hand_is_the_row_that_django_writes() -> None:
    by_hand = made()
    for row in by_hand:
        rows.insert([row])
    read = [values(row) for row in by_hand]
    for row in reversed(by_hand):
        type(row)._default_manager.filter(pk=row.pk).delete()
    for row in by_hand:
        row.save(force_insert=True)
    again = [values(row) for row in by_hand]
    read[0].pop("met_at"), again[0].pop("met_at")  # the moment of each
    assert read == again
    assert not by_hand[0]._state.adding


def test_what_takes_its_moment_of_its_own_accord_takes_it() -> None:
    person = Person(desk="publications")
    rows.insert([person])
    assert Person.objects.get(handle=person.handle).met_at == person.met_at
