"""Reads mail in a process of its own (`balie.kernel.confined`). Both sides are here: `Reader` asks, `answer` is the
child's: raw mail one way, JSON and the attachments the other.
"""

import json
import sys
from functools import partial

from balie.channels.mail.parsing import ReadMail, read
from balie.channels.mail.parsing.outcome import from_plain, to_plain
from balie.channels.mail.parsing.parts import RAW
from balie.kernel.confined import MEMORY, Answer, Child, answer_questions

LARGE = 8 * 1024 * 1024  # after a mail of this size a fresh child begins, with its memory whole


class Reader(Child):
    """Reads mails one after the other in a child process that is started when it is needed and again when it fails.

    timeout: seconds for one mail. memory: bytes of the child's address space. with_html: mails are read with their
    HTML. Threads may share one.
    """

    def __init__(self, timeout: float = 10, memory: int = MEMORY, *, with_html: bool = False) -> None:
        more = ("html",) if with_html else ()
        super().__init__("balie.channels.mail.child", *more, timeout=timeout, memory=memory)

    def read(self, raw: bytes) -> ReadMail:
        """Read one mail as `parsing.read` does. Raises nothing: a mail that ends the child or takes too long is
        `unreadable` with `reader-died` or `took-too-long`. Source: mission, invariant 9.
        """
        with self._lock:
            try:
                return self._read(raw[: RAW + 1])
            except TimeoutError:
                return ReadMail(unreadable="took-too-long")
            except (OSError, ValueError, RecursionError):  # also what a child of ill will may answer
                self.close()
                return ReadMail(unreadable="reader-died")

    def _read(self, raw: bytes) -> ReadMail:
        words, contents = self.ask(raw, contents=2 * len(raw))  # a signed mail is given with what stands in it
        mail = from_plain(json.loads(words), contents)
        if len(raw) > LARGE:
            self.close()
        return mail


def answer(raw: bytes, *, with_html: bool = False) -> Answer:
    """One mail read, as it travels."""
    try:
        mail = read(raw, with_html=with_html)
    except MemoryError:
        mail = ReadMail(unreadable="too-large")
    except RecursionError:
        mail = ReadMail(unreadable="too-deep")
    return json.dumps(to_plain(mail)).encode("ascii"), [one.content for one in mail.attachments]


if __name__ == "__main__":
    answer_questions(partial(answer, with_html="html" in sys.argv[3:]))
