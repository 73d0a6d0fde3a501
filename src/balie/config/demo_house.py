"""The house that `balie demo` builds for itself: a fresh installation in a folder of its own, and a mail server for its mail."""

import json
import os
import smtplib
import socket
import subprocess
import sys
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class NotHeld(Exception):  # noqa: N818 - a finding, not a mistake
    """Something that was to be shown did not hold; says what, in a sentence."""


class House:
    """One installation, reached only as its users reach it: command line, SMTP and pages."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.http, self.smtp, relay = (_free_port() for _ in range(3))
        self.url = f"http://127.0.0.1:{self.http}"
        self.answers = _Answers(relay)
        self.serving: subprocess.Popen[str] | None = None
        (folder / "tmp").mkdir()
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("BALIE_")} | {
            "BALIE_DATA": str(self.data),
            "BALIE_MASTER_KEY_FILE": str(folder / "master.key"),
            "BALIE_RELAY": f"127.0.0.1:{relay}",
            "BALIE_URL": self.url,
            "BALIE_UNDO": "0",  # nobody takes anything back here
            "TMPDIR": str(folder / "tmp"),
        }

    def balie(self, *arguments: str) -> str:
        """Run a command; what it prints. Raises NotHeld with its own sentence when it refuses."""
        command = [sys.executable, "-m", "balie", *arguments]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603
        if done.returncode:
            raise NotHeld(f"`balie {arguments[0]}`: {(done.stderr or done.stdout).strip().rpartition(chr(10))[2]}")
        return done.stdout

    def json(self, *arguments: str) -> Any:
        return json.loads(self.balie(*arguments, "--json"))

    def open_doors(self) -> None:
        """Start `balie serve` and wait for its `ready`."""
        self.answers.start()
        doors = ("--http", f"127.0.0.1:{self.http}", "--smtp", f"127.0.0.1:{self.smtp}")
        with (self.folder / "serve.log").open("a") as log:
            self.serving = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "balie", "serve", *doors],
                env=self.env,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.serving.stdout is not None
        if self.serving.stdout.readline().strip() != "ready":
            raise NotHeld("The doors did not open: " + (self.folder / "serve.log").read_text()[-500:].strip())

    def close_doors(self) -> None:
        """End all processes; twice is once."""
        if self.serving is not None:
            self.serving.terminate()
            self.serving.wait(timeout=30)
            assert self.serving.stdout is not None
            self.serving.stdout.close()
            self.serving = None
            self.answers.stop()

    def send(self, mail: EmailMessage, *, sender: str, to: str) -> None:
        """Hand a mail over by SMTP, as any mail server does."""
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=30) as server:
            server.send_message(mail, from_addr=sender, to_addrs=[to])


class _Answers:
    """A mail server that takes what the desk sends and keeps it in memory."""

    def __init__(self, port: int) -> None:
        self._mails: list[EmailMessage] = []
        self._came = threading.Condition()
        self._port = port
        self._server: Controller | None = None

    def start(self) -> None:
        self._server = Controller(self, hostname="127.0.0.1", port=self._port)
        self._server.start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        with self._came:
            self._mails.append(mail)
            self._came.notify_all()
        return "250 OK"

    def wait_for(self, word: str, *, seconds: float = 15) -> EmailMessage:
        """The mail in which a word stands. Raises NotHeld when none has come in time."""
        with self._came:
            if not self._came.wait_for(lambda: self._with(word), timeout=seconds):
                raise NotHeld("The answer did not arrive.")
            return self._with(word)[0]

    def _with(self, word: str) -> list[EmailMessage]:
        return [mail for mail in self._mails if word in _text(mail)]


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
