"""Closing and opening again: the clocks that hang on it start, stop, and start anew."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import closing, reporter
from balie.desk.models import Status
from balie.desk.tests.coming_in import fresh, ticket
from balie.evidence.models import Entry
from balie.kernel import Refused


def kept(one: Any) -> dict[str, vault.Described]:
    return {record.item: record for record in vault.describe(one.desk, held_by=[one.handle])}


def test_a_year_after_closing_everything_goes(publications: Any) -> None:
    one = ticket(publications)
    latest = kept(one)["message"].erase_at
    assert latest is not None
    assert latest.year == timezone.now().year + 5
    closing.close(one, actor=publications.bob)
    closed = fresh(one).closed_at
    assert closed is not None
    assert fresh(one).status == Status.CLOSED
    day = kept(one)["message"].erase_at
    assert day is not None
    assert (day.date() - closed.date()).days in (365, 366)
    assert {record.erase_at for record in kept(one).values()} == {day}


def test_closing_and_opening_are_in_the_evidence_with_what_counting_needs(publications: Any) -> None:
    one = ticket(publications, at=timezone.now() - timedelta(hours=2))
    closing.close(one, actor=publications.bob)
    closing.reopen(one, actor=publications.bob)
    told = {entry.act: entry for entry in Entry.objects.filter(ref=one.handle, act__startswith="ticket.")}
    facts = told["ticket.closed"].facts
    assert 7200 <= facts.pop("seconds") < 7300
    assert facts == {"service": "announcements", "channel": "mail", "team": "servicedesk"}
    assert told["ticket.reopened"].actor == str(publications.bob)
    assert told["ticket.closed"].about == [one.requester_id.hex]


def test_opening_again_leaves_everything_waiting_as_before(publications: Any) -> None:
    one = ticket(publications)
    before = kept(one)
    closing.close(one, actor=publications.bob)
    closing.reopen(one, actor=publications.bob)
    assert kept(one) == before
    assert (fresh(one).status, fresh(one).closed_at) == (Status.OPEN, None)


def test_closing_does_not_move_what_runs_from_the_last_contact(advice: Any) -> None:
    """S4.3: closed or not."""
    one = ticket(advice, at=datetime(2026, 1, 5, tzinfo=UTC))
    before = kept(one)
    closing.close(one, actor=advice.bob)
    assert kept(one) == before
    closing.reopen(one, actor=advice.bob)
    assert kept(one) == before


def test_what_is_avoided_goes_with_the_closing_itself(publications: Any) -> None:
    """S0.4."""
    one = ticket(publications)
    reporter.write(one, item="gender", value="x", actor=publications.bob)
    closing.close(one, actor=publications.bob)
    assert [
        record.item
        for record in vault.describe(
            publications.desk, handles=[handle for handle, *_ in vault.due(publications.desk, timezone.now())]
        )
    ] == ["gender"]


def test_closing_twice_and_opening_what_is_open_are_refused(publications: Any) -> None:
    one = ticket(publications)
    with pytest.raises(Refused, match="This ticket is open"):
        closing.reopen(one, actor=publications.bob)
    closing.close(one, actor=publications.bob)
    with pytest.raises(Refused, match="This ticket is closed"):
        closing.close(one, actor=publications.bob)
    assert Entry.objects.filter(act="ticket.closed").count() == 1


def test_a_closed_ticket_is_forgotten_but_its_evidence_stands(publications: Any) -> None:
    one = ticket(publications)
    closing.close(one, actor=publications.bob)
    due = [handle for handle, *_ in vault.due(publications.desk, timezone.now() + timedelta(days=367))]
    vault.erase(due, actor=publications.door, why="handled")
    assert kept(one) == {}
    assert Entry.objects.filter(act="ticket.closed", ref=one.handle).exists()
    assert len(vault.ended(publications.desk, [one.handle])) == 4
