"""The declaration of destruction: what went, under which term, by whose word; signed, and without personal data."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balie import evidence, vault
from balie.evidence import notes
from balie.evidence.models import Entry
from balie.privacy import declarations, destroying, retention
from balie.privacy.tests.approving import YEAR, asking, ended, gathered

Erasure = apps.get_model("vault", "Erasure")


def key(cast: Any) -> str:
    signer = vault.signer_for(cast.desk)
    return evidence.vkey(signer.origin, signer.public_key)


@pytest.fixture
def made(publications: Any) -> Any:
    desk = asking(publications)
    ended(desk, sender="aurelia@example.org", subject="Quintessa", text="Verholt asks.")
    found = gathered(desk)
    destroying.approve(found, seen=destroying.seen(found), actor=desk.dora)
    destroying.finish(desk.desk)
    found.refresh_from_db()
    return found


def test_it_says_what_went_by_activity_item_term_and_year_and_who_approved(publications: Any, made: Any) -> None:
    told = declarations.of_list(made)
    assert {(line.activity, line.term, line.year) for line in told.lines} == {
        ("service-desk", "handled", timezone.now().astimezone(UTC).year)
    }
    assert {"message", "email"} <= {line.item for line in told.lines}
    assert told.by == str(publications.dora)
    gone = {one.hex for one in Erasure.objects.filter(why="handled").values_list("handle", flat=True)}
    assert {handle for line in told.lines for handle in line.handles} == gone
    assert told.count == len(gone)


def test_its_digest_is_signed_and_stands_in_the_evidence(publications: Any, made: Any) -> None:
    told = declarations.of_list(made)
    lines = notes.opened(told.note, key(publications)).splitlines()
    assert lines == ["balie/publications/destruction", made.handle.hex, str(told.count), declarations.digest_of(told)]
    assert Entry.objects.get(act="destruction.carried-out").facts["digest"] == declarations.digest_of(told)


def test_one_handle_less_and_the_digest_is_another(made: Any) -> None:
    before = declarations.digest(made)
    made.lines[0]["handles"].pop()
    assert declarations.digest(made) != before


def test_it_holds_nothing_of_anybody(made: Any) -> None:
    text = json.dumps(declarations.of_list(made).plain())
    for word in ("aurelia", "quintessa", "verholt", "dora"):
        assert word not in text.casefold()


def test_a_month_of_the_sweep_is_told_from_ledger_and_evidence_without_the_approved_lists(
    publications: Any, made: Any
) -> None:
    month = timezone.now().date()
    told = declarations.of_month(publications.desk, month)
    assert {line.term for line in told.lines} == {"mail-as-sent"}
    assert sum(count for _, count in told.sweeps) == told.count
    opened = notes.opened(told.note, key(publications)).splitlines()
    assert opened[1:] == [f"{month:%Y-%m}", str(told.count), declarations.digest_of(told)]


def test_the_months_are_those_in_which_the_sweep_took_anything(publications: Any) -> None:
    assert declarations.months(publications.desk) == []
    ended(publications)
    retention.run(publications.desk, now=YEAR)
    long_ago = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)
    Erasure.objects.filter(pk=Erasure.objects.order_by("pk").values("pk")[:1]).update(at=long_ago)
    now = timezone.now().date().replace(day=1)
    assert declarations.months(publications.desk) == [now, datetime(2025, 12, 1, tzinfo=UTC).date()]
    assert declarations.of_month(publications.desk, long_ago.date()).count == 1


def test_what_was_struck_out_or_objected_to_is_no_destruction_of_the_sweep(publications: Any) -> None:
    ticket = ended(publications)
    handles = [one.handle for one in vault.describe(publications.desk, held_by=[ticket.handle])]
    vault.erase(handles, actor=publications.bob, why="struck-out", at=timezone.now() - timedelta(minutes=1))
    assert declarations.of_month(publications.desk, timezone.now().date()).count == 0


def test_acts_of_the_desk_are_found_by_their_index(publications: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        evidence.of_desk(publications.desk, "retention.swept", timezone.now(), timezone.now())
    with connection.cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}").fetchall()
    assert "evidence_of_the_desk" in str(plan), plan
