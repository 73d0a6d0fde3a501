"""Presence: who else is there is told, who has gone is forgotten, and nobody sees who looks at what they may not see."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import jobs, presence
from balie.desk.models import Presence
from balie.desk.tests.coming_in import ticket
from balie.evidence.models import Entry
from balie.kernel import Invalid, Refused
from balie.people import accounts


def colleague(cast: Any, name: str = "Teun") -> Any:
    made, _ = accounts.appoint(
        name=name, email=f"{name.lower()}@example.org", roles=["agent"], teams=["advisers"], actor=cast.ada
    )
    return accounts.actor_of(made)


def told(cast: Any, one: Any, actor: Any, **more: Any) -> list[tuple[str, str]]:
    reading = vault.Reading(actor, "ticket.looked-at", one.handle)
    return [(reading.text(other.account.name), other.writing) for other in presence.others(one, actor, **more)]


def test_a_colleague_is_told_that_somebody_looks_and_that_somebody_writes(advice: Any) -> None:
    one, teun = ticket(advice), colleague(advice)
    presence.seen(one, teun)
    assert told(advice, one, advice.bob) == [("Teun", "")]
    presence.seen(one, teun, writing="answer")
    assert told(advice, one, advice.bob) == [("Teun", "answer")]
    assert told(advice, one, teun) == []


def test_who_writes_stands_before_who_looks(advice: Any) -> None:
    one, teun, eve = ticket(advice), colleague(advice), colleague(advice, "Eve")
    presence.seen(one, teun)
    presence.seen(one, eve, writing="note")
    assert told(advice, one, advice.bob) == [("Eve", "note"), ("Teun", "")]


def test_looking_on_keeps_what_is_known_of_the_writing_until_it_is_told_otherwise(advice: Any) -> None:
    one, teun = ticket(advice), colleague(advice)
    presence.seen(one, teun, writing="note")
    presence.seen(one, teun)
    assert told(advice, one, advice.bob) == [("Teun", "note")]
    presence.seen(one, teun, writing="")
    assert told(advice, one, advice.bob) == [("Teun", "")]


def test_after_a_minute_nobody_is_there_and_what_was_written_then_is_forgotten(advice: Any) -> None:
    one, teun, later = ticket(advice), colleague(advice), timezone.now() + timedelta(seconds=61)
    presence.seen(one, teun, writing="answer")
    assert told(advice, one, advice.bob, now=later) == []
    presence.seen(one, teun, now=later)
    assert told(advice, one, advice.bob, now=later) == [("Teun", "")]


def test_the_worker_takes_the_rows_away(advice: Any) -> None:
    one = ticket(advice)
    presence.seen(one, advice.bob)
    jobs.leave({})
    assert Presence.objects.count() == 1
    Presence.objects.update(at=timezone.now() - timedelta(minutes=2))
    jobs.leave({})
    assert Presence.objects.count() == 0


def test_who_leaves_is_gone_at_once(advice: Any) -> None:
    one, teun = ticket(advice), colleague(advice)
    presence.seen(one, teun)
    presence.left(one, teun)
    assert told(advice, one, advice.bob) == []


def test_told_again_within_five_seconds_nothing_is_written(advice: Any, django_assert_num_queries: Any) -> None:
    one = ticket(advice)
    presence.seen(one, advice.bob)
    before = Presence.objects.get().at
    with django_assert_num_queries(1):
        presence.seen(one, advice.bob)
    assert Presence.objects.get().at == before


def test_who_may_not_see_the_ticket_is_not_there_and_no_software_is(advice: Any) -> None:
    one = ticket(advice)
    for stranger in (advice.charlie, advice.door):
        with pytest.raises(Refused):
            presence.seen(one, stranger)
    with pytest.raises(Invalid):
        presence.seen(one, advice.bob, writing="incoming")
    assert Presence.objects.count() == 0


def test_it_stands_in_no_evidence(advice: Any) -> None:
    one = ticket(advice)
    before = Entry.objects.count()
    presence.seen(one, advice.bob, writing="answer")
    assert Entry.objects.count() == before


def test_who_is_there_is_one_word_that_changes_with_them(advice: Any) -> None:
    """Somebody else, what they write, and that their minute is over; oneself is no news."""
    one, teun = ticket(advice), colleague(advice)
    assert presence.word(one.number, advice.bob) == presence.word(999_999, advice.bob) == ""
    presence.seen(one, advice.bob, writing="answer")
    assert presence.word(one.number, advice.bob) == ""
    presence.seen(one, teun)
    looks = presence.word(one.number, advice.bob)
    presence.seen(one, teun, writing="note")
    assert len({"", looks, presence.word(one.number, advice.bob)}) == 3
    assert presence.word(one.number, advice.bob, now=timezone.now() + timedelta(seconds=61)) == ""
