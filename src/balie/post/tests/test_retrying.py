"""What an administrator may do about what waits, and the sentences that say why it does."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from balie import post
from balie.evidence.models import Entry
from balie.kernel import Refused
from balie.post.models import Outgoing


@pytest.fixture
def waiting(advice: Any) -> Outgoing:
    """One row that a mail server has put off."""
    Outgoing.objects.all().delete()
    post.add(advice.desk, kind="answer", refs={})
    now = timezone.now()
    (row,) = post.claim(1, now)
    assert post.failed(row, "4.2.0", permanent=False, now=now) is False
    return row


def test_what_waits_may_go_at_once_and_the_evidence_says_who_wanted_it(advice: Any, waiting: Outgoing) -> None:
    assert post.claim(1, timezone.now()) == []
    post.try_now(waiting.handle, actor=advice.ada)
    assert post.claim(1, timezone.now()) == [waiting]
    entry = Entry.objects.get(act="post.tried-anew")
    assert (entry.ref, entry.actor) == (waiting.handle, str(advice.ada))


def test_what_was_given_up_does_not_go_until_it_is_tried_anew(advice: Any, waiting: Outgoing) -> None:
    post.give_up(waiting.handle, actor=advice.ada)
    assert post.claim(1, timezone.now() + timedelta(days=1)) == []
    (row,) = post.waiting(advice.desk)
    assert (row.state, row.last_error) == ("failed", "given-up")
    assert Entry.objects.get(act="post.given-up").actor == str(advice.ada)
    post.try_now(waiting.handle, actor=advice.ada)
    assert post.claim(1, timezone.now()) == [waiting]


def test_what_failed_after_five_days_has_five_days_again_once_it_is_tried_anew(advice: Any, waiting: Outgoing) -> None:
    late = timezone.now() + timedelta(days=6)
    (row,) = post.claim(1, late)
    assert post.failed(row, "4.2.0", permanent=False, now=late) is True
    post.try_now(waiting.handle, actor=advice.ada)
    now = timezone.now() + timedelta(seconds=1)
    (row,) = post.claim(1, now)
    assert post.failed(row, "4.2.0", permanent=False, now=now) is False
    assert Outgoing.objects.get(pk=row.pk).state == "to_send"


@pytest.mark.parametrize("verb", [post.try_now, post.give_up])
@pytest.mark.parametrize("who", ["bob", "dora", "charlie", "door"])
def test_nobody_else_decides(advice: Any, waiting: Outgoing, verb: Any, who: str) -> None:
    with pytest.raises(Refused, match="Only an administrator"):
        verb(waiting.handle, actor=getattr(advice, who))


@pytest.mark.parametrize("verb", [post.try_now, post.give_up])
def test_another_desks_rows_and_none_look_the_same(
    publications: Any, advice: Any, waiting: Outgoing, verb: Any
) -> None:
    said = set()
    for handle, actor in ((waiting.handle, publications.ada), (uuid4(), advice.ada)):
        with pytest.raises(Refused) as refused:
            verb(handle, actor=actor)
        said.add(str(refused.value.sentence))
    assert len(said) == 1


@pytest.mark.parametrize("verb", [post.try_now, post.give_up])
def test_what_is_being_sent_or_has_gone_is_left_alone(advice: Any, waiting: Outgoing, verb: Any) -> None:
    now = timezone.now() + timedelta(minutes=2)
    (row,) = post.claim(1, now)
    with pytest.raises(Refused, match="just being sent"):
        verb(row.handle, actor=advice.ada)
    post.sent(row, now=now)
    with pytest.raises(Refused, match="has gone already"):
        verb(row.handle, actor=advice.ada)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("5.1.1", "no such address"),
        ("5.2.2", "mailbox is full"),
        ("4.7.1", "come back later"),
        ("5.7.26", "own rules"),
        ("5.3.4", "too large"),
        ("450", "cannot take it now"),
        ("550", "for good"),
        ("4.3.0", "cannot take it now"),
        ("no-connection", "cannot be reached"),
        ("given-up", "gave it up"),
        ("SomethingError", "could not be sent"),
    ],
)
def test_each_code_has_a_sentence(code: str, says: str) -> None:
    assert says in str(post.reason(code))


def test_what_has_not_failed_needs_none() -> None:
    assert post.reason("") is None
