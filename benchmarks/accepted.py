"""Accepted by SMTP: sealed, durable, and 250 said; one process receives, another one sends over many connections."""

import asyncio
import smtplib
import subprocess
import sys
import threading
import time

from benchmarks import house

# isort: split
from balie.channels.mail import reception
from benchmarks.corpus import mails
from benchmarks.figure import Figure, run

CONNECTIONS = 32
SEND = "--send"


def measure(size: int) -> list[Figure]:
    """Mails a second that one process accepts, sealed and durable."""
    house.set_up()
    ports: list[int] = []
    threading.Thread(
        target=lambda: asyncio.run(reception.serve("127.0.0.1", 0, ready=ports.append)), daemon=True
    ).start()
    while not ports:
        time.sleep(0.01)
    return [
        _figure(connections, size / float(_sender(ports[0], size, connections)), size)
        for connections in (1, CONNECTIONS)
    ]


def _figure(connections: int, rate: float, size: int) -> Figure:
    about = f"{size:,} mails over {connections} connection{'s' if connections > 1 else ''}"
    if connections == 1:
        return Figure("accepted by SMTP, one at a time", rate, "mails/s", "", True, about)
    return Figure("accepted by SMTP", rate, "mails/s", "500", rate >= 500, about, "1,000")


def _sender(port: int, size: int, connections: int) -> str:
    command = [sys.executable, "-m", "benchmarks.accepted", SEND, str(port), str(size), str(connections)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def send(port: int, size: int, connections: int) -> None:
    """The sending side, in a process of its own: prints the seconds that it took from the first dialogue to the last 250."""
    raws = list(mails(connections, size))
    threads = [
        threading.Thread(target=_dialogue, args=(port, raws[one::connections], one)) for one in range(connections)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(time.perf_counter() - start)


def _dialogue(port: int, raws: list[bytes], number: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=120) as server:
        for raw in raws:
            server.sendmail(f"sender{number}@example.org", [house.ADDRESS], raw)


if __name__ == "__main__":
    if sys.argv[1:2] == [SEND]:
        send(*map(int, sys.argv[2:]))
    else:
        run(measure, size=3000, what="mails")
