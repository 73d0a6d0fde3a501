"""The child that reads mail: confined, quick, and replaced when it is slow, dies or answers nonsense."""

import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.corpus import mails
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import balie
from balie.channels.mail.charsets import CHARSETS
from balie.channels.mail.child import LARGE, Reader
from balie.channels.mail.parsing import read
from balie.channels.mail.parsing.outcome import from_plain, to_plain

SMALL = b"From: alice@example.org\r\nSubject: hello\r\n\r\nHello there.\r\n"
SOURCE = Path(balie.__file__).parents[1]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


def pid_of(reader: Reader) -> int:
    assert reader._process is not None
    return reader._process.pid


def test_it_reads_as_the_parent_itself_would(reader: Reader) -> None:
    for raw in mails(23, 100):
        assert reader.read(raw) == read(raw)
    bounce = b"From: x@example.org\nX-Failed-Recipients: bob@example.net\n\nno"
    assert reader.read(bounce) == read(bounce)
    assert reader.read(b"") == read(b"")


def test_one_child_reads_many_mails(reader: Reader) -> None:
    reader.read(SMALL)
    first = pid_of(reader)
    for _ in range(100):
        reader.read(SMALL)
    assert pid_of(reader) == first


def test_a_thousand_small_mails_pass_through_in_a_second(reader: Reader) -> None:
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(100):
            reader.read(SMALL)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.1


def test_threads_may_share_one(reader: Reader) -> None:
    found: list[str] = []

    def several(number: int) -> None:
        for _ in range(20):
            found.append(reader.read(SMALL.replace(b"hello", b"%d" % number)).subject)

    threads = [threading.Thread(target=several, args=(number,)) for number in range(5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == sorted(str(number) for number in range(5) for _ in range(20))


def test_a_child_that_was_killed_between_two_mails_costs_none() -> None:
    with Reader() as reader:
        reader.read(SMALL)
        os.kill(pid_of(reader), signal.SIGKILL)
        time.sleep(0.1)
        assert reader.read(SMALL).subject == "hello"


def test_a_child_that_is_killed_while_reading_is_replaced() -> None:
    with Reader() as reader:
        reader.read(SMALL)
        os.kill(pid_of(reader), signal.SIGSTOP)
        killer = threading.Timer(0.2, os.kill, (pid_of(reader), signal.SIGKILL))
        killer.start()
        assert reader.read(SMALL).unreadable == "reader-died"
        killer.join()
        assert reader.read(SMALL).subject == "hello"


def test_a_child_that_is_too_slow_is_ended_and_replaced() -> None:
    with Reader(timeout=0.3) as reader:
        reader.read(SMALL)
        slow = pid_of(reader)
        os.kill(slow, signal.SIGSTOP)
        start = time.monotonic()
        assert reader.read(SMALL).unreadable == "took-too-long"
        assert time.monotonic() - start < 2
        assert not Path(f"/proc/{slow}").exists()
        assert reader.read(SMALL).subject == "hello"


def test_a_mail_larger_than_the_pipe_to_a_slow_child_is_given_up_too() -> None:
    with Reader(timeout=0.3) as reader:
        reader.read(SMALL)
        os.kill(pid_of(reader), signal.SIGSTOP)
        assert reader.read(SMALL + b"x" * 5_000_000).unreadable == "took-too-long"


def test_a_mail_that_needs_more_memory_than_there_is_says_so() -> None:
    with Reader(memory=120 * 1024 * 1024) as reader:
        assert reader.read(SMALL + b"x" * 60_000_000).unreadable in ("too-large", "reader-died")
        assert reader.read(SMALL).subject == "hello"


def test_the_largest_mail_fits_into_the_memory_that_is_given() -> None:
    zipped = (
        b"From: a@example.org\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"QUJD" * 16_000_000
    )
    with Reader() as reader:
        (attachment,) = reader.read(zipped).attachments
        assert len(attachment.content) == 48_000_000
        assert reader.read(SMALL).subject == "hello"


def test_after_a_large_mail_a_fresh_child_begins() -> None:
    with Reader() as reader:
        reader.read(SMALL)
        first = pid_of(reader)
        reader.read(SMALL + b"x" * LARGE)
        reader.read(SMALL)
        assert pid_of(reader) != first


class Impostor(Reader):
    """A reader whose child says what it likes."""

    says = b""

    def _command(self) -> list[str]:
        say = "import sys; out, told = sys.stdout.buffer, sys.stdin.buffer; out.write(bytes(8)); out.flush()"
        return [sys.executable, "-c", f"{say}; told.read(4); out.write({self.says!r}); out.flush(); told.read()"]


@pytest.mark.parametrize(
    "says",
    [
        struct.pack(">II", 2**31, 0),
        struct.pack(">II", 2, 2**31),
        struct.pack(">II", 2, 0) + b"{}",
        struct.pack(">II", 4, 0) + b"null",
        struct.pack(">II", 4, 0) + b"\xff\xff\xff\xff",
        struct.pack(">II", 50_000, 0) + b"[" * 50_000,
    ],
)
def test_an_answer_that_is_nonsense_is_not_believed(says: bytes) -> None:
    Impostor.says = says
    with Impostor() as reader:
        assert reader.read(SMALL).unreadable == "reader-died"


def test_a_child_that_cannot_be_started_is_a_mail_unread() -> None:
    class Nobody(Reader):
        def _command(self) -> list[str]:
            return ["/nonexistent/python"]

    with Nobody() as reader:
        assert reader.read(SMALL).unreadable == "reader-died"


def test_django_is_not_in_the_child() -> None:
    program = "import sys, balie.channels.mail.child; print([one for one in sys.modules if one.startswith('django')])"
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_child_sees_no_environment_opens_no_file_and_writes_none(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALIE_MASTER_KEY", "secret-of-the-parent")
    with Reader() as fresh:
        fresh.read(SMALL)
        folder = Path(f"/proc/{pid_of(fresh)}")
        assert b"secret-of-the-parent" not in (folder / "environ").read_bytes()
        limits = (folder / "limits").read_text()
        assert sorted(one.name for one in (folder / "fd").iterdir()) == ["0", "1", "2"]
    rows = {line[:26].strip(): line[26:].split()[:2] for line in limits.splitlines()}
    assert rows["Max open files"] == ["3", "3"]
    assert rows["Max file size"] == ["0", "0"]
    assert rows["Max core file size"] == ["0", "0"]
    assert rows["Max address space"] == [str(512 * 1024 * 1024)] * 2


@pytest.mark.parametrize("charset", CHARSETS)
def test_every_charset_is_there_although_no_file_can_be_opened(reader: Reader, charset: str) -> None:
    raw = f"From: a@example.org\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode() + b"x\xe9\x00" * 4
    mail = reader.read(raw)
    assert (mail.unreadable, mail.text) == ("", read(raw).text)


def test_the_child_ends_when_its_parent_is_gone() -> None:
    program = (
        "import os, signal\nfrom balie.channels.mail.child import Reader\nreader = Reader()\n"
        f"reader.read({SMALL!r})\nprint(reader._process.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=False
    )
    child = Path(f"/proc/{int(done.stdout)}")
    deadline = time.monotonic() + 5
    while child.exists() and "State:\tZ" not in (child / "status").read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not child.exists() or "State:\tZ" in (child / "status").read_text()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000))
def test_any_bytes_pass_through(reader: Reader, raw: bytes) -> None:
    assert reader.read(raw) == read(raw)
    framed = b"From: a@example.org\r\n" + raw
    assert reader.read(framed) == read(framed)


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.binary(),
)
def test_what_is_no_mail_is_refused_and_nothing_else_is_raised(plain: object, contents: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_plain(plain, contents)
    whole = to_plain(read(SMALL))
    for name in whole:
        try:
            from_plain(whole | {name: plain}, b"")
        except ValueError:
            continue


def test_a_mail_survives_its_way_through_json() -> None:
    for raw in mails(29, 50):
        mail = read(raw)
        assert (
            from_plain(json.loads(json.dumps(to_plain(mail))), b"".join(one.content for one in mail.attachments))
            == mail
        )
