"""Followers, and who has looked."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from balie import evidence
from balie.evidence.models import Entry
from balie.evidence.tests.conftest import DESK, Key
from balie.kernel import Actor, handles

pytestmark = pytest.mark.usefixtures("db")


def test_a_follower_reads_sealed_entries_in_order_and_goes_on_where_it_was(
    sealed: Callable[..., str], fill: Callable[..., None]
) -> None:
    sealed(5)
    fill(2)
    first = evidence.after(DESK, 0, limit=3)
    assert [one.index for one in first] == [0, 1, 2]
    rest = evidence.after(DESK, first[-1].cursor)
    assert [one.index for one in rest] == [3, 4]
    assert evidence.after(DESK, rest[-1].cursor) == []
    assert (first[2].act, first[2].facts["minutes"], first[2].kind) == ("ticket.closed", 2, "act")


def test_a_follower_of_one_desk_reads_nothing_of_another(sealed: Callable[..., str]) -> None:
    sealed(2)
    assert evidence.after("citizens-advice", 0) == []


def test_who_has_looked_how_often_and_when_last_is_known_at_once(bob: Actor, key: Key) -> None:
    dora = Actor("staff", handles.new().hex, DESK)
    ticket, other = handles.new(), handles.new()
    looks = [(bob, ticket, 1000), (bob, ticket, 3000), (dora, ticket, 2000), (dora, other, 9000)]
    for actor, ref, at in looks:
        evidence.record("ticket.looked-at", actor, ref, operation="consult", kind="look")
        Entry.objects.filter(at__gt=9000).update(at=at)
    evidence.record("ticket.answered", bob, ticket, operation="record")
    expected = [
        (str(bob), 2, datetime.fromtimestamp(3, UTC)),
        (str(dora), 1, datetime.fromtimestamp(2, UTC)),
    ]
    assert evidence.seen_by(DESK, ticket) == expected
    evidence.seal(lambda desk: key)
    assert evidence.seen_by(DESK, ticket) == expected


def test_one_look_at_a_long_page_counts_once(bob: Actor) -> None:
    queue = handles.new()
    persons = [handles.new() for _ in range(1500)]
    evidence.record("queue.looked-at", bob, queue, operation="consult", kind="look", about=persons)
    assert [times for _actor, times, _last in evidence.seen_by(DESK, queue)] == [1]
