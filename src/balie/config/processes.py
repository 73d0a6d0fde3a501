"""The processes that run: pages, worker, mail reception and fetching, and the one that keeps them running."""

import argparse
import asyncio
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

from balie.config import environment, forking, setting_up
from balie.config.environment import Endpoint
from balie.kernel import log

REST = 0.5  # seconds before a process that ended is started again
_PAGES = max(1, min(4, os.cpu_count() or 1))  # processes that serve pages: Python uses one core in each
_THREADS = 4  # in each of them; every one keeps connections of its own
IDLE = 0.1  # seconds that a worker with nothing to do waits


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve_ = commands.add_parser(
        "serve",
        help="start pages, worker and mail reception together",
        epilog="Example: balie serve --http 127.0.0.1:8000 --smtp 127.0.0.1:2525",
    )
    serve_.add_argument("--http", type=Endpoint.read, default=environment.http.value(), metavar="HOST:PORT")
    serve_.add_argument("--smtp", type=Endpoint.read, default=environment.smtp.value(), metavar="HOST:PORT")
    serve_.set_defaults(run=serve)
    for name, run, what in (
        ("web", _web, "pages"),
        ("worker", _worker, "worker"),
        ("reception", _reception, "mail reception"),
    ):
        one = commands.add_parser(name, help=f"start the {what} alone", epilog=f"Example: balie {name}")
        if run is not _worker:
            default = environment.http.value() if run is _web else environment.smtp.value()
            one.add_argument("--at", type=Endpoint.read, default=default, metavar="HOST:PORT")
        one.set_defaults(run=run)
    fetching_ = commands.add_parser(
        "fetching", help="start the fetching from mailboxes alone", epilog="Example: balie fetching"
    )
    fetching_.set_defaults(run=_fetching)


def serve(asked: argparse.Namespace) -> int:
    """Start them, say `ready` when they answer, start again what ends, and end all when told to."""
    from balie.desk import mailboxes

    door = _taken(asked.http)
    _taken(asked.smtp).close()  # free, and the reception opens it itself
    setting_up.open_doors()
    forking.load()
    door.listen(1024)
    pages = {f"web {number}" if number else "web": lambda: _pages(sockets=[door]) for number in range(_PAGES)}
    keeper = _Keeper(
        {
            **pages,
            "worker": lambda: _worker(asked),
            "reception": lambda: _receive(asked.smtp),
            **({"fetching": lambda: _fetching(asked)} if mailboxes.configured() else {}),
        }
    )
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, keeper.end)
    keeper.start()
    if keeper.wait_until(lambda: _answers(asked.http, asked.smtp)):
        print("ready", flush=True)  # noqa: T201
    return keeper.keep()


def _taken(place: Endpoint) -> socket.socket:
    """A place that is ours, where nobody is heard yet. Raises OSError when something listens there already."""
    door = socket.socket(socket.AF_INET6 if ":" in place.host else socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((place.host, place.port))
    return door


class _Keeper:
    """Keeps processes running: one that ends by itself is started again."""

    def __init__(self, tasks: dict[str, Callable[[], object]]) -> None:
        self.tasks = tasks
        self.running: dict[str, BaseProcess] = {}
        self.ending = False

    def start(self) -> None:
        for name in self.tasks:
            self._start(name)

    def wait_until(self, answered: Callable[[], bool], seconds: float = 60) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.ending:
            if answered():
                return True
            if any(one.exitcode is not None for one in self.running.values()):
                self.ending = True
            time.sleep(0.05)
        return False

    def keep(self) -> int:
        code = 0
        while not self.ending:
            for name, one in list(self.running.items()):
                if one.exitcode is not None and not self.ending:
                    log.say("process.ended", name=name, code=one.exitcode)
                    time.sleep(REST)
                    self._start(name)
            time.sleep(0.1)
        for one in self.running.values():
            if one.exitcode is None:
                one.terminate()
        for one in self.running.values():
            one.join(timeout=20)
            if one.exitcode is None:
                one.kill()
                one.join()
            code = one.exitcode or code
        return 1 if code > 0 else 0

    def end(self, sign: int, frame: FrameType | None) -> None:
        self.ending = True

    def _start(self, name: str) -> None:
        self.running[name] = forking.start(name, self.tasks[name])


def _answers(http: Endpoint, smtp: Endpoint) -> bool:
    import smtplib

    try:
        with urllib.request.urlopen(f"http://{http}/healthz", timeout=2):
            pass
        with smtplib.SMTP(smtp.host, smtp.port, local_hostname="localhost", timeout=2) as server:
            return server.noop()[0] == 250
    except (OSError, urllib.error.URLError, smtplib.SMTPException):
        return False


def _web(asked: argparse.Namespace) -> None:
    _pages(listen=str(asked.at))


def _pages(**place: Any) -> None:
    """Serve the pages at a place. Forms and files stay in memory: what waitress writes beside it would lie on the disk in clear."""
    import waitress
    from django.conf import settings

    from balie.config.wsgi import application

    log.start()
    _end_when_told()
    most = 2 * settings.FILE_UPLOAD_MAX_MEMORY_SIZE  # twice what is taken is still refused with a sentence
    in_memory = {"max_request_body_size": most, "inbuf_overflow": most, "outbuf_overflow": most}
    waitress.serve(application, threads=_THREADS, ident=None, channel_timeout=60, **in_memory, **place)


def _reception(asked: argparse.Namespace) -> None:
    _receive(asked.at)


def _receive(at: Endpoint) -> None:
    """Take in mail."""
    from balie.channels.mail import reception

    log.start()
    _end_when_told()
    asyncio.run(reception.serve(at.host, at.port))


def _fetching(asked: argparse.Namespace) -> None:
    """Fetch mail from the mailboxes of the settings, for ever."""
    from balie.channels.mail.fetching import watching

    log.start()
    _end_when_told()
    watching.serve()


def _worker(asked: argparse.Namespace) -> None:
    """Do what waits, for ever."""
    from balie.config.worker import work_for_ever

    log.start()
    _end_when_told()
    work_for_ever(idle=IDLE)


def _end_when_told() -> None:
    def end(sign: int, frame: Any) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
