"""The index: what is taken out leaves nothing behind, not even in the file's bytes."""

from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from balie.kernel import handles
from balie.vault import index


@pytest.fixture(autouse=True)
def _own_index(tmp_path: Path, settings: object) -> None:
    index.close()
    settings.BALIE_INDEX = tmp_path / "index.sqlite3"  # type: ignore[attr-defined]
    yield
    index.close()


def entry(*words: str, marks: tuple[bytes, ...] = ()) -> index.Entry:
    return index.Entry(handles.new(), handles.new(), list(words), frozenset(marks))


def found(*groups: tuple[str, ...]) -> set[UUID]:
    return {one.handle for one in index.by_words(list(groups), limit=100)}


def test_records_are_found_by_all_their_words_and_by_marks() -> None:
    one, other = entry("aaaa", "bbbb"), entry("bbbb", marks=(b"m" * 16,))
    index.put([one, other])
    assert found(("aaaa",), ("bbbb",)) == {one.handle}
    assert found(("aaaa", "bbbb")) == {one.handle, other.handle}
    assert [hit.handle for hit in index.by_marks([b"m" * 16], limit=5)] == [other.handle]


def test_putting_a_record_again_replaces_it() -> None:
    one = entry("aaaa")
    index.put([one])
    index.put([index.Entry(one.handle, one.held_by, ["cccc"])])
    assert found(("aaaa",)) == set()
    assert found(("cccc",)) == {one.handle}


def test_what_is_removed_leaves_no_byte_in_the_file() -> None:
    kept = [entry(f"{n:016x}") for n in range(500)]
    gone = [entry("feedfacecafebeef", f"{n:016x}", marks=(b"sixteen bytes go",)) for n in range(3)]
    index.put([*kept[:250], *gone, *kept[250:]])
    index.remove(one.handle for one in gone)
    index.remove(one.handle for one in gone)  # twice does no harm
    assert found(("feedfacecafebeef",)) == set()
    whole = b"".join(path.read_bytes() for path in Path(settings.BALIE_INDEX).parent.iterdir())
    assert b"feedfacecafebeef" not in whole
    assert b"sixteen bytes go" not in whole
    assert all(one.handle.bytes not in whole for one in gone)


def test_the_newest_come_first_when_there_are_too_many_to_rank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "RANKED_UP_TO", 5)
    rows = [entry("aaaa") for _ in range(10)]
    index.put(rows)
    assert [hit.handle for hit in index.by_words([("aaaa",)], limit=3)] == [one.handle for one in rows[:-4:-1]]


def test_of_many_the_newest_are_ranked_and_the_others_follow_by_age(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "RANKED", 4)
    rows = [entry(*["aaaa"] * (12 - n), *["bbbb"] * n) for n in range(10)]  # the older, the more it is about it
    index.put(rows)
    best = [hit.handle for hit in index.by_words([("aaaa",)], limit=10)]
    assert best == [one.handle for one in rows[6:]]
    rest = index.by_words([("aaaa",)], order="newest", limit=10, skip=4)
    assert [hit.handle for hit in rest] == [one.handle for one in reversed(rows[:6])]
    oldest = index.by_words([("aaaa",)], order="oldest", limit=2)
    assert [hit.handle for hit in oldest] == [one.handle for one in rows[:2]]


def test_only_what_some_hold_is_found_one_record_of_each() -> None:
    rows = [entry("aaaa") for _ in range(6)]
    index.put(rows)
    within = {rows[1].held_by, rows[4].held_by}
    hits = index.by_words([("aaaa",)], order="newest", limit=10, within=within)
    assert [hit.handle for hit in hits] == [rows[4].handle, rows[1].handle]
    assert len(index.by_words([("aaaa",)], order="newest", limit=1, within=within)) == 1


def test_a_chain_is_found_as_it_stands() -> None:
    one, other = entry("aaaa", "bbbb", "cccc"), entry("bbbb", "aaaa", "cccc")
    index.put([one, other])
    assert {hit.handle for hit in index.by_words([], phrases=[["aaaa", "bbbb"]], limit=9)} == {one.handle}
    assert {hit.handle for hit in index.by_words([("cccc",)], phrases=[["bbbb", "aaaa"]], limit=9)} == {other.handle}
