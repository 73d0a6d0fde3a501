"""Programs of others run confined: what they are given, print, take and see is bounded. (The child itself: see the tests
of reading mails and files.)
"""

import os
import sys
import time
from pathlib import Path

import pytest

from balie.kernel import confined

MEGABYTE = 1024 * 1024


def python(
    program: str, given: bytes = b"", *, seconds: float = 20, most: int = MEGABYTE, memory: int = confined.MEMORY
) -> bytes:
    command = [os.path.realpath(sys.executable), "-I", "-S", "-c", program]
    return confined.run(command, given, seconds=seconds, most=most, memory=memory)


def test_what_it_is_given_it_has_and_what_it_prints_comes_back() -> None:
    echo = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"
    assert python(echo, b"abc" * 300_000) == b"cba" * 300_000


def test_it_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALIE_MASTER_KEY", "secret")
    assert b"secret" not in python("import os; print(dict(os.environ))")


def test_one_that_takes_too_long_is_ended() -> None:
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        python("import time; time.sleep(60)", seconds=0.5)
    with pytest.raises(TimeoutError):
        python("import sys, time; sys.stdout.close(); import os; os.close(1); time.sleep(60)", seconds=0.5)
    assert time.monotonic() - start < 10


def test_one_that_computes_too_long_is_ended_by_the_system() -> None:
    with pytest.raises((TimeoutError, ValueError)):
        python("while True: pass", seconds=1)


def test_one_that_prints_too_much_is_not_believed() -> None:
    with pytest.raises(ValueError, match="bounds"):
        python("print('x' * 5_000_000)")


def test_one_that_takes_too_much_memory_fails() -> None:
    with pytest.raises(ValueError, match="failed"):
        python("x = bytearray(200_000_000)", memory=100 * MEGABYTE)


def test_it_writes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "left"
    with pytest.raises(ValueError, match="failed"):
        python(f"import os; os.write(os.open({str(path)!r}, os.O_CREAT | os.O_WRONLY), b'x')")
    assert not path.exists() or path.read_bytes() == b""


def test_one_that_is_not_there_fails() -> None:
    with pytest.raises((OSError, ValueError)):
        confined.run(["/nonexistent/program"], b"given", seconds=5, most=100)
