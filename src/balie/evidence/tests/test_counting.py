"""Counted by month, activity and act: each entry once, however often the job runs, and still known when entries are gone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from balie import evidence
from balie.evidence import counting
from balie.evidence.models import Entry, Log
from balie.kernel import Actor

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DESK = "counted"
ACTOR = Actor.system("receive", DESK)
LONG_AGO = date(2000, 1, 1)


def record(act: str = "message.received", *, version: int = 1, kind: Any = "act", operation: str = "collect") -> None:
    with transaction.atomic():
        evidence.record(
            act, ACTOR, uuid4(), operation=operation, activity=f"/register/{DESK}/advice/versions/{version}", kind=kind
        )


def seal(start: int = 0) -> None:
    """Numbers, as the sealer gives them."""
    for index, row in enumerate(Entry.objects.filter(desk=DESK, index__isnull=True).order_by("id"), start):
        Entry.objects.filter(pk=row.pk).update(index=index, expires=99_999)
    Log.objects.update_or_create(desk=DESK, defaults={"size": Entry.objects.filter(desk=DESK).count()})


def counted() -> dict[str, int]:
    return {one.act: one.times for one in evidence.counted(DESK, since=LONG_AGO)}


def test_what_is_not_sealed_yet_is_counted_when_asked() -> None:
    record()
    record("ticket.looked-at", kind="look", operation="consult")
    assert counted() == {"message.received": 1, "ticket.looked-at": 1}
    assert evidence.count() == 0


def test_sealed_or_not_added_up_or_not_the_number_is_the_same(monkeypatch: Any) -> None:
    monkeypatch.setattr(counting, "BATCH", 2)
    for version in (1, 1, 2, 2, 3):
        record(version=version)
    seal()
    assert counted() == {"message.received": 5}
    assert evidence.count() == 5
    assert evidence.count() == 0
    assert counted() == {"message.received": 5}
    record()
    assert counted() == {"message.received": 6}
    (one,) = evidence.counted(DESK, since=LONG_AGO)
    assert (one.activity, one.operation, one.kind) == ("advice", "collect", "act")
    assert one.last == Entry.objects.filter(desk=DESK).latest("pk").pk


def test_cut_off_it_counts_nothing_twice(monkeypatch: Any) -> None:
    record()
    seal()
    with monkeypatch.context() as broken:
        broken.setattr(Log, "save", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            evidence.count()
    assert evidence.count() == 1
    assert counted() == {"message.received": 1}


def test_the_number_stays_when_the_entries_are_gone() -> None:
    record()
    seal()
    evidence.count()
    Entry.objects.filter(desk=DESK).update(expires=1)
    evidence.expire(now=datetime.now(UTC))
    (one,) = evidence.counted(DESK, since=LONG_AGO)
    assert one.times == 1
    assert evidence.entries(DESK, [one.last]) == []


def test_months_and_other_desks_are_told_apart() -> None:
    record()
    record()
    then = datetime(2020, 2, 29, 23, 59, tzinfo=UTC)
    Entry.objects.filter(pk=Entry.objects.filter(desk=DESK).earliest("pk").pk).update(at=int(then.timestamp() * 1000))
    months = {one.month for one in evidence.counted(DESK, since=LONG_AGO)}
    assert months == {date(2020, 2, 1), datetime.now(UTC).date().replace(day=1)}
    assert len(evidence.counted(DESK, since=date(2020, 3, 1))) == 1
    assert evidence.counted("another", since=LONG_AGO) == []


def test_the_entries_themselves_are_told_by_their_places_at_their_own_desk() -> None:
    record()
    (one,) = evidence.counted(DESK, since=LONG_AGO)
    (told,) = evidence.entries(DESK, [one.last])
    assert (told.activity, told.act, told.actor) == ("advice", "message.received", "system:receive")
    assert datetime.now(UTC) - told.at < timedelta(minutes=1)
    assert evidence.entries("another", [one.last]) == []
