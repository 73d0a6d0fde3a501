"""Reads mail in a process of its own, which holds no key, opens no file and may be ended at any moment.

Both sides are here: `serve` is what the child runs, `Reader` is the parent's hand on it. They speak in frames over
standard input and output: a length and the raw mail one way, two lengths, JSON and the attachments the other.
"""

import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import balie
from balie.channels.mail.parsing import ReadMail, read
from balie.channels.mail.parsing.outcome import from_plain, to_plain
from balie.channels.mail.parsing.parts import RAW

MEMORY = 512 * 1024 * 1024  # bytes of address space
LARGE = 8 * 1024 * 1024  # after a mail of this size a fresh child begins, with its memory whole
ANSWER = 64 * 1024 * 1024  # bytes of JSON at most
START = 30.0  # seconds in which a child must be ready
PIECE = 1024 * 1024

_ASK, _ANSWER = struct.Struct(">I"), struct.Struct(">II")


class Reader:
    """Reads mails one after the other in a child process that is started when it is needed and again when it fails.

    timeout: seconds for one mail. memory: bytes of the child's address space. with_html: mails are read with their
    HTML. Threads may share one.
    """

    def __init__(self, timeout: float = 10, memory: int = MEMORY, *, with_html: bool = False) -> None:
        self._timeout, self._memory, self._with_html = timeout, memory, with_html
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, raw: bytes) -> ReadMail:
        """Read one mail as `parsing.read` does. Raises nothing: a mail that ends the child or takes too long is
        `unreadable` with `reader-died` or `took-too-long`. Source: mission, invariant 9.
        """
        with self._lock:
            try:
                return self._read(raw[: RAW + 1])
            except TimeoutError:
                self._end()
                return ReadMail(unreadable="took-too-long")
            except (OSError, ValueError, RecursionError):  # also what a child of ill will may answer
                self._end()
                return ReadMail(unreadable="reader-died")

    def close(self) -> None:
        """End the child. A later `read` starts another."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, raw: bytes) -> ReadMail:
        process = self._running()
        deadline = time.monotonic() + self._timeout
        self._send(process, _ASK.pack(len(raw)), deadline)
        self._send(process, raw, deadline)
        plain, contents = _ANSWER.unpack(self._receive(process, _ANSWER.size, deadline))
        if plain > ANSWER or contents > 2 * len(raw):  # a signed mail is given with what stands in it
            raise ValueError("an answer beyond its bounds")
        words = self._receive(process, plain, deadline)
        mail = from_plain(json.loads(words), self._receive(process, contents, deadline))
        if len(raw) > LARGE:
            self._end()
        return mail

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter, arguments of our own
            self._command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            env={"PYTHONPATH": str(Path(balie.__file__).parents[1])},
            start_new_session=True,
        )
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None  # both are pipes
            os.set_blocking(stream.fileno(), False)
        self._receive(self._process, _ANSWER.size, time.monotonic() + START)
        return self._process

    def _command(self) -> list[str]:
        limits = [str(self._memory), str(self._timeout + 1), *(["html"] if self._with_html else [])]
        return [sys.executable, "-B", "-s", "-m", "balie.channels.mail.child", *limits]

    def _send(self, process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
        assert process.stdin is not None  # a pipe
        left = memoryview(data)
        while left:
            _wait(process.stdin, select.POLLOUT, deadline)
            left = left[os.write(process.stdin.fileno(), left[:PIECE]) :]

    def _receive(self, process: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
        assert process.stdout is not None  # a pipe
        pieces = []
        while count:
            _wait(process.stdout, select.POLLIN, deadline)
            piece = os.read(process.stdout.fileno(), min(count, PIECE))
            if not piece:
                raise ValueError("the child is gone")
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process = None


def serve(asked: BinaryIO, answers: BinaryIO, seconds: float, *, with_html: bool = False) -> None:
    """Answer one mail after the other until the parent is gone. A mail that takes longer than `seconds` ends the
    process, whether or not a parent is there to end it.
    """
    _answer(answers, b"", [])
    while len(head := asked.read(_ASK.size)) == _ASK.size:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        raw = asked.read(_ASK.unpack(head)[0])
        try:
            mail = read(raw, with_html=with_html)
        except MemoryError:
            mail = ReadMail(unreadable="too-large")
        except RecursionError:
            mail = ReadMail(unreadable="too-deep")
        words = json.dumps(to_plain(mail)).encode("ascii")
        _answer(answers, words, [one.content for one in mail.attachments])
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(answers: BinaryIO, words: bytes, contents: list[bytes]) -> None:
    answers.write(_ANSWER.pack(len(words), sum(map(len, contents))) + words)
    for content in contents:
        answers.write(content)
    answers.flush()


def _wait(stream: object, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(stream, event)  # type: ignore[arg-type]
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError


def _confine(memory: int) -> None:
    """From here on the process can open nothing, write to no file and take no more memory than it was given."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


if __name__ == "__main__":
    _confine(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer, float(sys.argv[2]), with_html="html" in sys.argv[3:])
