"""`balie recognise`: the texts in a file with where each stands, and what could not be looked into."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from balie.channels.cli.recognise_files import WHY
from balie.recognition.reading import Reason
from balie.recognition.reading.tests.made import locked_zip, saved, workbook, written
from balie.recognition.reading.tests.programs import draws_pages, reads_pictures

SENTENCE = "Account of Charlotte Whitfield"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "screen.png"
    path.write_bytes(saved(written(SENTENCE), "PNG"))
    return path


def test_each_reason_has_a_sentence() -> None:
    assert set(WHY) == set(Reason)


@reads_pictures
def test_a_picture_tells_each_word_with_its_box(balie: Any, picture: Path) -> None:
    said = balie("recognise", "--image", picture, "--json").json
    assert said["whole"] is True
    (piece,) = said["pieces"]
    assert (piece["text"].strip(), piece["size"]) == (SENTENCE, [900, 500])
    assert [one["text"] for one in piece["marks"]] == SENTENCE.split()
    left, top, width, height = piece["marks"][0]["box"]
    assert 35 <= left <= 45
    assert 35 <= top <= 50
    assert 60 <= width <= 90
    assert 10 <= height <= 30


def test_a_file_tells_its_pieces_with_where_they_stand(balie: Any, tmp_path: Path) -> None:
    path = tmp_path / "klanten.xlsx"
    path.write_bytes(workbook('<sheetData><row><c r="B7" t="str"><v>Sanne</v></c></row></sheetData>'))
    said = balie("recognise", "--file", path)
    assert said.status == 0
    assert "sheet Klanten\tB7\tSanne" in said.out.splitlines()


def test_what_could_not_be_looked_into_is_said(balie: Any, tmp_path: Path) -> None:
    path = tmp_path / "closed.zip"
    path.write_bytes(locked_zip("brief.txt", b"bel 06-12345678", b"secret"))
    said = balie("recognise", "--file", path)
    assert "brief.txt: It is closed by a password, or encrypted." in said.err
    told = balie("recognise", "--file", path, "--json").json
    assert told["whole"] is False
    assert [(one["reason"], one["where"]) for one in told["unread"]] == [("closed", "brief.txt")]


def test_what_cannot_be_asked_for_is_refused(balie: Any, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("hallo")
    assert "is no picture" in balie("recognise", "--image", path).err
    assert "cannot be read" in balie("recognise", "--file", tmp_path / "none").err
    assert balie("recognise").status == 1


@draws_pages
def test_the_doctor_says_who_reads_pictures(balie: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def told() -> list[tuple[str, str]]:
        found = balie("doctor", "--json").json
        return [(one["level"], one["says"]) for one in found if one["subject"] == "pictures"]

    assert [level for level, _ in told()] == ["ok"]
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert [level for level, _ in told()] == ["warning", "warning"]
    assert "held back" in told()[0][1]
