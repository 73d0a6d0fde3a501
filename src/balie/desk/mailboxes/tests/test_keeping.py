"""The diary of mailboxes: whose they are, and that nothing personal stands in it."""

from typing import Any

from django.utils import timezone

from balie.desk import arrivals, mailboxes
from balie.desk.mailboxes import Connection, FetchedMail, Mailbox

RAW = b"From: Quintessa Verholt <quintessa@example.org>\r\n\r\nHello\r\n"


def box(name: str, desk: str = "publications") -> Connection:
    return Connection(
        name, desk, "imap", "delete", host="mail.example.org", user="quintessa@example.org", folder="Quintessa"
    )


def test_a_desk_sees_its_own_mailboxes_only(publications: Any, advice: Any) -> None:
    mailboxes.name_all([box("one"), box("two", "citizens-advice")])
    assert [one.name for one in mailboxes.states(publications.ada)] == ["one"]
    assert [one.name for one in mailboxes.states(advice.ada)] == ["two"]


def test_a_mailbox_that_the_settings_no_longer_name_is_shown_no_more_and_what_is_known_of_it_is_kept(
    publications: Any,
) -> None:
    mailboxes.name_all([box("one")])
    Mailbox.objects.update(taken=7)
    mailboxes.name_all([])
    assert mailboxes.states(publications.ada) == []
    mailboxes.name_all([box("one")])
    assert mailboxes.states(publications.ada)[0].taken == 7


def test_nothing_personal_stands_in_the_diary(publications: Any) -> None:
    mailboxes.name_all([box("one")])
    row = mailboxes.claim("one", now=timezone.now(), actor=publications.door)
    assert row is not None
    found = mailboxes.Found("1.1", arrivals.Delivery("quintessa@example.org", (publications.address,), RAW))
    mailboxes.take(row, [found], now=timezone.now(), actor=publications.door)
    mailboxes.leave(row, "1.2", reason="too-large", size=1, now=timezone.now(), actor=publications.door)
    everything = str([*Mailbox.objects.values(), *FetchedMail.objects.values()]).lower()
    assert "quintessa" not in everything
    assert "example.org" not in everything


def test_a_mail_that_another_process_has_just_taken_is_not_left(publications: Any) -> None:
    mailboxes.name_all([box("one")])
    row = Mailbox.objects.get()
    found = mailboxes.Found("1.1", arrivals.Delivery("a@example.org", (publications.address,), RAW))
    mailboxes.take(row, [found], now=timezone.now(), actor=publications.door)
    mailboxes.leave(row, "1.1", reason="not-kept", size=1, now=timezone.now(), actor=publications.door)
    assert mailboxes.known(row) == {"1.1": "taken"}


def test_every_trouble_and_every_reason_has_its_sentence() -> None:
    for one in (*mailboxes.TROUBLES.values(), *mailboxes.REASONS.values()):
        assert str(one).endswith(".")


def test_trouble_is_remembered_from_its_beginning_until_it_is_over(publications: Any) -> None:
    mailboxes.name_all([box("one")])
    row, now = Mailbox.objects.get(), timezone.now()
    later = now + timezone.timedelta(minutes=5)
    mailboxes.went_wrong(row, "timeout", now=now, next_at=later, actor=publications.door)
    mailboxes.went_wrong(row, "dropped", now=later, next_at=later, actor=publications.door)
    (state,) = mailboxes.states(publications.door)
    assert (state.error, state.attempts, state.failing_since, state.next_at) == ("dropped", 2, now, later)
    mailboxes.went_well(row, now=later, actor=publications.door)
    (state,) = mailboxes.states(publications.door)
    assert (state.error, state.says, state.attempts, state.failing_since, state.succeeded_at) == (
        "",
        None,
        0,
        None,
        later,
    )
