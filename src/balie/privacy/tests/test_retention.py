"""Retention: what is due goes wholly, what is held stays, and what will go is known beforehand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balie import evidence, register, vault
from balie.desk import arrivals, closing, conversation, intake, queue, reporter
from balie.desk.models import Arrival, Attachment, Draft, Finding, ReporterItem
from balie.evidence.models import Entry
from balie.kernel import Actor
from balie.privacy import retention
from balie.privacy.tests.at_the_desk import mail_in

Erasure, Record = apps.get_model("vault", "Erasure"), apps.get_model("vault", "Record")
RecordKey = apps.get_model("keys", "RecordKey")
LATER = timezone.now() + timedelta(days=365 * 2 + 40)


def test_two_years_after_the_last_contact_nothing_of_a_ticket_is_left(
    advice: Any, django_capture_on_commit_callbacks: Any
) -> None:
    ticket = mail_in(advice)
    conversation.note(ticket, text="Called back, nobody there.", actor=advice.bob)
    conversation.keep_draft(ticket, kind="answer", text="Dear Alice", actor=advice.bob)
    with django_capture_on_commit_callbacks(execute=True):
        swept = retention.run(advice.desk, now=LATER)
    held = [one for one in vault.describe(advice.desk) if one.holder == "ticket"]
    assert held == []
    assert swept.erased == Erasure.objects.filter(desk=advice.desk, why__in=["two-years", "mail-as-sent"]).count() > 4
    assert not RecordKey.objects.filter(
        pk__in=list(Erasure.objects.values_list("key", flat=True)), sealed__isnull=False
    ).exists()
    assert not Finding.objects.exists()
    assert not Draft.objects.exists()


def test_a_ticket_that_holds_nothing_any_more_waits_for_nobody(advice: Any) -> None:
    mail_in(advice)
    retention.run(advice.desk, now=LATER)
    assert {view.slug: view.count for view in queue.views(advice.bob)}["open"] == 0


def test_the_day_before_nothing_goes(advice: Any) -> None:
    ticket = mail_in(advice)
    due = max(one.erase_at for one in vault.describe(advice.desk, held_by=[ticket.handle]) if one.erase_at)
    retention.run(advice.desk, now=due - timedelta(seconds=1))
    assert vault.describe(advice.desk, held_by=[ticket.handle])


def test_after_the_sweep_the_conversation_says_what_went_and_when(publications: Any) -> None:
    ticket = mail_in(publications, files=(intake.File("plan.pdf", b"%PDF plan"),))
    closing.close(ticket, actor=publications.bob)
    retention.run(publications.desk, now=LATER)
    reading = vault.Reading(publications.bob, "ticket.looked-at", ticket.handle)
    (shown,) = conversation.shown(ticket, reading)
    assert shown.parts is None
    assert shown.gone is not None
    assert shown.gone.why == "handled"
    assert [file.name for file in shown.files] == [""]
    assert Attachment.objects.count() == 1


def test_a_mask_goes_with_its_text_and_not_before(publications: Any) -> None:
    ticket = mail_in(publications, text="Mijn burgerservicenummer is 111222333.")
    assert Finding.objects.filter(masked=True).exists()
    vault.hold(
        [one.handle for one in vault.describe(publications.desk, held_by=[ticket.handle])],
        reason="claim",
        actor=publications.dora,
    )
    closing.close(ticket, actor=publications.bob)
    retention.run(publications.desk, now=LATER)
    assert Finding.objects.filter(masked=True).exists()


def test_what_was_written_down_goes_with_its_row(publications: Any) -> None:
    ticket = mail_in(publications)
    reporter.write(ticket, item="family-name", value="Example", actor=publications.bob)
    closing.close(ticket, actor=publications.bob)
    retention.run(publications.desk, now=LATER)
    assert not ReporterItem.objects.exists()


def test_what_is_on_hold_or_may_not_be_destroyed_yet_stays(publications: Any) -> None:
    ticket = mail_in(publications)
    closing.close(ticket, actor=publications.bob)
    first, second, *_ = vault.describe(publications.desk, held_by=[ticket.handle])
    vault.hold([first.handle], reason="claim", actor=publications.dora)
    Record.objects.filter(handle=second.handle).update(not_before=(LATER + timedelta(days=1)).date())
    retention.run(publications.desk, now=LATER)
    assert {one.handle for one in vault.describe(publications.desk, held_by=[ticket.handle])} == {
        first.handle,
        second.handle,
    }
    vault.release([first.handle], actor=publications.dora)
    retention.run(publications.desk, now=LATER + timedelta(days=2))
    assert vault.describe(publications.desk, held_by=[ticket.handle]) == []


def test_a_hold_for_another_reason_outlives_the_one_that_ends(publications: Any) -> None:
    ticket = mail_in(publications)
    handles = [one.handle for one in vault.describe(publications.desk, held_by=[ticket.handle])]
    vault.hold(handles, reason="claim", actor=publications.dora)
    vault.hold(handles, reason="objection", actor=publications.dora)
    assert vault.release(handles, actor=publications.dora, reason="objection") == len(handles)
    assert all(one.on_hold for one in vault.describe(publications.desk, handles=handles))
    vault.release(handles, actor=publications.dora)
    assert not any(one.on_hold for one in vault.describe(publications.desk, handles=handles))


def test_a_mail_that_nobody_has_read_yet_is_not_lost_to_its_term(
    publications: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    waiting = [arrivals.Delivery("a@example.org", (publications.address,), f"Subject: {n}".encode()) for n in range(3)]
    handles = arrivals.take_in(waiting, actor=publications.door)
    closing.close(mail_in(publications), actor=publications.bob)
    retention.run(publications.desk, now=LATER)
    held = [one for one in vault.describe(publications.desk) if one.holder == "ticket"]
    assert {one.held_by for one in held} == set(handles)
    Arrival.objects.update(read_at=timezone.now())
    retention.run(publications.desk, now=LATER)
    assert not [one for one in vault.describe(publications.desk) if one.holder == "ticket"]


def test_a_sweep_is_in_the_evidence_with_its_counts_and_an_empty_one_is_not(publications: Any) -> None:
    retention.run(publications.desk, now=timezone.now())
    assert not Entry.objects.filter(act="retention.swept").exists()
    closing.close(mail_in(publications), actor=publications.bob)
    swept = retention.run(publications.desk, now=LATER)
    (entry,) = Entry.objects.filter(act="retention.swept")
    assert entry.actor == "system:retain"
    assert entry.facts["records"] == swept.erased == sum(swept.terms.values())
    assert entry.facts["term.handled"] == swept.terms["handled"] > 0
    assert entry.facts["as-of"] == LATER.date().isoformat()


def test_a_sweep_takes_more_than_one_batch(publications: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    closing.close(mail_in(publications), actor=publications.bob)
    told: list[int] = []
    swept = retention.run(publications.desk, now=LATER, told=told.append)
    assert len(told) > 1
    assert sum(told) == swept.erased


def test_another_desk_is_not_swept(publications: Any, advice: Any) -> None:
    mail_in(advice)
    before = len(vault.describe(advice.desk))
    retention.run(publications.desk, now=LATER)
    assert len(vault.describe(advice.desk)) == before


def test_looking_for_what_is_due_walks_the_index_of_dates_and_not_the_table(publications: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        vault.due(publications.desk, timezone.now(), limit=500)
    with connection.cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}").fetchall()
    assert any("vault_due" in str(row) for row in plan), plan


def test_the_forecast_says_what_goes_in_which_month_and_what_waits(publications: Any) -> None:
    ticket = mail_in(publications)
    waiting = [one for one in retention.forecast(publications.desk) if one.term == "handled"]
    assert waiting
    assert all(one.waits and one.month for one in waiting)
    closing.close(ticket, actor=publications.bob)
    ticket.refresh_from_db()
    assert ticket.closed_at is not None
    version = register.in_force(publications.desk)
    rule = register.erase_rule(version, "service-desk", "reporter", "message")
    day = register.erase_on(rule, ticket.closed_at.astimezone(UTC).date())
    assert day is not None
    going = [one for one in retention.forecast(publications.desk) if one.term == "handled"]
    assert {one.month for one in going} == {day.replace(day=1)}
    assert not any(one.waits for one in going)
    assert sum(one.count for one in going) == sum(one.count for one in waiting)


def test_the_forecast_until_a_day_leaves_out_what_goes_later_and_what_lasts(publications: Any) -> None:
    mail_in(publications)
    soon = retention.forecast(publications.desk, until=timezone.now() + timedelta(days=10))
    assert {one.term for one in soon} == {"mail-as-sent"}
    lasting = [one for one in retention.forecast(publications.desk) if one.month is None]
    assert {one.trigger for one in lasting} == {"account.closed"}


def test_evidence_never_goes_before_the_clock_says_so(publications: Any) -> None:
    vault.forget()
    evidence.seal(vault.signer_for)
    assert Entry.objects.filter(index__isnull=False, salt__isnull=False).exists()
    assert retention.expire(datetime(2099, 1, 1, tzinfo=UTC)) == 0


def test_only_the_closed_list_of_system_acts_sweeps_by_itself(publications: Any) -> None:
    closing.close(mail_in(publications), actor=publications.bob)
    retention.run(publications.desk, now=LATER, actor=Actor.system("retain", publications.desk))
    assert set(Erasure.objects.values_list("by", flat=True)) == {"system:retain"}
