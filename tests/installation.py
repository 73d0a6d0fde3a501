"""A whole installation for a test: a folder of its own, `balie serve` as a user starts it, and a mail server that takes our mail."""

import json
import os
import re
import smtplib
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Sink:
    """A mail server that takes everything and keeps it in memory."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.senders: dict[str, str] = {}  # of the envelope, by the mail's id

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.senders[str(mail["Message-ID"]).strip()] = envelope.mail_from or ""
        self.mails.append(mail)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if address in str(mail["To"])]


class Installation:
    """One installation under test, reached only as its users reach it: command line, SMTP, HTTP."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.http, self.smtp = free_port(), free_port()
        self.sink, self._relay = Sink(), free_port()
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BALIE_")},
            "BALIE_DATA": str(self.data),
            "BALIE_MASTER_KEY_FILE": str(folder / "master.key"),
            "BALIE_RELAY": f"127.0.0.1:{self._relay}",
            "BALIE_URL": self.url,
            "BALIE_UNDO": "0",  # nobody waits for an answer but who tries to take one back
            "TMPDIR": str(folder / "tmp"),
        }
        (folder / "tmp").mkdir(exist_ok=True)
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    def balie(self, *arguments: str, status: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run the command; `status` is the exit status that must come (None: any)."""
        done = subprocess.run(
            [sys.executable, "-m", "balie", *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert status is None or done.returncode == status, done.stdout + done.stderr
        return done

    def json(self, *arguments: str) -> Any:
        return json.loads(self.balie(*arguments, "--json").stdout)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """`balie serve` from its `ready` until the end of the block, with a mail server to send through."""
        relay = Controller(self.sink, hostname="127.0.0.1", port=self._relay)
        relay.start()
        self.log = (self.folder / "serve.log").open("a")
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "balie",
                "serve",
                "--http",
                f"127.0.0.1:{self.http}",
                "--smtp",
                f"127.0.0.1:{self.smtp}",
            ],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        try:
            assert self.process.stdout is not None
            assert self.process.stdout.readline().strip() == "ready", (self.folder / "serve.log").read_text()
            yield
        finally:
            self.process.terminate()
            self.process.wait(timeout=30)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.log.close()
            relay.stop()

    def children(self) -> dict[str, int]:
        """The processes that `balie serve` keeps, by what they do."""
        assert self.process is not None
        found = subprocess.run(
            ["ps", "-o", "pid=,comm=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        rows = [re.match(r"\s*(\d+) balie (.+)", line) for line in found.stdout.splitlines()]
        return {row[2]: int(row[1]) for row in rows if row}

    def send(self, mail: EmailMessage | bytes, *, sender: str, to: str) -> None:
        """Send a mail by SMTP, once."""
        raw = mail if isinstance(mail, bytes) else mail.as_bytes(policy=policy.SMTP)
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=30) as server:
            server.sendmail(sender, [to], raw)

    def rows(self, query: str, *arguments: object, database: str = "data.sqlite3") -> list[tuple[Any, ...]]:
        """Read the database beside the running product."""
        path = self.data / ("keys/keys.sqlite3" if database == "keys" else database)
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30) as db:
            found = db.execute(query, arguments).fetchall()
        db.close()
        return found

    def wait(self, done: Callable[[], object], *, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, "waited in vain: " + (self.folder / "serve.log").read_text()[-3000:]
            time.sleep(0.1)

    def wait_until_read(self, *, seconds: float = 60) -> None:
        """Until every mail that was accepted stands on a ticket, and what is to be sent has gone."""
        self.wait(lambda: not self.rows("SELECT 1 FROM desk_arrival WHERE read_at IS NULL LIMIT 1"), seconds=seconds)

    def wait_until_sent(self, *, seconds: float = 60) -> None:
        self.wait(
            lambda: not self.rows("SELECT 1 FROM post_outgoing WHERE state IN ('to_send', 'sending') LIMIT 1"),
            seconds=seconds,
        )


def mail(*, sender: str, to: str, subject: str, text: str, name: str = "") -> EmailMessage:
    """A mail as a person would send it."""
    made = EmailMessage()
    made["From"] = f"{name} <{sender}>" if name else sender
    made["To"] = to
    made["Subject"] = subject
    made["Message-ID"] = f"<{abs(hash((sender, subject, text)))}@example.org>"
    made.set_content(text)
    return made
