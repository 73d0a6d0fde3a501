"""Erasing: row, index, file, key, ledger and evidence, in an order that any crash may cut and the worker carries on."""

from pathlib import Path
from typing import Any

import apsw
import pytest
from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from balie import vault
from balie.evidence.models import Entry
from balie.jobs import registry
from balie.kernel import handles
from balie.vault import erasing, files, index, putting
from balie.vault.keys import store
from balie.vault.keys.models import RecordKey
from balie.vault.models import About, Erasure, Record
from balie.vault.tests.keeping import OFF_LIMITS, put, read
from balie.vault.tests.real import bytes_of

LARGE = OFF_LIMITS * (putting.IN_ROW // 20)


def key_of(handle: Any) -> int:
    return Record.objects.values_list("key", flat=True).get(handle=handle)


def erase_rows(cast: Any, *wanted: Any) -> int:
    """The first step alone, as if the process had ended right after it."""
    return erasing.erase_rows(wanted, actor=cast.bob, why="asked", at=timezone.now())


def everything_is_gone(cast: Any, handle: Any, key: int) -> bool:
    return (
        not Record.objects.filter(handle=handle).exists()
        and not About.objects.filter(record=handle).exists()
        and index.known([handle]) == set()
        and not files.path_of(handle).exists()
        and RecordKey.objects.get(pk=key).sealed is None
        and Erasure.objects.get(handle=handle).key_destroyed_at is not None
        and vault.unfinished(timezone.now()) == []
    )


def test_what_is_erased_is_gone_from_row_index_file_and_key(real: Any) -> None:
    handle = put(real, "message", LARGE, about=(handles.new(),))
    key = key_of(handle)
    assert files.path_of(handle).exists()
    assert vault.search(real.bob, "quintessa") != []
    assert vault.erase([handle], actor=real.bob, why="asked") == 1
    assert everything_is_gone(real, handle, key)
    assert vault.search(real.bob, "quintessa") == []


def test_the_ledger_and_the_evidence_say_what_went_and_nothing_of_what_it_was(real: Any) -> None:
    alice, ticket = handles.new(), handles.new()
    wanted = [put(real, "message", OFF_LIMITS, held_by=ticket, about=(alice,)) for _ in range(3)]
    vault.erase(wanted, actor=real.bob, why="two-years")
    lines = vault.ended(real.desk, [ticket])
    assert {line.handle for line in lines} == set(wanted)
    assert {(line.item, line.why, line.activity, line.version) for line in lines} == {
        ("message", "two-years", "service-desk", 1)
    }
    told = Entry.objects.get(act="records.erased")
    assert (told.operation, told.actor, told.ref) == ("erase", str(real.bob), ticket)
    assert told.facts == {"why": "two-years", "records": 3}
    assert told.about == [alice.hex]


def test_no_byte_of_a_destroyed_key_is_left_in_the_files_of_the_key_store(real: Any) -> None:
    handle = put(real, "message", "x")
    sealed = bytes(RecordKey.objects.get(pk=key_of(handle)).sealed or b"")
    assert len(sealed) == 60  # nonce, key, tag
    assert sealed in bytes_of("keys")
    vault.erase([handle], actor=real.bob, why="asked")
    for start in range(0, len(sealed) - 8):
        assert sealed[start : start + 8] not in bytes_of("keys")


def test_nothing_of_the_row_is_left_in_the_database_once_its_log_is_written_back(real: Any) -> None:
    handle = put(real, "message", "x" * 2000)
    sealed = bytes(Record.objects.get(handle=handle).sealed or b"")
    vault.erase([handle], actor=real.bob, why="asked")
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert sealed[:16] not in bytes_of("default")
    assert sealed[-16:] not in bytes_of("default")


def test_a_crash_after_the_rows_is_carried_on_by_whoever_comes_next(real: Any) -> None:
    handle = put(real, "message", LARGE)
    key = key_of(handle)
    assert erase_rows(real, handle) == 1
    assert read(real.bob, handle)[0].why == "asked"  # from that moment nobody reads it any more
    assert files.path_of(handle).exists()
    assert vault.unfinished(timezone.now()) == [handle]
    assert vault.finish(real.desk) == 1
    assert everything_is_gone(real, handle, key)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_crash_after_each_later_step_is_carried_on_as_well(real: Any, steps: int) -> None:
    handle = put(real, "message", LARGE)
    key = key_of(handle)
    erase_rows(real, handle)
    for step in (lambda: index.remove([handle]), lambda: files.remove(handle), lambda: store.destroy([key]))[:steps]:
        step()
    vault.forget()
    index.close()
    assert vault.finish() == 1
    assert everything_is_gone(real, handle, key)


def test_finishing_again_changes_nothing(real: Any) -> None:
    handle = put(real, "message", "x")
    key = key_of(handle)
    vault.erase([handle], actor=real.bob, why="asked")
    destroyed = RecordKey.objects.get(pk=key).destroyed_at
    assert vault.finish() == 0
    assert vault.finish(real.desk) == 0
    store.destroy([key])
    assert RecordKey.objects.get(pk=key).destroyed_at == destroyed
    assert everything_is_gone(real, handle, key)


def test_erasing_what_is_gone_or_anothers_erases_nothing_and_records_nothing(real: Any) -> None:
    handle, other = put(real, "message", "x"), put(real, "message", "y")
    vault.erase([handle], actor=real.bob, why="asked")
    before = Entry.objects.count(), Erasure.objects.count()
    assert vault.erase([handle, handles.new()], actor=real.bob, why="asked") == 0
    assert vault.erase([other], actor=real.charlie, why="asked") == 0
    assert (Entry.objects.count(), Erasure.objects.count()) == before
    assert read(real.bob, other) == ["y"]


def test_within_a_transaction_nothing_is_destroyed_before_the_commit(real: Any) -> None:
    handle = put(real, "message", "stays after all")
    key = key_of(handle)
    with transaction.atomic():
        assert vault.erase_soon([handle], actor=real.bob, why="asked") == 1
        transaction.set_rollback(True)
    assert read(real.bob, handle) == ["stays after all"]
    assert vault.search(real.bob, "stays") != []
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        vault.erase([handle], actor=real.bob, why="asked")
    assert read(real.bob, handle) == ["stays after all"]
    with transaction.atomic():
        vault.erase_soon([handle], actor=real.bob, why="asked")
        assert RecordKey.objects.get(pk=key).sealed is not None
    assert everything_is_gone(real, handle, key)


def test_a_reader_of_the_key_store_delays_the_end_and_the_worker_brings_it(real: Any) -> None:
    import sqlite3

    handle = put(real, "message", "x")
    key = key_of(handle)
    with connections["keys"].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(connections["keys"].settings_dict["NAME"], isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM keys_recordkey").fetchone()
    assert vault.erase([handle], actor=real.bob, why="asked") == 1
    assert vault.unfinished(timezone.now()) == [handle]
    reader.execute("COMMIT")
    reader.close()
    assert vault.finish(real.desk) == 1
    assert everything_is_gone(real, handle, key)


def test_a_reader_of_the_index_delays_the_end_and_the_worker_brings_it(
    real: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "PATIENCE", 50)
    index.close()
    handle = put(real, "message", "x")
    key = key_of(handle)
    reader = apsw.Connection(str(settings.BALIE_INDEX))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM doc").fetchone()
    assert vault.erase([handle], actor=real.bob, why="asked") == 1
    assert vault.unfinished(timezone.now()) == [handle]
    reader.execute("COMMIT")
    reader.close()
    assert vault.finish(real.desk) == 1
    assert everything_is_gone(real, handle, key)


def test_the_workers_job_finishes_what_is_older_than_some_seconds(real: Any) -> None:
    registry.find()
    handle = put(real, "message", "x")
    key = key_of(handle)
    erase_rows(real, handle)
    registry.known("vault.finish")({})
    assert vault.unfinished(timezone.now()) == [handle]  # somebody may be at it this very moment
    Erasure.objects.update(at=timezone.now() - timezone.timedelta(seconds=6))
    registry.known("vault.finish")({})
    assert everything_is_gone(real, handle, key)


def test_a_thousand_records_go_in_batches_each_with_its_entry(real: Any) -> None:
    from balie.vault.tests.keeping import item

    with transaction.atomic():
        wanted = vault.put([item(real, "phone", f"020 79{n:05}") for n in range(1100)], actor=real.door)
    assert vault.erase(wanted, actor=real.bob, why="asked") == 1100
    assert [one.facts["records"] for one in Entry.objects.filter(act="records.erased").order_by("pk")] == [
        500,
        500,
        100,
    ]
    assert vault.unfinished(timezone.now()) == []
    assert list(index.all_handles()) == []
    assert not any(Path(settings.BALIE_FILES).rglob("*.part"))
