"""After a restore: what was erased stays erased, whichever side is the older; what was never erased is never lost silently."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from balie import vault
from balie.kernel import Invalid, handles
from balie.vault import files, index, putting
from balie.vault.keys import store
from balie.vault.keys.models import RecordKey
from balie.vault.models import Erasure, Record
from balie.vault.tests.keeping import put, read
from balie.vault.tests.real import bytes_of, forget, put_back, take

LARGE = "x" * (putting.IN_ROW + 1)


def agree(desk: str) -> bool:
    """Keys, rows and ledger tell of the same things."""
    lines = Erasure.objects.filter(desk=desk)
    return (
        list(vault.without_key(desk)) == []
        and not store.living(lines.values_list("key", flat=True))
        and not lines.filter(key_destroyed_at=None).exists()
        and vault.risen(desk) == []
    )


def test_rows_from_before_an_erasure_are_erased_again_and_cannot_be_read_meanwhile(real: Any) -> None:
    stays, goes = put(real, "message", "stays"), put(real, "message", "goes", held_by=handles.new())
    backup = take("default")
    vault.erase([goes], actor=real.bob, why="asked")
    put_back("default", backup)
    assert Record.objects.filter(handle=goes).exists()
    assert read(real.bob, goes, stays) == [None, "stays"]  # today's key store does not open it
    assert vault.replay(real.desk) == 1
    assert not Record.objects.filter(handle=goes).exists()
    assert Erasure.objects.get(handle=goes).why == "erased-before-restore"
    assert read(real.bob, stays) == ["stays"]
    assert agree(real.desk)
    assert vault.replay(real.desk) == 0


def test_what_was_on_hold_in_the_backup_and_erased_since_does_not_stand_in_the_way(real: Any) -> None:
    goes = put(real, "message", "goes")
    vault.hold([goes], reason="claim", actor=real.dora)
    backup = take("default")
    vault.release([goes], actor=real.dora)
    vault.erase([goes], actor=real.bob, why="asked")
    put_back("default", backup)
    assert vault.replay(real.desk) == 1
    assert not Record.objects.filter(handle=goes).exists()
    assert agree(real.desk)


def test_files_of_what_was_erased_go_again_when_they_were_restored(real: Any) -> None:
    goes = put(real, "message", LARGE)
    backup, file = take("default"), files.path_of(goes).read_bytes()
    vault.erase([goes], actor=real.bob, why="asked")
    put_back("default", backup)
    files.path_of(goes).write_bytes(file)
    assert vault.replay(real.desk) == 1
    assert not files.path_of(goes).exists()


def test_keys_from_before_an_erasure_are_destroyed_again(real: Any) -> None:
    goes, stays = put(real, "message", "goes"), put(real, "message", "stays")
    backup = take("keys")
    sealed = bytes(RecordKey.objects.get(pk=Record.objects.get(handle=goes).key).sealed or b"")
    vault.erase([goes], actor=real.bob, why="asked")
    put_back("keys", backup)
    assert sealed in bytes_of("keys")
    assert vault.replay(real.desk) == 1
    assert sealed not in bytes_of("keys")
    assert agree(real.desk)
    assert read(real.bob, stays) == ["stays"]
    assert vault.replay(real.desk) == 0


def test_both_restored_to_the_same_night_need_nothing(real: Any) -> None:
    handle = put(real, "message", "of that night")
    rows, keys = take("default"), take("keys")
    vault.erase([handle], actor=real.bob, why="asked")
    put_back("default", rows)
    put_back("keys", keys)
    assert vault.replay(real.desk) == 0
    assert read(real.bob, handle) == ["of that night"]


def younger(real: Any, *, than: int) -> Any:
    """A record whose key is younger than a number."""
    store.take(real.desk, max(0, than - store.take(real.desk, 1)[0][0]))
    return put(real, "message", "newer than the backup")


def test_a_key_store_that_is_older_than_the_data_is_refused_and_nothing_is_erased(real: Any) -> None:
    put(real, "message", "old")
    older, newest = take("keys"), store.highest()
    fresh = younger(real, than=newest)
    newer = take("keys")
    put_back("keys", older)
    with pytest.raises(Invalid, match="The key store is older than the data: it does not know the keys of 1 record"):
        vault.replay(real.desk)
    assert Record.objects.filter(handle=fresh).exists()
    put_back("keys", newer)
    assert vault.replay(real.desk) == 0
    assert read(real.bob, fresh) == ["newer than the backup"]


def test_the_number_of_an_erased_key_is_not_given_out_again_by_an_older_key_store(real: Any) -> None:
    older, newest = take("keys"), store.highest()
    erased = younger(real, than=newest)
    number = Record.objects.get(handle=erased).key
    vault.erase([erased], actor=real.bob, why="asked")
    put_back("keys", older)
    vault.replay(real.desk)
    assert agree(real.desk)
    kept = younger(real, than=number)
    assert Record.objects.get(handle=kept).key > number
    forget()
    assert vault.replay(real.desk) == 0
    assert read(real.bob, kept) == ["newer than the backup"]


def test_a_replay_that_is_cut_off_is_carried_on(real: Any) -> None:
    goes = put(real, "message", "goes")
    backup = take("keys")
    vault.erase([goes], actor=real.bob, why="asked")
    put_back("keys", backup)
    Erasure.objects.update(key_destroyed_at=None)  # as far as a replay came that ended here
    vault.replay(real.desk)
    vault.finish()
    assert agree(real.desk)


def test_the_other_desk_is_not_touched(real: Any) -> None:
    goes = put(real, "message", "goes")
    backup = take("default")
    vault.erase([goes], actor=real.bob, why="asked")
    put_back("default", backup)
    assert vault.replay(real.charlie.desk) == 0
    assert Record.objects.filter(handle=goes).exists()


def test_the_index_is_made_anew_as_it_was(real: Any) -> None:
    words = ("vergunning", "rembrandt", "020 794", "alice@ex", "111222333", "outlook")
    put(real, "message", "De vergunningen van Rembrandt, bsn 111222333", unsearched=((34, 43),))
    put(real, "message", b'["abc@outlook.example.org"]')
    put(real, "phone", "+31 20 794 0123", source="staff")
    put(real, "email", "Alice@Example.org")
    put(real, "message", LARGE + " vergunning")

    def found() -> list[Any]:
        return [
            {one.handle for one in (*vault.search(real.bob, word), *vault.find_beginning(real.bob, word))}
            for word in words
        ]

    before = found()
    assert [len(one) for one in before] == [2, 1, 1, 1, 0, 0]
    index.clear()
    assert not any(found())
    assert vault.rebuild_index(real.desk) > 0
    assert found() == before


def test_an_index_that_is_not_there_is_made_anew_before_the_doors_open(real: Any) -> None:
    put(real, "message", "vergunning")
    index.close()
    for file in Path(settings.BALIE_INDEX).parent.iterdir():
        file.unlink()
    assert vault.search(real.bob, "vergunning") == []
    vault.tidy()
    assert len(vault.search(real.bob, "vergunning")) == 1
    assert list(vault.unfindable(real.desk)) == []


def test_files_and_index_entries_of_nobody_are_taken_away_and_nothing_else(real: Any) -> None:
    kept = put(real, "message", LARGE)
    lost, entry = handles.new(), handles.new()
    files.write(b"k" * 32, lost, "message", b"half done")
    half = files.path_of(kept).with_suffix(".part")
    half.write_bytes(b"never finished")
    other = Path(settings.BALIE_FILES) / "aa" / "somebody-elses.txt"
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_text("not ours")
    index.put([index.Entry(entry, entry, ["aaaa"])])
    assert vault.tidy() == (1, 2)
    assert vault.tidy() == (0, 0)
    assert [files.path_of(one).exists() for one in (kept, lost)] == [True, False]
    assert not half.exists()
    assert other.exists()
    assert read(real.bob, kept) == [LARGE]


def test_asking_whether_a_restore_took_place_costs_nothing_that_grows(
    real: Any, django_assert_num_queries: Any
) -> None:
    for n in range(20):
        vault.erase([put(real, "message", f"{n}")], actor=real.bob, why="asked")
    with django_assert_num_queries(3), django_assert_num_queries(2, using="keys"):
        assert vault.replay(real.desk) == 0
