"""Taking back: an answer waits some seconds; whoever wrote it has it back as a draft, and once it has gone nobody has."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import post, vault
from balie.desk import closing, conversation, enclosing, reporter, taking_back
from balie.desk.intake import File
from balie.desk.models import Attachment, Finding, Message, Status, Ticket
from balie.desk.tests.coming_in import fresh, mail, ticket
from balie.desk.tests.test_presence import colleague
from balie.evidence.models import Entry
from balie.kernel import Refused
from balie.post.models import Outgoing
from balie.vault.models import Record

FORM = File("formulier.pdf", b"%PDF-1.7 empty form", "application/pdf")


def drafts(cast: Any, one: Ticket) -> dict[str, str]:
    return conversation.drafts_of(one, vault.Reading(cast.bob, "ticket.looked-at"))


def files(cast: Any, one: Ticket) -> list[str]:
    return [file.name for file in enclosing.kept(one, vault.Reading(cast.bob, "ticket.looked-at"))]


def test_an_answer_waits_fifteen_seconds_before_any_door_may_take_it(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="Try again.", actor=advice.bob)
    Outgoing.objects.exclude(kind="answer").delete()
    assert post.claim(9, message.at + timedelta(seconds=14)) == []
    (row,) = post.claim(9, message.at + timedelta(seconds=15))
    assert row.refs["message"] == message.handle.hex


@pytest.mark.parametrize("seconds", [0, 30])
def test_how_long_is_set_for_the_installation(advice: Any, settings: Any, seconds: int) -> None:
    settings.BALIE_UNDO = seconds
    message = conversation.answer(ticket(advice), text="Try again.", actor=advice.bob)
    assert Outgoing.objects.get(kind="answer").not_before == message.at + timedelta(seconds=seconds)


def test_what_is_taken_back_is_a_draft_again_and_goes_to_nobody(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="Try agian.", actor=advice.bob)
    records = Record.objects.count()
    taking_back.take_back(message, actor=advice.bob)
    assert drafts(advice, one) == {"answer": "Try agian."}
    assert not Outgoing.objects.filter(kind="answer").exists()
    assert not Message.objects.filter(kind="answer").exists()
    assert Record.objects.count() == records
    told = Entry.objects.get(act="message.taken-back")
    assert (told.operation, told.ref, told.actor) == ("store", message.handle, str(advice.bob))
    conversation.answer(fresh(one), text="Try again.", actor=advice.bob)
    assert Outgoing.objects.filter(kind="answer").count() == 1


def test_the_ticket_is_as_it_was_and_its_clocks_too(advice: Any) -> None:
    one = ticket(advice, at=timezone.now() - timedelta(days=100))
    before = (fresh(one).last_contact_at, {kept.erase_at for kept in vault.describe(one.desk, held_by=[one.handle])})
    message = conversation.answer(one, text="An answer", actor=advice.bob)
    taking_back.take_back(message, actor=advice.bob)
    after = fresh(one)
    assert (after.last_contact_at, {kept.erase_at for kept in vault.describe(one.desk, held_by=[one.handle])}) == before
    assert after.status == Status.OPEN


def test_after_an_earlier_answer_the_ticket_waits_on(advice: Any) -> None:
    one = ticket(advice)
    conversation.answer(one, text="First", actor=advice.bob)
    second = conversation.answer(fresh(one), text="Second", actor=advice.bob)
    taking_back.take_back(second, actor=advice.bob)
    assert fresh(one).status == Status.WAITING


def test_a_ticket_that_was_closed_with_the_answer_is_open_again(publications: Any) -> None:
    one = asked(publications)
    message = conversation.answer(one, text="Done", actor=publications.bob)
    closing.close(fresh(one), actor=publications.bob)
    taking_back.take_back(Message.objects.get(pk=message.pk), actor=publications.bob)
    assert (fresh(one).status, fresh(one).closed_at) == (Status.OPEN, None)
    assert {kept.happened_at for kept in vault.describe(one.desk, held_by=[one.handle])} == {None}


def test_what_was_begun_since_stands_below_what_comes_back(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="First", actor=advice.bob)
    conversation.keep_draft(one, kind="answer", text="Second", actor=advice.bob)
    taking_back.take_back(message, actor=advice.bob)
    assert drafts(advice, one) == {"answer": "First\n\nSecond"}
    assert not Record.objects.filter(handle=message.text).exists()


def asked(cast: Any) -> Ticket:
    one = ticket(cast)
    reporter.write(one, item="family-name", value="Voorbeeld", actor=cast.bob)
    reporter.write(one, item="relation", value="burger", actor=cast.bob)
    return fresh(one)


def test_its_files_come_back_with_it_and_go_again_with_the_next(publications: Any) -> None:
    one = asked(publications)
    message = conversation.answer(one, text="Here.", files=[FORM], actor=publications.bob)
    taking_back.take_back(message, actor=publications.bob)
    assert files(publications, one) == ["formulier.pdf"]
    assert not Attachment.objects.exists()
    again = conversation.answer(fresh(one), text="Here it is.", actor=publications.bob)
    assert (again.attachments.count(), files(publications, one)) == (1, [])


def test_what_was_masked_in_it_is_noted_once_and_not_twice(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="Write to carol@example.net", actor=advice.bob)
    assert Finding.objects.filter(record=message.text).exists()
    taking_back.take_back(message, actor=advice.bob)
    assert not Finding.objects.exists()


def test_once_a_door_has_it_it_cannot_be_taken_back(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="Try again.", actor=advice.bob)
    post.claim(9, timezone.now() + timedelta(seconds=16))
    with pytest.raises(Refused, match="It has gone already"):
        taking_back.take_back(message, actor=advice.bob)
    assert Message.objects.filter(pk=message.pk).exists()
    assert drafts(advice, one) == {}


def test_what_a_mail_server_may_have_taken_is_not_taken_back(advice: Any) -> None:
    """Tried once and put off: nobody knows how far it came."""
    one = ticket(advice)
    message = conversation.answer(one, text="Try again.", actor=advice.bob)
    Outgoing.objects.filter(kind="answer").update(attempts=1)
    with pytest.raises(Refused, match="It has gone already"):
        taking_back.take_back(message, actor=advice.bob)


def test_nobody_takes_back_what_another_wrote(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="Try again.", actor=advice.bob)
    for other in (colleague(advice), advice.charlie, advice.dora, advice.door):
        with pytest.raises(Refused):
            taking_back.take_back(message, actor=other)
    note = conversation.note(one, text="A note", actor=advice.bob)
    with pytest.raises(Refused, match="Only who wrote this answer"):
        taking_back.take_back(note, actor=advice.bob)


def test_what_can_be_taken_back_is_told_for_as_long_as_it_can(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="Try again.", actor=advice.bob)
    (told,) = taking_back.just_sent(advice.bob)
    assert (told.message, told.goes_at) == (message, message.at + timedelta(seconds=15))
    assert taking_back.waiting(one.desk, one.messages.all()).keys() == {message.handle}
    assert taking_back.just_sent(advice.bob, now=message.at + timedelta(seconds=16)) == []
    assert taking_back.just_sent(colleague(advice)) == []
    post.claim(9, timezone.now() + timedelta(seconds=16))
    assert taking_back.waiting(one.desk, one.messages.all()) == {}


def test_nothing_is_lost_when_the_page_knew_of_an_answer_that_was_taken_back(advice: Any) -> None:
    first = mail(advice)
    message = conversation.answer(first.ticket, text="One", actor=advice.bob)
    taking_back.take_back(message, actor=advice.bob)
    conversation.answer(fresh(first.ticket), text="Two", actor=advice.bob, seen=message.handle)
    assert Outgoing.objects.filter(kind="answer").count() == 1
