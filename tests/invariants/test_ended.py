"""Invariant 3, ended: whatever is stored has a day on which it goes, an event that will set it, or a review; and the sweep costs
what is due, not what is stored."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balie import jobs, vault
from balie.config.recurring import EVERY
from balie.desk import closing as ending
from balie.desk import conversation
from balie.desk.models import Ticket
from balie.desk.tests import coming_in
from balie.privacy import retention
from balie.vault.models import Erasure, Record
from conftest import Cast
from tests.counter import Counter, deliver
from tests.installation import Installation, mail
from tests.visitor import KERTTU, NOOR, signed_in

FOREVER = (
    "account.closed",
    "contract.ended",
    "organisation.left",
    "person.left",
)  # what lasts as long as somebody takes part


def some(cast: Cast, count: int, *, words: str = "Kysymys") -> list[Ticket]:
    """So many tickets, each with what a mail brings."""
    return [
        coming_in.ticket(cast, f"{words} {number}", sender=f"asker{number}.{words}@example.org")
        for number in range(count)
    ]


def test_after_a_day_at_the_doors_everything_kept_ends(house: Installation) -> None:
    """Mail, a call that nobody took and one that was written down, fields, a note, a draft, a closed and an open ticket, accounts."""
    with house.serving():
        noor, kerttu = signed_in(house.url, NOOR), signed_in(house.url, KERTTU)
        for visitor, desk in ((noor, "publications"), (kerttu, "citizens-advice")):
            sender = f"ends@{desk}.example.org"
            written = mail(
                sender=sender, to=_address(desk), subject="Ends", text="When does this go?", name="Some Body"
            )
            ticket = f"/{desk}/tickets/{deliver(house, desk, written, sender=sender)}"
            visitor.get(ticket)
            visitor.post(f"{ticket}/items", item="family-name", value="Somebody")
            visitor.post(f"{ticket}/items", item="phone", value="020 123 4567")
            visitor.post(f"{ticket}/notes", text="A note.")
            visitor.post(f"{ticket}/drafts", kind="answer", text="A draft.")
            visitor.get(f"/{desk}/calls")
            call = {"reach": "phone", "number": "020 123 4568", "text": "A call.", "email": ""}
            assert visitor.post(f"/{desk}/calls", then="close", **call).status == 303
            token = house.balie("phone", "token", desk).stdout.strip()
            machine = {"Authorization": f"Bearer {token}"}
            assert visitor.post(f"/{desk}/calls/incoming", headers=machine, number="020 123 4569").status == 201
    kept = house.rows("SELECT item, term, trigger, erase_at, review FROM vault_record")
    assert {item for item, *_ in kept} >= {"message", "email", "phone", "family-name", "raw-message", "name"}
    for item, term, trigger, erase_at, review in kept:
        assert erase_at or review or trigger in FOREVER, (item, term, trigger)
    lasting = {item for item, _, trigger, erase_at, _ in kept if not erase_at and trigger in FOREVER}
    assert lasting == {"name", "email", "sign-in-secret"}  # of staff, while they work here
    house.balie("prove")


def _address(desk: str) -> str:
    return {"publications": "servicedesk@publications.test", "citizens-advice": "neuvonta@citizens-advice.test"}[desk]


def test_the_database_itself_takes_nothing_that_would_never_end(house: Installation) -> None:
    with (
        closing(sqlite3.connect(house.data / "data.sqlite3")) as db,
        pytest.raises(sqlite3.IntegrityError, match="ends_or_is_reviewed"),
    ):
        db.execute("UPDATE vault_record SET erase_at = NULL, review = NULL, trigger = '' WHERE item = 'message'")


def test_nor_does_the_vault(publications: Cast) -> None:
    (ticket,) = some(publications, 1)
    with pytest.raises(IntegrityError):
        Record.objects.filter(held_by=ticket.handle).update(erase_at=None, trigger="", review=None)


def test_what_waits_for_an_event_that_never_comes_has_a_latest_day(publications: Cast) -> None:
    (ticket,) = some(publications, 1)
    for kept in vault.describe("publications", held_by=[ticket.handle]):
        assert (kept.trigger, kept.happened_at) == ("ticket.closed", None)
        assert kept.erase_at is not None
        assert kept.erase_at.date() == kept.collected_at.date().replace(year=kept.collected_at.year + 5)


def test_closing_sets_the_day_and_opening_again_takes_it_back(publications: Cast) -> None:
    (ticket,) = some(publications, 1)
    latest = {one.erase_at for one in vault.describe("publications", held_by=[ticket.handle])}
    ending.close(ticket, actor=publications.bob)
    (closed,) = {one.erase_at for one in vault.describe("publications", held_by=[ticket.handle])}
    assert closed is not None
    assert closed.date() == ticket.closed_at.date().replace(year=ticket.closed_at.year + 1)  # type: ignore[union-attr]
    ending.reopen(ticket, actor=publications.bob)
    assert {one.erase_at for one in vault.describe("publications", held_by=[ticket.handle])} == latest


def test_a_note_written_after_the_closing_goes_with_the_rest(publications: Cast) -> None:
    (ticket,) = some(publications, 1)
    ending.close(ticket, actor=publications.bob)
    conversation.note(ticket, text="Afterwards.", actor=publications.bob)
    assert len({one.erase_at for one in vault.describe("publications", held_by=[ticket.handle])}) == 1


def test_the_sweep_takes_what_is_due_and_touches_nothing_else(advice: Cast) -> None:
    tickets = some(advice, 12)
    due = [one.handle for one in vault.describe("citizens-advice", held_by=[ticket.handle for ticket in tickets[:3]])]
    Record.objects.filter(handle__in=due).update(erase_at=timezone.now() - timedelta(seconds=1))
    others = list(Record.objects.exclude(handle__in=due).order_by("handle").values())
    swept = retention.run("citizens-advice", now=timezone.now())
    assert swept.erased == len(due) > 6
    assert list(Record.objects.order_by("handle").values()) == others
    assert set(Erasure.objects.values_list("handle", flat=True)) >= set(due)


def test_the_other_desk_is_not_swept_along(advice: Cast, publications: Cast) -> None:
    for cast in (advice, publications):
        some(cast, 1)
    before = Record.objects.filter(desk="publications", holder="ticket").count()
    Record.objects.filter(holder="ticket").update(erase_at=timezone.now() - timedelta(seconds=1))
    retention.run("citizens-advice", now=timezone.now())
    assert not Record.objects.filter(desk="citizens-advice", holder="ticket").exists()
    assert Record.objects.filter(desk="publications", holder="ticket").count() == before > 2


@contextmanager
def counted_steps() -> Iterator[list[int]]:
    """How many steps the database's machine takes meanwhile, in tens: what a query costs, whatever the clock says."""
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, 10)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 10)


def test_an_idle_sweep_costs_the_same_however_much_is_stored(advice: Cast) -> None:
    retention.run("citizens-advice", now=timezone.now())
    costs = []
    for more in (5, 60):
        some(advice, more, words=f"Lot{more}")
        with counted_steps() as steps:
            assert retention.run("citizens-advice", now=timezone.now()).erased == 0
        costs.append(steps[0])
    assert costs[1] <= costs[0] + 2, costs


def test_the_plan_of_an_idle_sweep_walks_no_table(advice: Cast) -> None:
    with CaptureQueriesContext(connection) as captured:
        retention.run("citizens-advice", now=timezone.now())
    asked = [one["sql"] for one in captured if one["sql"].startswith("SELECT")]
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]}")
        plan = [row[3] for row in cursor.fetchall()]
    assert any("USING INDEX vault_due" in line for line in plan), plan
    assert not any(line.startswith("SCAN vault_record") and "USING" not in line for line in plan), plan


def test_sessions_end_too(db: None) -> None:
    """A row of a session holds no more than an account's handle, and even that has an end."""
    over, running = SessionStore(), SessionStore()
    for session, age in ((over, -60), (running, 60)):
        session["account"] = "0" * 32
        session.set_expiry(datetime.now(UTC) + timedelta(seconds=age))
        session.save()
    jobs.find()
    jobs.keep_periodic({"people.tidy": EVERY["people.tidy"]}, now=timezone.now())
    assert jobs.work_periodic(timezone.now()) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == [running.session_key]


def test_every_periodic_duty_is_on_the_one_list(counter: Counter) -> None:
    """And is being done by the worker of a running installation: none waits longer than twice its period."""
    kept = {name for (name,) in counter.house.rows("SELECT name FROM jobs_periodic")}
    assert kept == set(EVERY)
    assert kept >= {
        "privacy.sweep",
        "vault.finish",
        "evidence.expire",
        "evidence.seal",
        "people.forget",
        "people.tidy",
        "desk.tidy",
    }
    assert not counter.house.rows("SELECT 1 FROM jobs_job WHERE attempts > 3")
