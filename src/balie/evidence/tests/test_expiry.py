"""Letting go of entries whose term has ended."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from balie import evidence
from balie.evidence.models import Entry
from balie.evidence.terms import day, day_number
from balie.evidence.tests.conftest import DESK, Key

pytestmark = pytest.mark.usefixtures("db")


def end_of(entry: Entry) -> datetime:
    return datetime.combine(day(entry.expires or 0), datetime.min.time(), UTC)


def test_an_entry_loses_body_and_salt_on_the_day_its_term_ends_and_its_leaf_stands(
    sealed: Callable[..., str], key: Key
) -> None:
    sealed(2, kind="look")
    sealed(2)
    ends = end_of(Entry.objects.get(index=0))
    assert evidence.expire(now=ends - timedelta(seconds=1)) == 0
    assert evidence.expire(now=ends) == 2
    for gone in Entry.objects.filter(kind="look"):
        assert (gone.act, gone.actor, gone.ref, gone.about, gone.facts, gone.at) == ("", "", None, [], {}, None)
        assert (gone.trace, gone.span, gone.salt, gone.activity, gone.operation) == (None, None, None, "", "")
        assert gone.index is not None
        assert len(gone.commitment) == 32
    report = evidence.verify(DESK, vkey=key.vkey, now=ends)
    assert report.ok
    assert str(report.lines[0]) == "Desk publications: 4 entries sealed, 2 as recorded, 2 expired under their term."


def test_what_is_not_sealed_does_not_expire(fill: Callable[..., None]) -> None:
    fill(1)
    assert evidence.expire(now=datetime(2200, 1, 1, tzinfo=UTC)) == 0


def test_no_more_expire_at_once_than_asked_the_earliest_first(sealed: Callable[..., str]) -> None:
    sealed(3)
    sealed(2, kind="look")
    late = datetime(2200, 1, 1, tzinfo=UTC)
    assert evidence.expire(now=late, limit=2) == 2
    assert set(Entry.objects.filter(salt__isnull=True).values_list("kind", flat=True)) == {"look"}
    assert evidence.expire(now=late) == 3
    assert evidence.expire(now=late) == 0


def test_a_follower_and_the_privacy_strip_no_longer_meet_what_has_expired(sealed: Callable[..., str]) -> None:
    sealed(3)
    ref = Entry.objects.get(index=1).ref
    assert ref
    evidence.expire(now=datetime(2200, 1, 1, tzinfo=UTC), limit=2)
    assert [one.index for one in evidence.after(DESK, 0)] == [2]
    assert evidence.seen_by(DESK, ref) == []


def test_a_day_is_counted_in_universal_time() -> None:
    zone = datetime.fromisoformat("1970-01-02T00:30:00+02:00")
    assert day_number(zone) == 0
