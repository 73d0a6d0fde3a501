"""Whether an answer arrived: reports that come to its own return path count, and nothing else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import post
from balie.desk import closing, conversation, deliveries, threading
from balie.desk.models import Message, Status, Ticket
from balie.desk.tests.coming_in import fresh, mail, ticket
from balie.evidence.models import Entry
from balie.kernel import Refused
from balie.post.models import Outgoing

DAEMON = "mailer-daemon@mx.example.net"


@pytest.fixture
def answered(advice: Any) -> Message:
    one = ticket(advice)
    Outgoing.objects.all().delete()
    return conversation.answer(one, text="Try again.", actor=advice.bob)


def path(message: Message, cast: Any) -> str:
    return deliveries.return_path(message, cast.address)


def report(cast: Any, message: Message, action: str, status: str, *, to: str | None = None, **more: Any) -> Message:
    """A delivery report as the mail door hands it over."""
    told = {"sender": DAEMON, "automatic": True, "subject": "Undelivered", "reports": ((action, status),), **more}
    return mail(cast, "It did not go.", recipients=(to or path(message, cast),), **told)


def state(message: Message) -> tuple[str, str]:
    return Message.objects.values_list("delivery", "delivery_code").get(pk=message.pk)


def row_of(message: Message) -> Outgoing:
    return Outgoing.objects.get(refs__message=message.handle.hex)


def test_a_report_of_failure_stands_on_its_answer_and_the_ticket_is_back_in_the_queue(
    advice: Any, answered: Message
) -> None:
    assert fresh(answered.ticket).status == Status.WAITING
    came = report(advice, answered, "failed", "5.1.1")
    assert came.ticket == answered.ticket
    assert came.automatic
    assert state(answered) == ("failed", "5.1.1")
    assert fresh(answered.ticket).status == Status.OPEN
    entry = Entry.objects.get(act="delivery.failed")
    assert (entry.ref, entry.facts["code"], entry.facts["ticket"]) == (
        answered.handle,
        "5.1.1",
        answered.ticket.number,
    )


def test_a_report_is_no_contact_and_is_never_answered(advice: Any, answered: Message) -> None:
    before = fresh(answered.ticket).last_contact_at
    report(advice, answered, "failed", "5.1.1")
    assert fresh(answered.ticket).last_contact_at == before
    assert not Outgoing.objects.exclude(kind="answer").exists()


def test_it_is_noted_on_the_answer_that_it_is_about_and_no_other(advice: Any, answered: Message) -> None:
    second = conversation.answer(fresh(answered.ticket), text="And again.", actor=advice.bob)
    third = conversation.answer(fresh(answered.ticket), text="And again.", actor=advice.bob)
    report(advice, second, "failed", "5.2.2")
    assert [state(one) for one in (answered, second, third)] == [("", ""), ("failed", "5.2.2"), ("", "")]


def test_late_and_then_there(advice: Any, answered: Message) -> None:
    report(advice, answered, "delayed", "4.4.1")
    assert state(answered) == ("delayed", "4.4.1")
    assert fresh(answered.ticket).status == Status.WAITING
    report(advice, answered, "delivered", "2.0.0")
    assert state(answered) == ("", "")
    assert list(Entry.objects.filter(act__startswith="delivery.").order_by("id").values_list("act", flat=True)) == [
        "delivery.delayed",
        "delivery.arrived",
    ]


def test_what_failed_stays_failed_whatever_comes_late(advice: Any, answered: Message) -> None:
    report(advice, answered, "failed", "5.1.1")
    report(advice, answered, "delayed", "4.4.1")
    report(advice, answered, "relayed", "2.0.0")
    report(advice, answered, "failed", "5.2.2")
    assert state(answered) == ("failed", "5.1.1")
    assert Entry.objects.filter(act__startswith="delivery.").count() == 1


@pytest.mark.parametrize(
    ("action", "status", "kept"),
    [
        ("failed", "", ("failed", "5.0.0")),
        ("", "5.7.1", ("failed", "5.7.1")),
        ("", "4.2.2", ("delayed", "4.2.2")),
        ("delayed", "", ("delayed", "4.0.0")),
        ("", "", ("", "")),
        ("delivered", "2.1.5", ("", "")),
        ("failed", "5.1.1 alice@example.org", ("failed", "5.0.0")),
    ],
)
def test_reports_that_say_half(advice: Any, answered: Message, action: str, status: str, kept: tuple[str, str]) -> None:
    report(advice, answered, action, status)
    assert state(answered) == kept


def test_of_several_recipients_the_worst_counts(advice: Any, answered: Message) -> None:
    reports = (("delivered", "2.0.0"), ("failed", "5.1.1"), ("delayed", "4.4.1"))
    report(advice, answered, "", "", reports=reports)
    assert state(answered) == ("failed", "5.1.1")


def forged(cast: Any, message: Message) -> dict[str, str]:
    """What somebody who does not know the secret word may try."""
    number, own = message.ticket.number, cast.address
    return {
        "the desk's own address": own,
        "the number": own.replace("@", f"+{number}.1@"),
        "another word": own.replace("@", f"+{number}.{'a' * 16}.1@"),
        "the mark of the message ids": own.replace("@", f"+{threading.mark(message.ticket)}.1@"),
    }


@pytest.mark.parametrize("how", ["the desk's own address", "the number", "another word", "the mark of the message ids"])
def test_a_forged_report_changes_nothing(advice: Any, answered: Message, how: str) -> None:
    came = report(
        advice,
        answered,
        "failed",
        "5.1.1",
        to=forged(advice, answered)[how],
        subject=f"Re: Locked out [{answered.ticket.number}]",
    )
    assert state(answered) == ("", "")
    assert fresh(answered.ticket).status == Status.WAITING
    assert came.ticket != answered.ticket
    assert not Entry.objects.filter(act__startswith="delivery.").exists()


def test_the_word_of_another_ticket_changes_nothing_here(advice: Any, answered: Message) -> None:
    other = conversation.answer(ticket(advice, sender="carol@example.org"), text="Yes.", actor=advice.bob)
    report(advice, other, "failed", "5.1.1")
    assert state(answered) == ("", "")
    assert state(other) == ("failed", "5.1.1")


@pytest.mark.parametrize("which", ["0", "9", "x", ""])
def test_an_answer_that_there_is_not(advice: Any, answered: Message, which: str) -> None:
    place = path(answered, advice).replace(".1@", f".{which}@")
    report(advice, answered, "failed", "5.1.1", to=place)
    assert state(answered) == ("", "")


def test_an_ordinary_mail_to_the_return_path_reports_nothing(advice: Any, answered: Message) -> None:
    """An absence notice goes there too (RFC 3834)."""
    came = mail(advice, "I am away.", sender="alice@example.org", automatic=True, recipients=(path(answered, advice),))
    assert came.ticket == answered.ticket
    assert state(answered) == ("", "")


def test_a_closed_ticket_whose_answer_did_not_arrive_opens_again(advice: Any, answered: Message) -> None:
    closing.close(fresh(answered.ticket), actor=advice.bob)
    report(advice, answered, "failed", "5.1.1")
    assert fresh(answered.ticket).status == Status.OPEN
    assert fresh(answered.ticket).closed_at is None


def claimed(message: Message) -> Outgoing:
    (row,) = [
        one
        for one in post.claim(20, timezone.now() + timedelta(seconds=15))
        if one.refs.get("message") == message.handle.hex
    ]
    return row


def test_what_our_own_mail_server_refuses_for_good_has_failed_too(advice: Any, answered: Message) -> None:
    deliveries.not_sent(claimed(answered), "5.7.1", permanent=True, now=timezone.now())
    assert state(answered) == ("failed", "5.7.1")
    assert fresh(answered.ticket).status == Status.OPEN


def test_what_waits_for_hours_is_late_and_no_longer_once_it_went(advice: Any, answered: Message) -> None:
    now = timezone.now()
    deliveries.not_sent(claimed(answered), "4.2.0", permanent=False, now=now + timedelta(hours=3, minutes=59))
    assert state(answered) == ("", "")
    Outgoing.objects.update(not_before=now)
    deliveries.not_sent(claimed(answered), "4.2.0", permanent=False, now=now + timedelta(hours=4, minutes=1))
    assert state(answered) == ("delayed", "4.2.0")
    Outgoing.objects.update(not_before=now)
    deliveries.sent(claimed(answered), now=timezone.now())
    assert state(answered) == ("", "")


def test_the_administrator_gives_up_or_tries_anew_and_the_answer_says_so(advice: Any, answered: Message) -> None:
    row = row_of(answered)
    deliveries.give_up(row.handle, actor=advice.ada)
    assert state(answered) == ("failed", "given-up")
    assert fresh(answered.ticket).status == Status.OPEN
    deliveries.try_now(row.handle, actor=advice.ada)
    assert state(answered) == ("", "")
    with pytest.raises(Refused):
        deliveries.give_up(row.handle, actor=advice.bob)


def test_rows_that_are_no_answers_have_nothing_to_note(advice: Any) -> None:
    one: Ticket = ticket(advice)
    (row,) = post.claim(5, timezone.now())
    deliveries.not_sent(row, "5.1.1", permanent=True, now=timezone.now())
    assert fresh(one).status == Status.NEW
    assert not Entry.objects.filter(act__startswith="delivery.").exists()
