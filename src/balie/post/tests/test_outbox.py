"""Leaving something to be sent."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from balie import post
from balie.kernel import handles
from balie.post.models import Outgoing

pytestmark = pytest.mark.usefixtures("db")

DESK = "lost-property"


@pytest.fixture(autouse=True)
def nothing_to_send() -> None:
    """What setting up the desks of a test run has left is not for these tests."""
    Outgoing.objects.all().delete()


def test_what_is_to_be_sent_waits_by_its_handles() -> None:
    message = handles.new().hex
    row = post.add(DESK, kind="answer", refs={"message": message})
    assert (row.state, row.refs, row.kind, row.desk) == ("to_send", {"message": message}, "answer", DESK)
    assert list(post.waiting(DESK)) == [row]
    assert not post.waiting("telecom")


def test_it_goes_with_the_transaction_that_left_it() -> None:
    with transaction.atomic():
        post.add(DESK, kind="answer", refs={})
        transaction.set_rollback(True)
    assert not post.waiting(DESK)


@pytest.mark.parametrize(
    "refs", [{"to": "alice@example.org"}, {"name": "Alice Voorbeeld"}, {"a b": "x"}, {"to": "+31612345678"}]
)
def test_it_takes_handles_and_short_codes_only(refs: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="short codes"):
        post.add(DESK, kind="answer", refs=refs)


def test_what_was_sent_no_longer_waits_and_is_forgotten_after_a_month() -> None:
    now = timezone.now() + timedelta(seconds=1)
    post.add(DESK, kind="answer", refs={})
    (row,) = post.claim(10, now)
    assert list(post.waiting(DESK)) == [row]
    post.sent(row, now=now)
    assert not post.waiting(DESK)
    assert post.tidy(now=now + timedelta(days=30)) == 0
    assert post.tidy(now=now + timedelta(days=30, seconds=1)) == 1


@pytest.mark.parametrize("change", [{"state": "lost"}, {"state": "sending"}, {"state": "sent"}])
def test_the_database_itself_keeps_the_states(change: dict[str, str]) -> None:
    row = post.add(DESK, kind="answer", refs={})
    with pytest.raises(IntegrityError):
        Outgoing.objects.filter(pk=row.pk).update(**change)
