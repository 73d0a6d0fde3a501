"""`balie mail parse`: any file gives one line of JSON, in time, without an installation."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import balie
from balie.channels.mail import parse_command
from balie.channels.mail.tests.wrapped import HEAD, parts

KEYS = [
    *("file", "from_name", "from_email", "reply_to", "to", "cc", "subject", "date", "message_id", "in_reply_to"),
    *("references", "auto_submitted", "body_text", "reply_text", "body_html", "attachments", "error"),
]


def parse(*names: object, folder: Path) -> tuple[int, list[dict[str, Any]]]:
    """Run it as a user does, in a folder in which there is nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "balie", "mail", "parse", *map(os.fspath, names), "--json"],  # type: ignore[call-overload]
        cwd=folder,
        env={"PYTHONPATH": str(Path(balie.__file__).parents[1]), "PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(list(row) == KEYS for row in rows)
    return done.returncode, rows


def test_each_file_is_one_line_with_every_key(tmp_path: Path) -> None:
    page = b"Content-Type: text/html\r\n\r\n<p onclick=x>Hi <img src=http://t.test><a href=https://e.test>e</a></p>"
    picture = b"Content-Type: image/png; name=a.png\r\nContent-Disposition: inline\r\n\r\nxyz"
    (tmp_path / "one.eml").write_bytes(parts(page, picture))
    (tmp_path / "two.eml").write_bytes(HEAD + b"List-Id: <x>\r\nDate: nonsense\r\n\r\nplain")
    status, (one, two) = parse("one.eml", "two.eml", folder=tmp_path)
    assert status == 0
    assert one["file"] == "one.eml"
    assert (one["from_name"], one["from_email"], one["to"]) == (None, "alice@example.org", ["desk@balie.test"])
    assert one["body_html"].startswith('<p>Hi <a href="https://e.test"')
    assert "img" not in one["body_html"]
    assert one["attachments"] == [{"filename": "a.png", "content_type": "image/png", "size": 3, "inline": True}]
    assert (two["auto_submitted"], two["date"], two["body_html"], two["body_text"]) == (True, None, None, "plain")
    assert (two["attachments"], two["references"], two["error"]) == ([], [], None)
    assert not list(tmp_path.glob("data*"))


def test_a_file_that_cannot_be_opened_is_said_so_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(HEAD + b"\r\nx")
    os.mkfifo(tmp_path / "pipe")
    status, rows = parse("nothing.eml", tmp_path, "pipe", "one.eml", folder=tmp_path)
    assert status == 1
    assert rows[0]["error"] == "The file cannot be opened: No such file or directory."
    assert rows[1]["error"] == "The file cannot be opened: Is a directory."
    assert rows[2]["error"] == parse_command.WHY["not-mail"]
    assert (rows[3]["error"], rows[3]["body_text"]) == (None, "x")
    assert (rows[0]["body_text"], rows[0]["to"], rows[0]["auto_submitted"]) == (None, [], False)


def test_a_mail_that_cannot_be_read_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(os.urandom(5000).replace(b"\n", b""))
    (tmp_path / "text").write_bytes(b"No header here,\nonly words.\n")
    status, (junk, text) = parse("junk", "text", folder=tmp_path)
    assert status == 0
    assert junk["error"] == text["error"] == parse_command.WHY["not-mail"]
    assert text["body_text"] == "No header here,\nonly words."


def test_a_path_that_is_no_text_is_given_as_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xe9.eml"
    Path(os.fsdecode(path)).write_bytes(HEAD + b"\r\nx")
    status, (row,) = parse(os.fsdecode(path), folder=tmp_path)
    assert status == 0
    row["file"].encode("utf-8")


def test_it_begins_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(HEAD + b"\r\nx")
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        parse("one.eml", folder=tmp_path)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 2


def test_without_json_it_is_a_listing_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "one.eml"
    file.write_bytes(HEAD + b"\r\n[bold]body[/bold] text")
    assert parse_command.main([str(file)]) == 0
    shown = capsys.readouterr().out
    assert "alice@example.org" in shown
    assert "[bold]body[/bold] text" in shown


def test_each_reason_has_a_sentence() -> None:
    assert all(sentence.endswith(".") for sentence in parse_command.WHY.values())
