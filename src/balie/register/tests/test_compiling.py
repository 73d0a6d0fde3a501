"""The compiled copy beside a version: it says the same, and what does not fit its version is left alone."""

import json

import pytest

from balie import register
from balie.register import in_use, reading
from balie.register.models import Adopted, Compiled
from balie.register.tests.desks_read import ANNEX, adopted

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from here on."""
    found: list[str] = []

    def read(text: str, *, name: str) -> reading.Document:
        found.append(name)
        return reading.read(text, name=name)

    monkeypatch.setattr(in_use, "read", read)
    return found


def again() -> register.Version:
    """The version in force as another process finds it."""
    in_use.forget_all()
    in_use.built.cache_clear()
    return register.in_force(ANNEX)


def test_a_version_comes_from_its_copy_and_is_the_same(read_files: list[str]) -> None:
    first = adopted()
    second = again()
    assert read_files == []
    assert second == first
    assert (second.data, second.settings, second.answers) == (first.data, first.settings, first.answers)
    assert list(second.places.items()) == list(first.places.items())
    assert list(second.data["activities"]) == list(first.data["activities"])
    with pytest.raises(TypeError):
        second.data["desk"] = "other"  # type: ignore[index]


def test_a_version_without_a_copy_is_read_from_its_files(read_files: list[str]) -> None:
    first = adopted()
    Compiled.objects.all().delete()
    assert again() == first
    assert read_files == [f"{ANNEX}.yaml", f"{ANNEX}.desk.yaml"]


def test_a_copy_that_was_changed_is_not_obeyed(read_files: list[str]) -> None:
    adopted()
    copy = Compiled.objects.get(adopted__desk=ANNEX)
    data, settings = json.loads(copy.plain)
    data["terms"]["handled"]["keep"] = "permanent"
    Compiled.objects.filter(pk=copy.pk).update(plain=json.dumps([data, settings]))
    assert again().data["terms"]["handled"]["keep"] == "1 year after ticket.closed"
    assert read_files


def test_a_copy_of_another_version_or_another_way_of_reading_is_not_obeyed(
    read_files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted()
    monkeypatch.setattr("balie.register.compiling.FORM", 2)
    again()
    assert len(read_files) == 2
    monkeypatch.undo()
    row = Adopted.objects.get(desk_id=ANNEX)
    assert in_use.seal_of(row, "[]") != in_use.seal_of(Adopted(digest=row.digest, text="x", settings_text="y"), "[]")
