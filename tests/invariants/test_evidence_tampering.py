"""Invariant 5, kept: whoever holds the checkpoint that was mailed yesterday finds each of four kinds of tampering, with a tool that
knows nothing of this program; the one who tampers has the disk, the master key and the program itself."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.counter import text_of
from tests.installation import Installation, mail

pytestmark = pytest.mark.xdist_group("evidence")

TOOL = Path(__file__).parents[2] / "tools" / "verify_evidence.py"
OFFICER, DESK = "fg@publications.test", "publications"


@dataclass
class Kept:
    """What the privacy officer has kept of yesterday's mail, and the folder of the installation today."""

    folder: Path
    vkey: str
    checkpoint: Path
    size: int


@pytest.fixture(scope="module")
def kept(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Kept:
    house = settle(tmp_path_factory.mktemp("evidence"))
    with house.serving():
        house.wait(lambda: house.sink.to(OFFICER))
    told = text_of(house.sink.to(OFFICER)[0])
    vkey = re.search(r"balie/publications/evidence\+\S+", told)
    note = told[told.index("balie/publications/evidence\n") :].strip("\n") + "\n"
    assert vkey
    checkpoint = tmp_path_factory.mktemp("officer") / "yesterday.txt"
    checkpoint.write_text(note, "utf-8")
    for number in range(2):  # a day goes by
        letter = checkpoint.with_name(f"{number}.eml")
        letter.write_bytes(
            mail(sender="a@example.org", to="servicedesk@publications.test", subject="x", text=f"{number}").as_bytes()
        )
        house.balie("mail", "deliver", str(letter))
    house.balie("evidence", "checkpoint")
    return Kept(house.folder, vkey[0], checkpoint, int(note.splitlines()[1]))


@pytest.fixture
def today(kept: Kept, tmp_path: Path) -> Installation:
    """A copy of today's installation, to tamper with."""
    shutil.copytree(kept.folder, tmp_path / "today", ignore=shutil.ignore_patterns("tmp"))
    return Installation(tmp_path / "today")


def change(house: Installation, *statements: str) -> None:
    with closing(sqlite3.connect(house.data / "data.sqlite3")) as db, db:
        for statement in statements:
            db.execute(statement)


def seal_anew(house: Installation) -> None:
    """Let the program seal everything again with the true key, as if it had never done so."""
    change(
        house,
        f"DELETE FROM evidence_tile WHERE desk = '{DESK}'",
        f"DELETE FROM evidence_log WHERE desk = '{DESK}'",
        f"UPDATE evidence_entry SET \"index\" = NULL, expires = NULL WHERE desk = '{DESK}'",
    )
    house.balie("evidence", "checkpoint", "--desk", DESK)


def checked(house: Installation, kept: Kept) -> tuple[int, str]:
    """What the stand-alone tool says of what the program exports today, given what the officer kept."""
    out = house.folder / "exported"
    house.balie("evidence", "export", str(out), "--desk", DESK)
    arguments = [
        sys.executable,
        "-I",
        str(TOOL),
        str(out / DESK),
        "--vkey",
        kept.vkey,
        "--checkpoint",
        str(kept.checkpoint),
    ]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_the_officer_gets_the_checkpoint_and_the_key_by_mail_and_today_continues_it(
    kept: Kept, today: Installation
) -> None:
    status, said = checked(today, kept)
    assert (status, f"continues the earlier checkpoint of {kept.size} entries" in said) == (0, True)
    told = today.json("evidence", "verify", "--desk", DESK, "--checkpoint", str(kept.checkpoint))
    assert told[DESK]["ok"]


OWN = f"WHERE desk = '{DESK}' AND"
TAMPERINGS: dict[str, tuple[tuple[str, ...], bool, str]] = {
    "one entry changed": (
        (f"UPDATE evidence_entry SET act = 'ticket.reopened' {OWN} \"index\" = 1",),
        False,
        "Entry 1 was changed",
    ),
    "one entry removed": ((f'DELETE FROM evidence_entry {OWN} "index" = 1',), False, "Entry 1 is missing"),
    "the tail cut": ((f'DELETE FROM evidence_entry {OWN} "index" >= 3',), True, "The tail was cut"),
    "the log rebuilt with the true key": (
        (f'DELETE FROM evidence_entry {OWN} "index" = 0',),
        True,
        "The log was rebuilt",
    ),
}


@pytest.mark.parametrize("kind", list(TAMPERINGS))
def test_tampering_is_found_by_the_tool_and_by_the_command(kept: Kept, today: Installation, kind: str) -> None:
    statements, resealed, found = TAMPERINGS[kind]
    change(today, *statements)
    if resealed:
        seal_anew(today)
        own = today.balie("evidence", "verify", "--desk", DESK, status=None)
        assert own.returncode == 0  # in itself it fits: only what lies elsewhere tells
    status, said = checked(today, kept)
    assert status == 1
    assert found in said
    told = today.balie("evidence", "verify", "--desk", DESK, "--checkpoint", str(kept.checkpoint), status=1)
    assert found.split()[-1] in told.stdout + told.stderr


def test_the_proof_of_the_whole_fails_too_and_the_other_desks_log_is_none_of_its_business(
    kept: Kept, today: Installation
) -> None:
    change(today, *TAMPERINGS["one entry removed"][0])
    assert "Entry 1 of desk publications is missing" in today.balie("prove", status=1).stdout
    assert today.balie("evidence", "verify", "--desk", "citizens-advice").returncode == 0
