"""Moving: what another ticket holds is found there, keeps its key and value, and the index follows even after a crash."""

from typing import Any

import pytest
from django.db import transaction

from balie import vault
from balie.kernel import handles
from balie.vault import index, jobs, moving
from balie.vault.models import Record
from balie.vault.tests.keeping import put, read


def where(cast: Any, text: str) -> list[Any]:
    return [one.held_by for one in vault.search(cast.bob, text)]


def move(cast: Any, *wanted: Any, to: Any) -> int:
    with transaction.atomic():
        return vault.move(wanted, to=to, actor=cast.bob)


def test_what_was_moved_is_held_and_found_at_the_new_place(real: Any) -> None:
    old, new = handles.new(), handles.new()
    moved, stays = (
        put(real, "message", "vergunning", held_by=old),
        put(real, "message", "kasteel", held_by=old),
    )
    assert move(real, moved, None, to=new) == 1
    assert [one.handle for one in vault.describe(real.desk, held_by=[new])] == [moved]
    assert [one.handle for one in vault.describe(real.desk, held_by=[old])] == [stays]
    assert (where(real, "vergunningen"), where(real, "kasteel")) == ([new], [old])
    assert read(real.bob, moved) == ["vergunning"]


def test_the_job_does_what_a_crash_cut_off(real: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = handles.new(), handles.new()
    handle = put(real, "message", "vergunning", held_by=old)
    monkeypatch.setattr(moving, "_at_once", lambda holder: None)
    move(real, handle, to=new)
    assert where(real, "vergunning") == [old]
    jobs.settle({"holder": new.hex})
    assert where(real, "vergunning") == [new]
    assert vault.settle(new) == 0


def test_another_desks_records_stay_where_they_are(publications: Any, advice: Any) -> None:
    old, new = handles.new(), handles.new()
    handle = put(advice, "message", "secret", held_by=old)
    assert move(publications, handle, to=new) == 0
    assert Record.objects.get(handle=handle).held_by == old


def test_nothing_of_an_unknown_holder_changes_the_index(publications: Any) -> None:
    assert index.held_by(handles.new(), []) == 0
