"""Doing what is due."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from balie import jobs
from balie.jobs import working
from balie.jobs.models import Job
from balie.jobs.registry import known
from balie.kernel import log

pytestmark = pytest.mark.usefixtures("db")

done: list[str] = []


@jobs.job("test.note")
def note(args: dict[str, str]) -> None:
    done.append(args["ticket"])


@jobs.job("test.fail")
def fail(args: dict[str, str]) -> None:
    done.append(args["ticket"])
    raise LookupError("Alice Voorbeeld, alice@example.org")


@pytest.fixture(autouse=True)
def nothing_to_do() -> Iterator[None]:
    """What setting up the desks of a test run has left is not for these tests."""
    Job.objects.all().delete()
    done.clear()
    yield
    done.clear()


@pytest.fixture
def now() -> datetime:
    return timezone.now() + timedelta(minutes=1)


def dead_worker() -> str:
    """The name of a process of this machine that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return f"{socket.gethostname()}:{process.pid}:0a0b0c0d"


def test_a_job_is_done_and_its_row_goes(now: datetime) -> None:
    jobs.add("test.note", ticket="0198")
    assert jobs.work_one(now)
    assert done == ["0198"]
    assert not Job.objects.exists()
    assert not jobs.work_one(now)


def test_what_is_due_longest_is_done_first_and_what_is_not_due_waits(now: datetime) -> None:
    for ticket, minutes in (("c", 1), ("a", -2), ("b", -1), ("later", 60)):
        jobs.add("test.note", ticket=ticket, due=now + timedelta(minutes=minutes - 5))
    assert jobs.work(now) == 3
    assert done == ["a", "b", "c"]
    assert jobs.work(now + timedelta(hours=1)) == 1


def test_no_more_is_done_at_once_than_asked(now: datetime) -> None:
    for ticket in "abc":
        jobs.add("test.note", ticket=ticket)
    assert jobs.work(now, limit=2) == 2
    assert Job.objects.count() == 1


def test_a_job_that_fails_comes_back_later_and_the_next_is_done(now: datetime) -> None:
    jobs.add("test.fail", ticket="bad", due=now - timedelta(minutes=2))
    jobs.add("test.note", ticket="good")
    assert jobs.work(now) == 2
    assert done == ["bad", "good"]
    row = Job.objects.get()
    assert (row.attempts, row.last_error, row.claimed_at, row.claimed_by) == (1, "LookupError", None, "")
    assert row.due_at == now + timedelta(seconds=2)
    assert jobs.work(now + timedelta(seconds=1)) == 0
    assert jobs.work(now + timedelta(seconds=2)) == 1
    assert Job.objects.get().attempts == 2


def test_the_pause_doubles_up_to_an_hour() -> None:
    assert [working.pause(attempts).total_seconds() for attempts in (1, 2, 3, 11, 12, 500)] == [
        2,
        4,
        8,
        2048,
        3600,
        3600,
    ]


def test_of_a_failure_only_its_kind_is_said(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    log.start()
    jobs.add("test.fail", ticket="0198")
    jobs.work_one(now)
    said = capsys.readouterr().err
    assert "job.failed job=test.fail error=LookupError" in said
    assert "Alice" not in said


def test_a_job_that_no_package_knows_waits_for_one_that_does(now: datetime) -> None:
    jobs.add("test.of-a-later-version", ticket="0198")
    assert jobs.work(now) == 1
    assert Job.objects.get().last_error == "KeyError"


def test_jobs_that_keep_failing_can_be_listed(now: datetime) -> None:
    jobs.add("test.fail", ticket="0198")
    jobs.add("test.note", ticket="0198", due=now + timedelta(days=2))
    for attempt in range(5):
        assert not jobs.failing()
        jobs.work(now + timedelta(minutes=attempt))
    assert [row.name for row in jobs.failing()] == ["test.fail"]


def claim_as(worker: str, at: datetime, *, attempts: int = 1, once: str | None = None) -> None:
    jobs.add("test.note", ticket="left", once=once)
    Job.objects.filter(claimed_at__isnull=True).update(claimed_at=at, claimed_by=worker, attempts=attempts)


def test_what_a_dead_process_of_this_machine_had_claimed_is_done_at_once(now: datetime) -> None:
    claim_as(dead_worker(), now)
    assert jobs.work(now) == 1
    assert done == ["left"]


def test_what_an_earlier_process_of_the_same_number_had_claimed_is_done_at_once(now: datetime) -> None:
    claim_as(f"{socket.gethostname()}:{os.getpid()}:0a0b0c0d", now)
    assert jobs.work(now) == 1


def test_what_a_living_process_does_is_left_to_it(now: datetime) -> None:
    claim_as(f"{socket.gethostname()}:{os.getppid()}:0a0b0c0d", now)
    assert jobs.work(now) == 0


def test_what_another_machine_has_claimed_is_taken_back_when_its_lease_is_over(now: datetime) -> None:
    claim_as("elsewhere:17:0a0b0c0d", now)
    assert jobs.work(now + working.LEASE) == 0
    assert jobs.work(now + working.LEASE + timedelta(seconds=1)) == 1
    assert done == ["left"]


def test_a_job_that_takes_the_worker_down_again_and_again_rests_in_between(now: datetime) -> None:
    claim_as(dead_worker(), now, attempts=4)
    assert jobs.work(now) == 0
    assert Job.objects.get().last_error == "Left"
    assert jobs.work(now + timedelta(seconds=16)) == 1


def test_a_job_that_was_left_by_a_crash_gives_way_to_its_like(now: datetime) -> None:
    claim_as(dead_worker(), now, once="fill")
    jobs.add("test.note", ticket="new", once="fill", due=now + timedelta(hours=1))
    assert jobs.work(now) == 0
    assert Job.objects.get().args == {"ticket": "new"}


def test_two_functions_cannot_do_one_job() -> None:
    with pytest.raises(ValueError, match=r"test\.note"):
        jobs.job("test.note")(fail)
    assert known("test.note") is note


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_many_workers_do_each_job_once(now: datetime) -> None:
    for number in range(60):
        jobs.add("test.note", ticket=f"t{number}")
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        jobs.work(now)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == sorted(f"t{number}" for number in range(60))
    assert not Job.objects.exists()


@jobs.together("test.note-together")
def note_together(several: Sequence[dict[str, str]]) -> None:
    """All or none: nothing is noted when one of them is bad."""
    if any(args["ticket"] == "bad" for args in several):
        raise LookupError("Alice Voorbeeld, alice@example.org")
    done.append(",".join(args["ticket"] for args in several))


def test_jobs_of_one_name_are_done_together(now: datetime) -> None:
    for ticket in ("one", "two", "three"):
        jobs.add("test.note-together", ticket=ticket)
    assert jobs.work(now) == 3
    assert done == ["one,two,three"]
    assert not Job.objects.exists()


def test_one_bad_job_among_several_holds_up_no_other(now: datetime) -> None:
    for ticket in ("one", "bad", "three"):
        jobs.add("test.note-together", ticket=ticket)
    jobs.work(now)
    assert done == ["one", "three"]
    (left,) = Job.objects.all()
    assert (left.args["ticket"], left.attempts, left.last_error) == ("bad", 1, "LookupError")
