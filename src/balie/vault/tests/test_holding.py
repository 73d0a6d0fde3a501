"""Holds: a named person keeps something from being erased, and only that person's word ends it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.evidence.models import Entry
from balie.kernel import Actor, Refused
from balie.vault.models import Hold
from balie.vault.tests.keeping import put, read

OLD = datetime(2020, 1, 1, tzinfo=UTC)


def due(cast: Any) -> list[Any]:
    return [handle for handle, *_ in vault.due(cast.desk, timezone.now())]


def test_what_is_on_hold_is_not_due_and_not_erased_until_it_is_released(publications: Any) -> None:
    handle = put(publications, "raw-message", b"evidence in a case", at=OLD)
    assert due(publications) == [handle]
    assert vault.hold([handle], reason="legal-claim", actor=publications.dora) == 1
    assert due(publications) == []
    assert vault.erase([handle], actor=publications.door, why="mail-as-sent") == 0
    assert read(publications.bob, handle) == [b"evidence in a case"]
    assert vault.release([handle], actor=publications.dora) == 1
    assert due(publications) == [handle]
    assert vault.erase([handle], actor=publications.door, why="mail-as-sent") == 1
    assert not Hold.objects.exists()


@pytest.mark.parametrize("act", ["retain", "prove", "set-up"])
def test_the_software_holds_and_releases_nothing(publications: Any, act: str) -> None:
    handle = put(publications, "message", "x")
    software = Actor.system(act, publications.desk)
    for verb in (
        lambda: vault.hold([handle], reason="claim", actor=software),
        lambda: vault.release([handle], actor=software),
    ):
        with pytest.raises(Refused, match="Only a named person"):
            verb()


def test_charlie_holds_and_releases_nothing_here(publications: Any) -> None:
    handle = put(publications, "message", "x")
    assert vault.hold([handle], reason="claim", actor=publications.charlie) == 0
    vault.hold([handle], reason="claim", actor=publications.dora)
    assert vault.release([handle], actor=publications.charlie) == 0
    (kept,) = vault.describe(publications.desk, handles=[handle])
    assert kept.on_hold


def test_each_hold_and_release_is_in_the_evidence_by_code(publications: Any) -> None:
    handle = put(publications, "message", "x")
    vault.hold([handle], reason="legal-claim", actor=publications.dora, until=date(2027, 1, 1))
    vault.release([handle], actor=publications.dora)
    told = Entry.objects.filter(ref=handle).order_by("pk").values_list("act", "actor", "facts", "operation")
    assert list(told) == [
        ("record.held", str(publications.dora), {"reason": "legal-claim"}, "restrict"),
        ("record.released", str(publications.dora), {"reason": None}, "restrict"),
    ]


def test_two_holds_are_ended_one_by_one(publications: Any) -> None:
    handle = put(publications, "raw-message", b"x", at=OLD)
    vault.hold([handle], reason="legal-claim", actor=publications.dora)
    vault.hold([handle], reason="objection", actor=publications.dora)
    vault.release([handle], actor=publications.dora, reason="objection")
    assert due(publications) == []
    vault.release([handle], actor=publications.dora, reason="legal-claim")
    assert due(publications) == [handle]


def test_what_may_not_be_destroyed_yet_is_not_whoever_asks(publications: Any) -> None:
    tomorrow = timezone.now().date() + timedelta(days=1)
    handle = put(publications, "raw-message", b"of lasting value", at=OLD, not_before=tomorrow)
    assert due(publications) == []
    assert vault.erase([handle], actor=publications.bob, why="asked") == 0
    assert vault.erase_soon([handle], actor=publications.bob, why="asked") == 0
    assert read(publications.bob, handle) == [b"of lasting value"]
    after = timezone.now() + timedelta(days=1)
    assert [one[:2] for one in vault.due(publications.desk, after)] == [(handle, "mail-as-sent")]
    assert vault.erase_soon([handle], actor=publications.door, why="mail-as-sent", as_of=after) == 1


def test_what_may_be_destroyed_from_today_is(publications: Any) -> None:
    handle = put(publications, "raw-message", b"x", at=OLD, not_before=timezone.now().date())
    assert due(publications) == [handle]
    assert vault.erase([handle], actor=publications.door, why="mail-as-sent") == 1
