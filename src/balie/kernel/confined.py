"""Foreign bytes are read in a process of their own, which holds no key, opens no file and may be ended at any moment.

Both sides are here: `serve` is what the child runs, `Child` is the parent's hand on it. They speak in frames over
standard input and output: a length and the question one way, two lengths, words and contents the other. `run` is for
programs of others, which get their input and give their output once.
"""

import math
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import balie
from balie.kernel import limits

MEMORY = 512 * 1024 * 1024  # bytes of address space
ANSWER = 64 * 1024 * 1024  # bytes of words at most
START = 30.0  # seconds in which a child must be ready
PIECE = 1024 * 1024

_ASK, _ANSWER = struct.Struct(">I"), struct.Struct(">II")
_LIMITS = str(Path(limits.__file__).resolve())

Answer = tuple[bytes, Sequence[bytes]]


class Child:
    """A process that answers one question after the other, started when it is needed and again after it failed.

    module: what it runs; its `__main__` calls `answer_questions`. timeout: seconds for one answer. memory: bytes of
    its address space. arguments: more words of its command line. Threads may share one.
    """

    def __init__(self, module: str, *arguments: str, timeout: float, memory: int = MEMORY) -> None:
        self._module, self._arguments, self._timeout, self._memory = module, arguments, timeout, memory
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        """End the child. A later question starts another."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, question: bytes, *, contents: int) -> tuple[bytes, bytes]:
        """The words and the contents of an answer. contents: bytes of these at most. Raises TimeoutError, or OSError or
        ValueError for a child that died or answered beyond the bounds; it is ended then.
        """
        with self._lock:
            try:
                return self._ask(question, contents)
            except (OSError, ValueError):  # a TimeoutError is an OSError
                self._end()
                raise

    def _ask(self, question: bytes, most: int) -> tuple[bytes, bytes]:
        process = self._running()
        assert process.stdin is not None  # both are pipes
        assert process.stdout is not None
        deadline = time.monotonic() + self._timeout
        _send(process.stdin, _ASK.pack(len(question)), deadline)
        _send(process.stdin, question, deadline)
        words, contents = _ANSWER.unpack(_receive(process.stdout, _ANSWER.size, deadline))
        if words > ANSWER or contents > most:
            raise ValueError("an answer beyond its bounds")
        return _receive(process.stdout, words, deadline), _receive(process.stdout, contents, deadline)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        self._process = _started(self._command(), {"PYTHONPATH": str(Path(balie.__file__).parents[1])})
        assert self._process.stdout is not None  # a pipe
        _receive(self._process.stdout, _ANSWER.size, time.monotonic() + START)
        return self._process

    def _command(self) -> list[str]:
        limits_ = (str(self._memory), str(self._timeout + 1))
        return [sys.executable, "-B", "-s", "-m", self._module, *limits_, *self._arguments]

    def _end(self) -> None:
        if self._process is not None:
            _ended(self._process)
        self._process = None


def answer_questions(answer: Callable[[bytes], Answer]) -> None:
    """What a child does with its life: be confined as its command line says, and answer on standard output what is
    asked on standard input.
    """
    limits.limit(int(sys.argv[1]), files=3)
    serve(answer, sys.stdin.buffer, sys.stdout.buffer, float(sys.argv[2]))


def serve(answer: Callable[[bytes], Answer], asked: IO[bytes], answers: IO[bytes], seconds: float) -> None:
    """Answer one question after the other until the parent is gone. One that takes longer than `seconds` ends the
    process, whether or not a parent is there to end it.
    """
    _say(answers, b"", ())
    while len(head := asked.read(_ASK.size)) == _ASK.size:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        words, contents = answer(asked.read(_ASK.unpack(head)[0]))
        _say(answers, words, contents)
        signal.setitimer(signal.ITIMER_REAL, 0)


def run(command: Sequence[str], given: bytes, *, seconds: float, memory: int = MEMORY, most: int) -> bytes:
    """What a program prints that is given these bytes at once. command: an absolute path and its arguments. most: bytes
    that it may print. It sees nothing of our environment. Raises TimeoutError, or OSError or ValueError when it failed.
    """
    deadline = time.monotonic() + seconds
    launched = [sys.executable, "-I", "-S", _LIMITS, str(memory), str(math.ceil(seconds)), *command]
    process = _started(launched, {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"})
    try:
        assert process.stdin is not None  # both are pipes
        assert process.stdout is not None
        _send(process.stdin, given, deadline)
        process.stdin.close()
        printed = _receive_all(process.stdout, most, deadline)
        if process.wait(max(0.0, deadline - time.monotonic())):
            raise ValueError("the program failed")
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    else:
        return printed
    finally:
        _ended(process)


def left(deadline: float) -> float:
    """Seconds until a moment of the monotonic clock. Raises TimeoutError when there are none worth beginning with."""
    seconds = deadline - time.monotonic()
    if seconds < 0.05:
        raise TimeoutError
    return seconds


def _started(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(  # noqa: S603  programs and arguments of our own
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd="/",
        env=environment,
        start_new_session=True,
    )
    for stream in (process.stdin, process.stdout):
        assert stream is not None  # both are pipes
        os.set_blocking(stream.fileno(), False)
    return process


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def _say(answers: IO[bytes], words: bytes, contents: Sequence[bytes]) -> None:
    answers.write(_ANSWER.pack(len(words), sum(map(len, contents))) + words)
    for content in contents:
        answers.write(content)
    answers.flush()


def _send(stream: IO[bytes], data: bytes, deadline: float) -> None:
    left = memoryview(data)
    while left:
        _wait(stream, select.POLLOUT, deadline)
        left = left[os.write(stream.fileno(), left[:PIECE]) :]


def _receive(stream: IO[bytes], count: int, deadline: float) -> bytes:
    pieces = []
    while count:
        _wait(stream, select.POLLIN, deadline)
        piece = os.read(stream.fileno(), min(count, PIECE))
        if not piece:
            raise ValueError("the child is gone")
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _receive_all(stream: IO[bytes], most: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    while most >= 0:
        _wait(stream, select.POLLIN, deadline)
        piece = os.read(stream.fileno(), PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        most -= len(piece)
    raise ValueError("an answer beyond its bounds")


def _wait(stream: IO[bytes], event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(stream, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError
