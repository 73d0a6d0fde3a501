"""What goes when is counted by the database all along, whatever is done to a record and by whom."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balie import vault
from balie.kernel import handles
from balie.vault import counting
from balie.vault.tests.keeping import put

Record, Forecast = apps.get_model("vault", "Record"), apps.get_model("vault", "Forecast")
THEN = datetime(2026, 3, 10, 12, tzinfo=UTC)


def counted(cast: Any, term: str) -> dict[tuple[str, bool, bool], int]:
    """By month, waiting and held: how many go under a term."""
    going = [one for one in vault.forecast(cast.desk) if one.term == term]
    return {(f"{one.month:%Y-%m}" if one.month else "", one.waits, one.held): one.count for one in going}


def test_what_is_put_wound_held_let_go_and_erased_is_counted_as_it_stands(publications: Any) -> None:
    holder = handles.new()
    one, other = (put(publications, "message", text, held_by=holder, at=THEN) for text in ("first", "second"))
    assert counted(publications, "handled") == {("2031-03", True, False): 2}
    with transaction.atomic():
        vault.start_clock(holder, "ticket.closed", on=THEN, actor=publications.door)
    assert counted(publications, "handled") == {("2027-03", False, False): 2}
    vault.hold([one], reason="claim", actor=publications.dora)
    assert counted(publications, "handled") == {("2027-03", False, False): 1, ("2027-03", False, True): 1}
    vault.release([one], actor=publications.dora)
    with transaction.atomic():
        vault.stop_clock(holder, "ticket.closed", actor=publications.door)
        vault.erase_soon([other], actor=publications.door, why="handled")
    assert counted(publications, "handled") == {("2031-03", True, False): 1}
    assert vault.miscounted(publications.desk) == []


def test_the_counts_are_those_of_the_rows_whatever_changed_them(publications: Any, advice: Any) -> None:
    for cast in (publications, advice):
        for days in range(40):
            put(cast, "message", f"text {days}", at=THEN + timedelta(days=days))
    Record.objects.filter(item="message").order_by("handle").first().delete()
    Record.objects.filter(item="message", collected_at__lt=THEN + timedelta(days=9)).update(term="other", erase_at=THEN)
    for cast in (publications, advice):
        assert vault.miscounted(cast.desk) == []
        looked = vault.forecast(cast.desk, until=THEN + timedelta(days=40_000))
        assert [one for one in vault.forecast(cast.desk) if one.month] == looked


def test_what_is_not_counted_right_is_found(publications: Any) -> None:
    put(publications, "message", "text", at=THEN)
    Forecast.objects.filter(term="handled").update(count=3)
    assert {one.count for one in vault.miscounted(publications.desk)} == {1, 3}


def test_an_act_that_is_taken_back_counts_nothing(publications: Any) -> None:
    before = vault.forecast(publications.desk)
    with transaction.atomic():
        put(publications, "message", "text")
        transaction.set_rollback(True)
    assert vault.forecast(publications.desk) == before


def test_the_forecast_looks_at_no_record(publications: Any) -> None:
    put(publications, "message", "text")
    with CaptureQueriesContext(connection) as asked:
        vault.forecast(publications.desk)
        counting.erased_since(publications.desk, timezone.now())
        counting.overdue(publications.desk, timezone.now())
    with connection.cursor() as cursor:
        plans = [cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}").fetchall() for one in asked.captured_queries]
    assert not [plan for plan in plans if "SCAN vault_" in str(plan)], plans


@pytest.mark.django_db
def test_after_all_migrations_the_database_counts_still() -> None:
    """A migration that makes the table of records anew drops what counts: it must say again what 0003 says."""
    told = import_module("balie.vault.migrations.0003_forecast").TRIGGERS
    with connection.cursor() as cursor:
        there = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'vault_record'")
        assert {name for (name,) in there.fetchall()} == set(told)
