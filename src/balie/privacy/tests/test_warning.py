"""Warnings before the end: on the register's days, once, to who can be written to; an answer stops the end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.channels.mail import composing
from balie.desk import closing
from balie.evidence.models import Entry
from balie.kernel import Actor
from balie.post.models import Outgoing
from balie.privacy import retention, warning
from balie.privacy.models import Warned
from balie.privacy.tests.approving import WARNED
from balie.privacy.tests.at_the_desk import ALICE, mail_in
from balie.register.tests.desks_read import adopted


@pytest.fixture
def desk(publications: Any) -> Any:
    adopted(WARNED, ("number: VB-0117", "number: VB-0118"), desk="publications", actor=publications.dora)
    return publications


def closed(cast: Any, **mail: Any) -> Any:
    ticket = mail_in(cast, **mail)
    closing.close(ticket, actor=cast.bob)
    return ticket


def due(cast: Any, ticket: Any) -> datetime:
    return max(one.erase_at for one in vault.describe(cast.desk, held_by=[ticket.handle]) if one.erase_at)


def letters() -> list[Outgoing]:
    return list(Outgoing.objects.filter(kind="warning").order_by("created_at"))


def test_on_each_day_that_the_register_gives_one_letter_is_left_and_not_a_day_sooner(desk: Any) -> None:
    ticket = closed(desk)
    end = due(desk, ticket)
    assert warning.run(desk.desk, now=end - timedelta(days=31)) == 0
    for days, count in ((30, 1), (30, 0), (8, 0), (7, 1), (6, 0), (1, 0)):
        assert warning.run(desk.desk, now=end - timedelta(days=days)) == count, days
    assert [one.refs for one in letters()] == [{"ticket": ticket.handle.hex, "due": end.date().isoformat()}] * 2
    acts = [entry.facts for entry in Entry.objects.filter(act="ending.warned").order_by("pk")]
    assert [(one["before"], one["sent"]) for one in acts] == [("P30D", True), ("P7D", True)]


def test_the_letter_says_the_day_and_how_to_stop_it_in_the_desks_language_to_who_asked(desk: Any) -> None:
    ticket = closed(desk)
    end = due(desk, ticket)
    warning.run(desk.desk, now=end - timedelta(days=7))
    (row,) = letters()
    made = composing.compose(row, vault.Reading(Actor.system("send", desk.desk), "mail.composed", row.handle))
    assert made is not None
    text = made.mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert made.recipient == ALICE
    assert made.mail["Auto-Submitted"] == "auto-generated"
    assert made.mail["Content-Language"] == "nl"
    assert str(end.year) in text
    assert "beantwoord" in text
    assert made.sender == ""


def test_a_letter_that_is_too_late_is_none(desk: Any) -> None:
    ticket = closed(desk)
    warning.run(desk.desk, now=due(desk, ticket) - timedelta(days=7))
    (row,) = letters()
    row.refs["due"] = timezone.now().date().isoformat()
    assert composing.compose(row, vault.Reading(Actor.system("send", desk.desk), "mail.composed", row.handle)) is None


def test_days_that_passed_while_the_worker_was_away_are_made_up_for_by_one_letter(desk: Any) -> None:
    ticket = closed(desk)
    end = due(desk, ticket)
    assert warning.run(desk.desk, now=end - timedelta(days=3)) == 1
    assert warning.run(desk.desk, now=end - timedelta(days=2)) == 0
    assert sorted(Warned.objects.values_list("before", "sent")) == [("P30D", False), ("P7D", True)]


def test_an_answer_stops_the_end_and_later_ends_are_warned_of_anew(desk: Any) -> None:
    ticket = closed(desk)
    end = due(desk, ticket)
    warning.run(desk.desk, now=end - timedelta(days=7))
    closing.reopen(ticket, actor=desk.bob)
    retention.run(desk.desk, now=end + timedelta(days=1))
    assert [one for one in vault.describe(desk.desk, held_by=[ticket.handle]) if one.term == "handled"]
    assert warning.run(desk.desk, now=end - timedelta(days=1)) == 0
    closing.close(ticket, actor=desk.bob)
    vault.start_clock(ticket.handle, "ticket.closed", on=timezone.now() + timedelta(days=90), actor=desk.bob)
    assert warning.run(desk.desk, now=due(desk, ticket) - timedelta(days=7)) == 1


def test_who_cannot_be_written_to_gets_no_letter_and_the_evidence_says_so(desk: Any) -> None:
    ours = closed(desk, sender=desk.address)
    assert warning.run(desk.desk, now=due(desk, ours) - timedelta(days=7)) == 0
    assert Warned.objects.filter(held_by=ours.handle, sent=False).count() == 2
    assert Entry.objects.get(act="ending.warned").facts["sent"] is False
    assert letters() == []


def test_no_address_gets_more_letters_a_day_than_other_automatic_mail(desk: Any) -> None:
    tickets = [closed(desk, sender="flood@example.org", subject=f"Number {number}") for number in range(8)]
    now = due(desk, tickets[0]) - timedelta(days=7)
    assert warning.run(desk.desk, now=now) == 5


def test_of_what_is_held_or_waits_for_an_event_nobody_is_warned(desk: Any) -> None:
    held, waiting = closed(desk), mail_in(desk, sender="b@example.org")
    end = due(desk, held)
    vault.hold([one.handle for one in vault.describe(desk.desk, held_by=[held.handle])], reason="x", actor=desk.dora)
    assert warning.run(desk.desk, now=end - timedelta(days=7)) == 0
    assert warning.run(desk.desk, now=due(desk, waiting) - timedelta(days=7)) == 0


def test_a_desk_whose_terms_do_not_warn_asks_nothing_of_the_records(
    publications: Any, django_assert_num_queries: Any
) -> None:
    closed(publications)
    warning.run(publications.desk, now=timezone.now())
    with django_assert_num_queries(0):
        assert warning.endings(publications.desk, now=timezone.now()) == []


def test_what_is_coming_is_counted_by_day_and_term(desk: Any) -> None:
    for number in range(3):
        last = closed(desk, sender=f"{number}@example.org", subject=f"Number {number}")
    end = due(desk, last)
    (one,) = warning.coming(desk.desk, now=end - timedelta(days=20))
    assert (one.day, one.term, one.count, one.due) == (
        (end - timedelta(days=7)).astimezone(UTC).date(),
        "handled",
        3,
        end.date(),
    )
    assert [row.day for row in warning.coming(desk.desk, now=end - timedelta(days=60))] == [
        (end - timedelta(days=30)).date()
    ]


def test_what_is_known_of_old_warnings_goes(desk: Any) -> None:
    ticket = closed(desk)
    end = due(desk, ticket)
    warning.run(desk.desk, now=end - timedelta(days=7))
    assert warning.tidy(now=end + timedelta(days=300)) == 0
    assert warning.tidy(now=end + timedelta(days=400)) == 2
