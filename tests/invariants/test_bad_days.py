"""Bad days: a master key that is missing or wrong, a locked database, a full disk: one clear sentence each that says what to do, exit
status 1, and nothing lost."""

import base64
import os
import resource
import shutil
import smtplib
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.counter import ADDRESSES, deliver
from tests.installation import Installation, mail
from tests.invariants.saying import kept, one_sentence
from tests.visitor import NOOR, signed_in

pytestmark = pytest.mark.xdist_group("bad_days")

# The master key


@pytest.fixture
def master(house: Installation) -> Path:
    return house.folder / "master.key"


def ail(master: Path, ailment: str) -> str:
    """Make something wrong with the key; the beginning of what is then said."""
    if ailment == "missing":
        master.unlink()
        return f"There is no master key at {master}. Put the key back there, or name its place in BALIE_MASTER_KEY_FILE"
    if ailment == "readable by others":
        master.chmod(0o644)
        return f"Others can read the master key at {master}. Run `chmod 600` on it"
    if ailment == "another installation's":
        master.write_text(base64.b64encode(os.urandom(32)).decode())
        return "This master key is not the one with which the data were sealed: take the right one; nothing was changed"
    master.write_text("not base64 at all, but as long as a key would be!", "utf-8")
    return "is not 32 bytes in base64, so no master key: put the right one there; nothing was changed"


@pytest.mark.parametrize("ailment", ["missing", "readable by others", "another installation's", "no key at all"])
def test_without_the_right_master_key_nothing_opens_and_nothing_is_touched(
    house: Installation, master: Path, ailment: str
) -> None:
    true, said = master.read_text(), ail(master, ailment)
    before = {path: path.read_bytes() for path in house.data.glob("**/*.sqlite3")}
    for command in (("serve",), ("init",), ("prove",)) if ailment == "missing" else (("serve",),):
        assert said in one_sentence(house.balie(*command, status=1)), command
    assert said in house.balie("doctor", status=1).stdout
    assert {path: path.read_bytes() for path in before} == before
    master.write_text(true)
    master.chmod(0o600)
    house.balie("prove")


def test_a_fresh_folder_without_data_says_how_to_begin(tmp_path: Path) -> None:
    empty = Installation(tmp_path)
    for command in (("ticket", "list"), ("prove",)):
        assert "run `balie init` first" in one_sentence(empty.balie(*command, status=1))
    assert not empty.data.exists() or not any(empty.data.rglob("*.sqlite3"))


def test_a_setting_that_cannot_be_read(house: Installation) -> None:
    house.env["BALIE_HTTP"] = "somewhere"
    assert "is no HOST:PORT; write for example" in house.balie("prove", status=1).stderr


# A database that is locked


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


@dataclass
class LockedOut:
    """Commands that wait for a database which somebody else keeps locked."""

    house: Installation
    before: dict[str, int]
    said: dict[str, subprocess.CompletedProcess[str]]
    over: Callable[[], None]


@pytest.fixture(scope="module", autouse=True)
def locked_out(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LockedOut]:
    """The commands wait half a minute before they say so: they begin to wait now, while the other days of this file go by."""
    house, said = settle(tmp_path_factory.mktemp("locked")), {}
    commands = (
        ("retention", "run", "--as-of", "2040-01-01"),
        ("prove",),
        ("staff", "appoint", "publications", "--name", "A", "--email", "a@b.test"),
    )
    before = kept(house)
    with locked(house.data / "data.sqlite3"):
        threads = [
            threading.Thread(target=lambda one=one: said.update({one[0]: house.balie(*one, status=None)}))
            for one in commands
        ]
        for thread in threads:
            thread.start()
        yield LockedOut(house, before, said, lambda: [thread.join() for thread in threads] and None)


# A disk that is full


def full(house: Installation, size: int) -> None:
    """From here on its processes can make no file longer than this: their writes fail, as on a disk without room."""
    for pid in house.children().values():
        with suppress(ProcessLookupError):  # one that ended meanwhile; another takes its place
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_while_the_disk_is_full_mail_is_asked_to_come_back_and_afterwards_comes_in(house: Installation) -> None:
    sender = "again@example.org"
    written = mail(sender=sender, to=ADDRESSES["publications"], subject="Full", text="Is there room?")
    with house.serving():
        noor = signed_in(house.url, NOOR)
        noor.get("/publications/tickets/1001")
        before = kept(house)
        full(house, 4096)
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            house.send(written, sender=sender, to=ADDRESSES["publications"])
        assert 400 <= refused.value.smtp_code < 500
        page = noor.get("/publications/tickets/1001")
        assert page.status in (500, 503)
        assert "Noor" not in page.text
        note = noor.post("/publications/tickets/1001/notes", text="Is there room?")
        assert note.status in (500, 503)
        assert kept(house) == before
        full(house, resource.RLIM_INFINITY)
        assert deliver(house, "publications", written, sender=sender)
        assert noor.get("/publications/tickets/1001").status == 200
    house.balie("prove")


@pytest.fixture
def small_disk(tmp_path: Path, demonstration: Path) -> Iterator[Installation]:
    """An installation on a disk of its own with hardly any room left. Only an administrator of the machine can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    size = sum(path.stat().st_size for path in (demonstration / "data").rglob("*") if path.is_file()) // 1024 + 700
    if (
        os.geteuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", place], check=False).returncode
    ):
        pytest.skip("needs to make a small disk, which only the machine's administrator may")
    try:
        shutil.copytree(demonstration / "data", place / "data")
        shutil.copy2(demonstration / "master.key", place / "master.key")
        yield Installation(place)
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_told_by_the_commands_and_nothing_is_lost(small_disk: Installation, tmp_path: Path) -> None:
    letters = []
    for number in range(3):
        made = mail(sender="big@example.org", to=ADDRESSES["publications"], subject="Big", text=f"{number}")
        made.add_attachment(os.urandom(400_000), maintype="application", subtype="octet-stream", filename="big.bin")
        letters.append(tmp_path / f"{number}.eml")
        letters[-1].write_bytes(made.as_bytes())
    before = kept(small_disk)
    told = small_disk.balie("mail", "deliver", *map(str, letters), status=1)
    assert "The disk" in one_sentence(told)
    assert "is full" in told.stderr
    assert "make room and try again" in told.stderr
    subprocess.run(["mount", "-o", "remount,size=200m", small_disk.folder], check=True)
    assert kept(small_disk)["desk_ticket"] == before["desk_ticket"]
    small_disk.balie("mail", "deliver", *map(str, letters))
    assert kept(small_disk)["desk_message"] == before["desk_message"] + len(letters)
    small_disk.balie("prove")


def test_a_locked_database_is_waited_for_and_then_told(locked_out: LockedOut) -> None:
    locked_out.over()
    assert len(locked_out.said) == 3
    for told in locked_out.said.values():
        told.stderr = told.stderr.strip().splitlines()[-1]  # before it, what was begun
        sentence = one_sentence(told)
        assert "keeps the database" in sentence
        assert "try again" in sentence
    assert kept(locked_out.house) == locked_out.before
