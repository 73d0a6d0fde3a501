"""Intake: a mail becomes a message with what the register declares and nothing else, once, and what is late runs from its event."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from balie import vault
from balie.desk import closing, conversation, intake
from balie.desk.models import Arrival, Attachment, Message, Status, Ticket
from balie.desk.tests.coming_in import ALICE, arrive, fresh, items, mail, ticket
from balie.evidence.models import Entry
from balie.post.models import Outgoing
from balie.vault.tests.keeping import read

FILES = (intake.File("screenshot.png", b"\x89PNG"), intake.File("", b""))


def test_a_first_mail_opens_a_ticket_that_waits_new_and_unassigned(publications: Any) -> None:
    message = mail(publications, "It is broken.", subject="Broken")
    one = fresh(message.ticket)
    assert (one.status, one.assignee, one.channel, one.kind, one.number) == ("new", None, "mail", "question", 1001)
    assert (one.service, one.activity, one.team, one.version) == ("announcements", "service-desk", "servicedesk", 1)
    assert read(publications.bob, message.text, one.subject, message.sender) == ["It is broken.", "Broken", ALICE]
    assert vault.about(publications.desk, [message.text, message.sender, one.subject]) == [one.requester_id]


def test_the_evidence_says_that_it_came_and_nothing_of_what_it_said(publications: Any) -> None:
    message = mail(publications)
    told = Entry.objects.get(act="message.received")
    assert (told.operation, told.ref, told.about) == ("collect", message.handle, [message.ticket.requester_id.hex])
    assert told.facts == {"ticket": 1001, "service": "announcements", "channel": "mail", "opened": True}
    mail(publications, subject="Re: [1001]")
    assert Entry.objects.filter(act="message.received").latest("pk").facts["opened"] is False


def test_taking_a_mail_in_twice_does_it_once(publications: Any) -> None:
    arrival = arrive(publications)
    incoming = intake.Incoming(ALICE, "", (publications.address,), "Subject", "Text", files=FILES)
    first = intake.receive(arrival, incoming, actor=publications.door)
    before = Entry.objects.count(), len(list(vault.all_of(publications.desk)))
    again = intake.receive(arrival, incoming, actor=publications.door)
    late = intake.receive(Arrival.objects.get(handle=arrival.handle), incoming, actor=publications.door)
    assert first == again == late
    assert (Ticket.objects.count(), Message.objects.count(), Attachment.objects.count()) == (1, 1, 2)
    assert (Entry.objects.count(), len(list(vault.all_of(publications.desk)))) == before
    assert Outgoing.objects.count() == 1


def test_the_name_of_the_from_line_is_dropped_and_said_to_be(publications: Any, advice: Any) -> None:
    """S0.4, S4.2."""
    for cast in (publications, advice):
        message = mail(cast, sender_name="Alice Example")
        assert message.sender_name is None
        assert message.not_kept == ["name"]
        assert "name" not in items(message.ticket)
        assert vault.find_beginning(cast.bob, "alice example") == []


def test_nothing_of_a_mail_goes_into_the_fields_by_itself(publications: Any) -> None:
    """S0.4."""
    one = ticket(publications, "Alice Example\n020 794 0123\nMunicipality of Example", sender_name="Alice Example")
    assert not one.reporter_items.exists()
    assert items(one) == ["email", "message", "message", "message"]  # text, subject, and the ids that an answer quotes


def test_files_are_kept_where_they_are_declared(publications: Any) -> None:
    message = mail(publications, files=FILES)
    assert message.not_kept == []
    first, second = Attachment.objects.order_by("-size")
    assert read(publications.bob, first.name, first.content) == [b"screenshot.png", b"\x89PNG"]
    assert (first.size, second.size) == (4, 0)
    assert read(publications.bob, second.name) == [b"?"]


def test_files_are_not_kept_where_they_are_not_declared_and_it_is_said(advice: Any) -> None:
    message = mail(advice, files=FILES)
    assert message.not_kept == ["attachment"]
    assert not Attachment.objects.exists()
    assert "attachment" not in items(message.ticket)


def test_a_mail_with_nothing_in_it_opens_a_ticket_all_the_same(publications: Any) -> None:
    message = mail(publications, "", subject="", sender="", message_id="")
    assert (message.text, message.sender, message.envelope, message.ticket.subject) == (None, None, None, None)
    assert items(message.ticket) == []


def test_an_unreadable_mail_is_kept_as_what_it_is_and_shows_nothing(publications: Any) -> None:
    message = mail(publications, "", unreadable="too-many-parts")
    assert message.unreadable == "too-many-parts"
    (shown,) = conversation.shown(message.ticket, vault.Reading(publications.bob, "ticket.looked-at"))
    assert (shown.parts, shown.gone) == (None, None)


@pytest.mark.parametrize("status", [Status.NEW, Status.OPEN])
def test_more_mail_leaves_a_ticket_where_it_stands_in_the_queue(publications: Any, status: Status) -> None:
    one = ticket(publications)
    Ticket.objects.filter(pk=one.pk).update(status=status)
    assert mail(publications, subject="[1001]").ticket == one
    assert fresh(one).status == status


def test_mail_on_a_waiting_ticket_opens_it(advice: Any) -> None:
    one = ticket(advice)
    conversation.answer(one, text="What do you see?", actor=advice.bob)
    assert fresh(one).status == Status.WAITING
    mail(advice, subject="Re: [1001]")
    assert fresh(one).status == Status.OPEN


def test_mail_on_a_closed_ticket_opens_it_and_what_ran_from_its_closing_waits_anew(publications: Any) -> None:
    one = ticket(publications)
    closing.close(one, actor=publications.bob)
    assert all(kept.happened_at for kept in vault.describe(publications.desk, held_by=[one.handle]))
    mail(publications, subject="Re: [1001]")
    assert (fresh(one).status, fresh(one).closed_at) == (Status.OPEN, None)
    assert not any(kept.happened_at for kept in vault.describe(publications.desk, held_by=[one.handle]))


def test_the_last_contact_is_the_latest_mail_in_whatever_order_they_are_read(advice: Any) -> None:
    """S4.3."""
    early, late = datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 9, 8, tzinfo=UTC)
    one = ticket(advice, at=late)
    mail(advice, subject="[1001]", at=early)
    assert fresh(one).last_contact_at == late
    kept = vault.describe(advice.desk, held_by=[one.handle])
    assert {record.erase_at for record in kept} == {datetime(2028, 3, 9, tzinfo=UTC)}
    mail(advice, subject="[1001]", at=late + timedelta(days=30))
    kept = vault.describe(advice.desk, held_by=[one.handle])
    assert {record.erase_at for record in kept} == {datetime(2028, 4, 8, tzinfo=UTC)}


def test_the_same_human_is_the_same_person_and_a_second_writer_another(publications: Any) -> None:
    one = ticket(publications)
    other = mail(publications, sender="carol@example.org", recipients=(_secret_address(one),))
    assert other.ticket == one
    assert vault.about(publications.desk, [other.text]) != [one.requester_id]
    assert ticket(publications).requester == one.requester


def test_a_mail_that_was_read_is_told_to_nobody_at_the_other_desk(publications: Any) -> None:
    message = mail(publications)
    assert not Ticket.objects.visible_to(publications.charlie).exists()
    assert read(publications.charlie, message.text, message.sender) == [None, None]


def test_reading_one_mail_more_costs_as_many_queries_as_the_first(
    publications: Any, django_assert_max_num_queries: Any
) -> None:
    mail(publications)
    for n in range(3):
        arrival = arrive(publications)
        incoming = intake.Incoming(f"new{n}@example.org", "", (publications.address,), "Subject", "Text")
        with django_assert_max_num_queries(30):
            intake.receive(arrival, incoming, actor=publications.door)


def _secret_address(one: Ticket) -> str:
    from balie.desk import threading

    return f"servicedesk+{threading.secret_word(one)}@publications.test"
