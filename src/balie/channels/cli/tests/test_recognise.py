"""`balie recognise` prints places and labels; what it cannot read it says in one sentence, and then prints nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

GOOD = {
    "id": "1",
    "language": "nl",
    "text": "Mijn collega Jeroen van der Ploeg is te bereiken op 06-12345678.\n\nGroet,\nAlice Mulder",
    "from_name": "Alice Mulder",
    "from_email": "alice@example.org",
    "participants": [{"name": "Bob", "email": "bob@desk.test"}],
}


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "messages.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines) + "\n", "utf-8")
    return path


def test_findings_are_printed_with_their_place_label_and_role(balie: Any, tmp_path: Path) -> None:
    said = balie("recognise", written(tmp_path, GOOD, "", {"id": 2, "text": ""}))
    first, second = (json.loads(line) for line in said.out.splitlines())
    assert said.status == 0
    assert first["id"] == "1"
    assert second == {"id": 2, "spans": []}
    spans = [(GOOD["text"][one["start"] : one["end"]], one["label"], one["role"]) for one in first["spans"]]
    assert ("Jeroen van der Ploeg", "PERSON", "third_party") in spans
    assert ("06-12345678", "PHONE", "third_party") in spans
    assert ("Alice Mulder", "PERSON", "participant") in spans
    assert "Jeroen" not in said.out


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        "7",
        {"text": "x"},
        {"id": "1"},
        {"id": None, "text": "x"},
        {"id": "1", "text": 3},
        {"id": "1", "text": "x", "language": 3},
        {"id": "1", "text": "x", "participants": "Bob"},
        {"id": "1", "text": "x", "participants": ["Bob"]},
        {"id": "1", "text": "x", "participants": [{"name": 1}]},
        "[" * 100_000,
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_printed(balie: Any, tmp_path: Path, line: object) -> None:
    path = written(tmp_path, GOOD, line)
    said = balie("recognise", path)
    assert (said.status, said.out) == (1, "")
    assert str(path) in said.err
    assert "line 2" in said.err


def test_a_file_that_is_not_there_or_no_text_is_told(balie: Any, tmp_path: Path) -> None:
    assert balie("recognise", tmp_path / "none.jsonl").status == 1
    path = tmp_path / "odd.jsonl"
    path.write_bytes(b'{"id": "1", "text": "\xff"}')
    assert "UTF-8" in balie("recognise", path).err
