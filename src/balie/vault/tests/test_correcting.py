"""Correcting: the new value in the old one's place, the old one gone, the clock as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from balie import vault
from balie.kernel import Erased, handles
from balie.vault.models import Erasure
from balie.vault.tests.keeping import put, read

THEN = datetime(2026, 1, 15, 12, tzinfo=UTC)


def test_the_new_value_stands_and_the_old_one_is_erased(real: Any) -> None:
    alice = handles.new()
    old = put(real, "family-name", "Exmaple", about=(alice,), source="staff")
    with transaction.atomic():
        new = vault.correct(old, "Example", actor=real.bob)
    assert read(real.bob, new) == ["Example"]
    (gone,) = read(real.bob, old)
    assert gone.why == "corrected"
    assert vault.about(real.desk, [new]) == [alice]
    assert vault.find(real.bob, "family-name", "Exmaple") == []
    assert [one.handle for one in vault.find(real.bob, "family-name", "Example")] == [new]
    assert (
        Erasure.objects.get(handle=old).key_destroyed_at is not None
    )  # with the commit, not at the worker's next round


def test_the_clock_runs_on_as_it_ran(publications: Any) -> None:
    ticket = handles.new()
    old = put(publications, "phone", "020 794 0123", held_by=ticket, at=THEN)
    vault.start_clock(ticket, "ticket.closed", on=THEN + timedelta(days=10), actor=publications.bob)
    (before,) = vault.describe(publications.desk, handles=[old])
    new = vault.correct(old, "020 794 0124", actor=publications.bob)
    (after,) = vault.describe(publications.desk, handles=[new])
    same = (
        "collected_at",
        "happened_at",
        "erase_at",
        "term",
        "trigger",
        "held_by",
        "holder",
        "source",
        "activity",
        "people",
    )
    assert [getattr(after, one) for one in same] == [getattr(before, one) for one in same]


def test_a_correction_does_not_keep_what_waits_any_longer(publications: Any) -> None:
    old = put(publications, "phone", "020 794 0123", at=THEN)
    new = vault.correct(old, "020 794 0124", actor=publications.bob)
    (after,) = vault.describe(publications.desk, handles=[new])
    assert after.erase_at == datetime(2031, 1, 15, tzinfo=UTC)


def test_a_value_that_stood_on_consent_can_be_corrected(advice: Any) -> None:
    from balie.vault.tests.test_putting import CONSENTED

    old = put(advice, "name", "Onni Esimerki", facts=CONSENTED)
    new = vault.correct(old, "Onni Esimerkki", actor=advice.bob)
    assert read(advice.bob, new) == ["Onni Esimerkki"]


def test_what_is_gone_or_anothers_cannot_be_corrected(publications: Any) -> None:
    old = put(publications, "phone", "020 794 0123")
    with pytest.raises(Erased, match="gone already"):
        vault.correct(old, "x", actor=publications.charlie)
    vault.erase([old], actor=publications.bob, why="test")
    with pytest.raises(Erased):
        vault.correct(old, "x", actor=publications.bob)


def test_what_may_not_be_destroyed_yet_stays_beside_its_correction(publications: Any) -> None:
    held = put(publications, "phone", "020 794 0123")
    kept = put(publications, "phone", "020 794 0123", not_before=timezone.now().date() + timedelta(days=1))
    vault.hold([held], reason="legal-claim", actor=publications.dora)
    for old in (held, kept):
        new = vault.correct(old, "020 794 0124", actor=publications.bob)
        assert read(publications.bob, old, new) == ["020 794 0123", "020 794 0124"]
