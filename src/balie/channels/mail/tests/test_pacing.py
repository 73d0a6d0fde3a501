"""One sender's flood is read at a measured pace; nobody else waits, and after a while that sender does not either."""

from datetime import UTC, datetime, timedelta

import pytest

from balie.channels.mail import pacing
from balie.channels.mail.pacing import AT_ONCE, STEP, Pace

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_who_writes_as_people_do_never_waits() -> None:
    pace = Pace()
    assert [pace.due("alice@example.org", NOON) for _ in range(AT_ONCE)] == [NOON] * AT_ONCE


def test_ten_thousand_in_a_minute_are_spread_and_others_are_read_at_once() -> None:
    pace = Pace()
    moments = [NOON + timedelta(minutes=1) * number / 10_000 for number in range(10_000)]
    due = [pace.due("flood@example.org", moment) for moment in moments]
    assert due == sorted(due)
    assert all(
        later - sooner >= STEP - timedelta(microseconds=1)
        for sooner, later in zip(due[AT_ONCE + 9 :], due[AT_ONCE + 10 :], strict=False)
    )
    assert due[-1] - NOON < timedelta(minutes=9)
    assert pace.due("alice@example.org", moments[-1]) == moments[-1]


def test_after_the_flood_the_sender_is_read_at_once_again() -> None:
    pace = Pace()
    for _ in range(1000):
        last = pace.due("flood@example.org", NOON)
    assert last > NOON
    assert pace.due("flood@example.org", last + timedelta(seconds=2)) == last + timedelta(seconds=2)


def test_an_address_is_the_same_however_it_is_written() -> None:
    pace = Pace()
    for _ in range(AT_ONCE):
        pace.due("Flood@Example.org", NOON)
    assert pace.due("flood@example.ORG", NOON + STEP / 2) > NOON


def test_ever_new_senders_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "REMEMBERED", 10)
    pace = Pace()
    for number in range(1000):
        pace.due(f"sender{number}@example.org", NOON + timedelta(seconds=number))
    assert len(pace._turns) <= 12
