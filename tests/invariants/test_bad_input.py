"""Bad input and bad days: one clear sentence each that says what to do, exit status 1, and nothing lost."""

import base64
import os
import resource
import shutil
import smtplib
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.counter import ADDRESSES, Counter, deliver
from tests.installation import Installation, mail
from tests.registers import changed, copy_of, reworded
from tests.visitor import NOOR, Visitor, signed_in

SIZES = ("desk_ticket", "desk_message", "desk_arrival", "vault_record", "register_adopted", "people_account")


def kept(house: Installation) -> dict[str, int]:
    """How much is kept of everything."""
    return {table: house.rows(f"SELECT count(*) FROM {table}")[0][0] for table in SIZES}


def one_sentence(told: subprocess.CompletedProcess[str]) -> str:
    """What was said: on standard error, without a trace of the program's insides."""
    assert told.returncode == 1
    assert "Traceback" not in told.stderr + told.stdout
    assert "Error:" not in told.stderr
    said = told.stderr.strip()
    assert said.endswith(".") or said.endswith("]"), said
    assert said.count("\n") == 0, said
    return said


# A register that cannot be carried out


FAULTS: dict[str, Any] = {
    "a term that is none": lambda data: data["terms"]["two-years"].update(keep="for a while"),
    "an unknown field": lambda data: data["activities"]["advice"].update({"colour": "blue"}),
    "an item of no catalogue": lambda data: data["activities"]["advice"]["people"]["requester"].update(
        allowed=["raw-message", "shoe-size"]
    ),
    "a recipient that is not there": lambda data: data["activities"]["advice"]["share"].append(
        {"with": "nobody", "items": ["message"]}
    ),
    "no purpose": lambda data: data["activities"]["advice"].pop("purposes"),
    "no controller": lambda data: data.pop("controller"),
    "another desk's name": lambda data: data.update(desk="publications"),
    "a country that is none": lambda data: data["controller"].update(country="Finland"),
}


@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_register_with_a_fault_is_not_adopted_and_the_one_in_force_stays(
    counter: Counter, tmp_path: Path, fault: str
) -> None:
    before = counter.house.rows("SELECT count(*) FROM register_adopted")
    file = changed("citizens-advice", tmp_path, FAULTS[fault])
    told = counter.house.balie("desk", "adopt", str(file), status=1)
    assert "Traceback" not in told.stderr
    lines = told.stderr.strip().splitlines()
    assert any("citizens-advice.yaml, line " in line for line in lines) or fault == "another desk's name"
    assert "[" in lines[-1]  # the clause or the rule that asks for it
    assert counter.house.rows("SELECT count(*) FROM register_adopted") == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("no YAML", "a: [b\n"),
        ("no mapping", "- a\n- b\n"),
        ("nothing", ""),
        ("a key twice", "desk: a\ndesk: b\n"),
        ("a tag that would make an object", "desk: !!python/object/apply:os.system [true]\n"),
    ],
)
def test_what_is_no_register_at_all_is_told_in_a_sentence(
    counter: Counter, tmp_path: Path, name: str, text: str
) -> None:
    file = copy_of("citizens-advice", tmp_path)
    file.write_text(text, "utf-8")
    told = counter.house.balie("desk", "adopt", str(file), status=1)
    assert "Traceback" not in told.stderr
    assert "citizens-advice.yaml" in told.stderr
    assert len(told.stderr.strip()) > 20


def test_a_register_that_is_not_there_or_no_text(counter: Counter, tmp_path: Path) -> None:
    assert "cannot be read" in one_sentence(counter.house.balie("desk", "adopt", str(tmp_path / "none.yaml"), status=1))
    file = copy_of("citizens-advice", tmp_path)
    file.write_bytes(b"\xff\xfe\x00")
    assert "no text in UTF-8" in one_sentence(counter.house.balie("desk", "adopt", str(file), status=1))


def test_a_doubt_that_nobody_answered_is_named_and_how_to_answer_it(counter: Counter, tmp_path: Path) -> None:
    file = reworded("publications", tmp_path, "number: VB-0117", "number: VB-0119")
    file.with_name("publications.answers.yaml").write_text("[]\n", "utf-8")
    told = counter.house.balie("desk", "adopt", str(file), status=1).stderr
    assert "R10" in told
    assert "Traceback" not in told


# Words at the doors that nobody understands


@pytest.mark.parametrize(
    "arguments",
    [
        ("retention", "run", "--as-of", "soon"),
        ("serve", "--http", "nowhere"),
        ("no-such-command",),
        ("why", "x"),
        ("ticket",),
    ],
)
def test_wrong_usage_is_told_from_a_failure(counter: Counter, arguments: tuple[str, ...]) -> None:
    told = counter.house.balie(*arguments, status=2)
    assert "usage: balie" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("why", "999999"), "There is no ticket 999999."),
        (("ticket", "list", "--desk", "nowhere"), "There is no desk «nowhere»"),
        (("mail", "deliver", "/no/such/file.eml"), "cannot be read"),
        (("evidence", "verify", "--checkpoint", "x"), "say which with --desk"),
        (("staff", "appoint", "nowhere", "--name", "A", "--email", "a@example.org"), "There is no desk «nowhere»"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(counter: Counter, arguments: tuple[str, ...], said: str) -> None:
    assert said in one_sentence(counter.house.balie(*arguments, status=1))


UNREADABLE = {
    "empty": b"",
    "no header": b"just words, no header at all\n",
    "binary": bytes(range(256)) * 40,
    "a bomb of parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)
    ),
    "a false charset": b"From: a@example.org\nContent-Type: text/plain; charset=martian\n\n\xc3\x28 words\n",
    "broken base64": b"From: a@example.org\nContent-Transfer-Encoding: base64\n\n%%%not base64%%%\n",
    "an endless header": b"Subject: " + b"x" * 500_000 + b"\n\nwords\n",
    "a zip that is none": b"Content-Type: application/zip\nContent-Disposition: attachment; filename=a.zip\n\nPK\x03\x04zzz",
}


@pytest.mark.parametrize("kind", list(UNREADABLE))
def test_a_mail_that_nobody_can_read_is_kept_and_stands_in_the_queue(counter: Counter, kind: str) -> None:
    sender = f"unreadable-{list(UNREADABLE).index(kind)}@example.org"
    number = deliver(counter.house, "publications", UNREADABLE[kind], sender=sender)
    answer = counter.visitor(NOOR).get(f"/publications/tickets/{number}")
    assert answer.status == 200
    assert sender in answer.text or kind in ("a false charset", "broken base64")
    (raw,) = counter.house.rows(
        "SELECT r.item FROM vault_record r JOIN desk_arrival a ON a.raw = r.handle ORDER BY a.at DESC LIMIT 1"
    )
    assert raw == ("raw-message",)


def test_a_mail_larger_than_the_desk_takes_is_refused_to_its_sender(counter: Counter) -> None:
    with smtplib.SMTP("127.0.0.1", counter.house.smtp, timeout=30) as server:
        server.ehlo("example.org")
        size = int(server.esmtp_features["size"])
        assert server.docmd("MAIL", f"FROM:<large@example.org> SIZE={size + 1}")[0] == 552


# The master key


@pytest.fixture
def master(house: Installation) -> Path:
    return house.folder / "master.key"


def refused_everywhere(
    house: Installation, said: str, *, reading: tuple[tuple[str, ...], ...] = (("serve",), ("init",), ("prove",))
) -> None:
    before = {path: path.read_bytes() for path in house.data.glob("**/*.sqlite3")}
    for command in reading:
        assert said in one_sentence(house.balie(*command, status=1)), command
    doctor = house.balie("doctor", status=1)
    assert said in doctor.stdout
    for path, content in before.items():
        assert path.read_bytes() == content, path


def test_a_missing_master_key(house: Installation, master: Path) -> None:
    safe = master.rename(master.with_name("safe"))
    refused_everywhere(house, f"There is no master key at {master}. Put the key back there, or name its place")
    safe.rename(master)
    house.balie("prove")


def test_another_installations_master_key(house: Installation, master: Path) -> None:
    true = master.read_text()
    master.write_text(base64.b64encode(os.urandom(32)).decode())
    refused_everywhere(house, "This master key is not the one with which the data were sealed: take the right one")
    master.write_text(true)
    house.balie("prove")


@pytest.mark.parametrize("text", ["", "short", "not base64 at all, but as long as a key would be!", "é" * 32])
def test_a_master_key_that_is_none(house: Installation, master: Path, text: str) -> None:
    master.write_text(text, "utf-8")
    told = one_sentence(house.balie("prove", status=1))
    assert "master key" in told
    assert text.strip() == "" or text not in told


def test_a_master_key_that_others_can_read(house: Installation, master: Path) -> None:
    master.chmod(0o644)
    refused_everywhere(house, f"Others can read the master key at {master}. Run `chmod 600` on it")
    master.chmod(0o600)
    house.balie("prove")


def test_a_fresh_folder_without_data_says_how_to_begin(tmp_path: Path) -> None:
    empty = Installation(tmp_path)
    for command in (("ticket", "list"), ("prove",), ("retention", "run")):
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


def test_a_locked_database_is_waited_for_and_then_told(house: Installation) -> None:
    """The commands wait half a minute before they say so; all of them at once, so that the test need wait only once."""
    said: dict[str, subprocess.CompletedProcess[str]] = {}
    commands = (
        ("retention", "run", "--as-of", "2040-01-01"),
        ("prove",),
        ("staff", "appoint", "publications", "--name", "A", "--email", "a@b.test"),
    )
    with locked(house.data / "data.sqlite3"):
        threads = [
            threading.Thread(target=lambda one=one: said.update({one[0]: house.balie(*one, status=None)}))
            for one in commands
        ]
        before = kept(house)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for told in said.values():
        told.stderr = told.stderr.strip().splitlines()[-1]  # before it, what was begun
        sentence = one_sentence(told)
        assert "keeps the database" in sentence
        assert "try again" in sentence
    assert kept(house) == before
    house.balie("prove")


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


def test_the_same_address_twice_is_told_in_one_sentence(house: Installation) -> None:
    with house.serving():
        told = house.balie("serve", "--http", f"127.0.0.1:{house.http}", "--smtp", f"127.0.0.1:{house.smtp}", status=1)
        assert "address" in one_sentence(told)
        assert Visitor(house.url).get("/healthz").status == 200
