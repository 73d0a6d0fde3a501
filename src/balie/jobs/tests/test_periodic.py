"""Work that comes back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from balie import jobs
from balie.jobs.models import Periodic
from balie.jobs.periodic import _claim

pytestmark = pytest.mark.usefixtures("db")

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EVERY = {"test.minute": timedelta(minutes=1), "test.day": timedelta(days=1)}
done: list[str] = []


@jobs.job("test.minute")
def minute(args: dict[str, str]) -> None:
    assert args == {}
    done.append("minute")


@jobs.job("test.day")
def day(args: dict[str, str]) -> None:
    done.append("day")
    raise ValueError


@pytest.fixture(autouse=True)
def the_list() -> Iterator[None]:
    done.clear()
    jobs.keep_periodic(EVERY, now=NOON)
    yield
    done.clear()


def test_new_work_is_due_at_once_and_then_once_a_period() -> None:
    assert jobs.due_periodic(NOON) == ["test.day", "test.minute"]
    assert jobs.due_periodic(NOON) == []
    assert jobs.due_periodic(NOON + timedelta(seconds=59)) == []
    assert jobs.due_periodic(NOON + timedelta(minutes=1)) == ["test.minute"]


def test_a_second_worker_does_not_do_what_the_first_does() -> None:
    rows = list(Periodic.objects.order_by("name"))
    assert jobs.due_periodic(NOON) == ["test.day", "test.minute"]
    assert [_claim(row, NOON) for row in rows] == [False, False]


def test_what_was_missed_while_no_worker_ran_is_done_once() -> None:
    jobs.due_periodic(NOON)
    assert jobs.due_periodic(NOON + timedelta(hours=5)) == ["test.minute"]
    assert jobs.due_periodic(NOON + timedelta(hours=5)) == []


def test_what_fails_does_not_hold_up_the_rest_and_comes_back_in_its_period() -> None:
    assert jobs.work_periodic(NOON) == 2
    assert done == ["day", "minute"]
    assert jobs.work_periodic(NOON) == 0
    assert jobs.work_periodic(NOON + timedelta(days=1)) == 2


def test_the_list_can_change_and_what_stays_keeps_its_time() -> None:
    jobs.due_periodic(NOON)
    jobs.keep_periodic({"test.day": timedelta(hours=1), "test.new": timedelta(days=1)}, now=NOON)
    assert set(Periodic.objects.values_list("name", flat=True)) == {"test.day", "test.new"}
    assert jobs.due_periodic(NOON) == ["test.new"]
    assert jobs.due_periodic(NOON + timedelta(hours=1)) == ["test.day"]
    jobs.keep_periodic({"test.day": timedelta(hours=1)}, now=NOON + timedelta(hours=1))
    assert Periodic.objects.get().due_at == NOON + timedelta(hours=2)
