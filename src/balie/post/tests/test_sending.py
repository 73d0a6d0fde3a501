"""Claiming what is to be sent, and saying how it went."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from balie import post
from balie.evidence.models import Entry
from balie.post import sending
from balie.post.models import Outgoing

pytestmark = pytest.mark.usefixtures("db")

DESK = "lost-property"


@pytest.fixture(autouse=True)
def nothing_to_send() -> None:
    """What setting up the desks of a test run has left is not for these tests."""
    Outgoing.objects.all().delete()


@pytest.fixture
def now() -> datetime:
    return timezone.now() + timedelta(seconds=1)


def acts() -> list[tuple[str, object]]:
    return [(entry.act, entry.facts["error"]) for entry in Entry.objects.filter(desk=DESK).order_by("id")]


def test_a_row_is_claimed_once_and_the_oldest_first(now: datetime) -> None:
    first, second = (post.add(DESK, kind="answer", refs={}) for _ in range(2))
    later = post.add(DESK, kind="notice", refs={}, not_before=now + timedelta(hours=1))
    assert post.claim(1, now, by="me") == [first]
    assert post.claim(5, now) == [second]
    assert post.claim(5, now) == []
    assert post.claim(5, now + timedelta(minutes=14)) == []
    first.refresh_from_db()
    assert (first.state, first.claimed_at, first.claimed_by, first.attempts) == ("sending", now, "me", 1)
    assert later in post.waiting(DESK)


def test_what_was_sent_is_recorded_and_stays_sent(now: datetime) -> None:
    post.add(DESK, kind="answer", refs={})
    (row,) = post.claim(1, now)
    post.sent(row, now=now)
    post.sent(row, now=now + timedelta(hours=1))
    post.failed(row, "4.4.1", permanent=False, now=now)
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.claimed_at) == ("sent", now, None)
    assert acts() == [("post.sent", None)]
    entry = Entry.objects.get(desk=DESK)
    assert (entry.ref, entry.actor, entry.operation) == (row.handle, "system:send", "transmit")


def test_what_did_not_go_is_tried_again_after_a_pause(now: datetime) -> None:
    post.add(DESK, kind="answer", refs={})
    (row,) = post.claim(1, now)
    post.failed(row, "4.4.1", permanent=False, now=now)
    assert (row.state, row.last_error) == ("to_send", "4.4.1")
    assert post.claim(1, now + timedelta(seconds=59)) == []
    (row,) = post.claim(1, now + timedelta(seconds=60))
    assert row.attempts == 2
    assert acts() == []


def test_the_pause_doubles_up_to_four_hours() -> None:
    assert [sending.pause(count).total_seconds() / 60 for count in (0, 1, 2, 3, 8, 9, 100)] == [
        1,
        1,
        2,
        4,
        128,
        240,
        240,
    ]


def test_what_can_never_go_has_failed_and_that_is_recorded(now: datetime) -> None:
    post.add(DESK, kind="answer", refs={})
    (row,) = post.claim(1, now)
    post.failed(row, "5.1.1", permanent=True, now=now)
    assert row.state == "failed"
    assert post.claim(1, now + timedelta(days=1)) == []
    assert row in post.waiting(DESK)
    assert acts() == [("post.failed", "5.1.1")]


def test_after_five_days_it_has_failed(now: datetime) -> None:
    row = post.add(DESK, kind="answer", refs={})
    moment, attempts = now, 0
    while row.state != "failed":
        (row,) = post.claim(1, moment)
        post.failed(row, "4.4.1", permanent=False, now=moment)
        attempts, moment = attempts + 1, max(row.not_before, moment)
    assert moment >= row.created_at + sending.PATIENCE
    assert 30 < attempts < 50
    assert acts() == [("post.failed", "4.4.1")]


def test_why_it_did_not_go_is_a_code_and_never_a_servers_words(now: datetime) -> None:
    post.add(DESK, kind="answer", refs={})
    (row,) = post.claim(1, now)
    with pytest.raises(ValueError, match="short codes"):
        post.failed(row, "mailbox of alice@example.org is full", permanent=False, now=now)


def test_what_a_crash_left_half_sent_is_sent_again(now: datetime) -> None:
    post.add(DESK, kind="answer", refs={})
    post.claim(1, now)
    assert post.claim(1, now + sending.LEASE) == []
    (row,) = post.claim(1, now + sending.LEASE + timedelta(seconds=1))
    assert (row.attempts, row.last_error) == (2, "left")


def test_what_a_dead_process_left_is_sent_again_at_once(now: datetime) -> None:
    for by in ("dead", "alive"):
        post.add(DESK, kind="answer", refs={})
        post.claim(1, now, by=by)
    assert post.take_back(now, gone=lambda by: by == "dead") == 1
    assert [row.claimed_by for row in Outgoing.objects.filter(desk=DESK, state="sending")] == ["alive"]


def test_a_sender_whose_claim_was_taken_back_changes_nothing_any_more(now: datetime) -> None:
    post.add(DESK, kind="answer", refs={})
    (slow,) = post.claim(1, now)
    (quick,) = post.claim(1, now + sending.LEASE + timedelta(seconds=1))
    post.failed(slow, "5.1.1", permanent=True, now=now)
    assert Outgoing.objects.get(pk=slow.pk).state == "sending"
    post.sent(quick, now=now)
    assert acts() == [("post.sent", None)]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_senders_never_get_the_same(now: datetime) -> None:
    for _ in range(40):
        post.add(DESK, kind="answer", refs={})
    start, claimed = threading.Barrier(3), []

    def send() -> None:
        start.wait()
        while rows := post.claim(3, now):
            claimed.extend(row.pk for row in rows)
        connection.close()

    senders = [threading.Thread(target=send) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(claimed) == len(set(claimed))
    assert Outgoing.objects.filter(desk=DESK, state="to_send").count() == 40 - len(claimed)
