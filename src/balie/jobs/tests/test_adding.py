"""Leaving a row for a worker."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from balie import jobs
from balie.jobs.models import Job
from balie.kernel import handles

pytestmark = pytest.mark.usefixtures("db")


def test_a_job_waits_with_the_handles_it_was_given() -> None:
    ticket = handles.new().hex
    jobs.add("desk.look-through", ticket=ticket, item="subject")
    row = Job.objects.get(name="desk.look-through")
    assert row.args == {"ticket": ticket, "item": "subject"}
    assert row.claimed_at is None
    assert row.due_at <= timezone.now()


def test_a_job_goes_with_the_transaction_that_left_it() -> None:
    with transaction.atomic():
        jobs.add("desk.look-through", ticket="0198")
        transaction.set_rollback(True)
    assert not Job.objects.filter(name="desk.look-through").exists()


@pytest.mark.parametrize("text", ["Alice Voorbeeld", "alice@example.org", "+31612345678", "x" * 65, "two\nlines"])
def test_a_job_takes_handles_and_short_codes_only(text: str) -> None:
    with pytest.raises(ValueError, match="short codes"):
        jobs.add("desk.look-through", ticket=text)
    with pytest.raises(ValueError, match="short codes"):
        jobs.add(text)


def test_with_a_key_a_job_waits_only_once() -> None:
    for _ in range(3):
        jobs.add("search.fill", once="search.fill:0198", record="0198")
    jobs.add("search.fill", once="search.fill:0199", record="0199")
    assert Job.objects.filter(name="search.fill").count() == 2


def test_a_job_that_is_being_done_may_be_left_again_since_it_may_have_missed_the_news() -> None:
    jobs.add("search.fill", once="search.fill", record="0198")
    Job.objects.update(claimed_at=timezone.now(), claimed_by="elsewhere:1:x")
    jobs.add("search.fill", once="search.fill", record="0198")
    assert Job.objects.filter(name="search.fill").count() == 2


def test_a_job_may_be_left_for_later() -> None:
    later = timezone.now() + timedelta(days=2)
    jobs.add("third-parties.undecided", due=later, ticket="0198")
    assert Job.objects.get(name="third-parties.undecided").due_at == later
