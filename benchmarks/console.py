"""The console as a signed-in reader sees it over HTTP: whole pages, fragments, searches, eight readers at once, and memory."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import filling, house

# isort: split
from tests.visitor import NOOR, signed_in

from balie.config import demonstration
from balie.desk.models import Ticket
from benchmarks.figure import Figure, run

SMALL = 1_000  # tickets of the desk that the large one is compared with
GROWN = 1.5  # times as long as there, at most
TIMES = 60  # each page; the median counts
READERS, SECONDS = 8, 8.0
# What is asked of each, in milliseconds.
ASKED = {
    "queue with a ticket": 25.0,
    "list": 12.0,
    "ticket with 5 messages": 12.0,
    "search, 0.5 % of the tickets": 15.0,
    "search, 5 %": 20.0,
    "search, 40 %": 25.0,
    "register": 100.0,
}


def measure(size: int) -> list[Figure]:
    """Milliseconds a page, and how many times what a small desk takes; lists a second for eight readers; memory of all processes."""
    house.set_up()
    demonstration.load()
    small = _taken(SMALL) if _tickets() < SMALL else {}  # a house that was filled before is measured as it is
    _fill_to(size)
    with serving() as place:
        visit = _Reader(place)
        visit.sign_in()
        figures = [_figure(name, _timed(act), size, small.get(name)) for name, act in _acts(visit).items()]
        return [*figures, _many(visit, size), _memory(size)]


def _taken(size: int) -> "dict[str, _Times]":
    """What the same pages take at a desk of another size."""
    _fill_to(size)
    with serving() as place:
        visit = _Reader(place)
        visit.sign_in()
        return {name: _timed(act) for name, act in _acts(visit).items()}


def _fill_to(size: int) -> None:
    if (there := _tickets()) < size:
        filling.fill(size - there)


def _tickets() -> int:
    return Ticket.objects.visible_to(house.door()).count()


def _acts(visit: "_Reader") -> dict[str, Callable[[], int]]:
    rare, some, many = filling.SHARES
    last = Ticket.objects.visible_to(house.door()).order_by("-number").first()
    assert last is not None
    number = last.number
    return {
        "queue with a ticket": lambda: visit.get(f"/publications/tickets/{number}?view=open"),
        "list": lambda: visit.get("/publications/tickets?view=open", fragment=True),
        "ticket with 5 messages": lambda: visit.get(f"/publications/tickets/{number}"),
        "search, 0.5 % of the tickets": lambda: visit.search(rare),
        "search, 5 %": lambda: visit.search(some),
        "search, 40 %": lambda: visit.search(many),
        "register": lambda: visit.get("/publications/register"),
    }


@dataclass(frozen=True)
class _Times:
    """Milliseconds of one page: half of the times it took less, 95 of a hundred times no more than `late`. length: its bytes."""

    median: float
    late: float
    length: int


def _timed(act: Callable[[], int]) -> _Times:
    for _ in range(5):
        act()
    times, length = [], 0
    for _ in range(TIMES):
        start = time.perf_counter()
        length = act()
        times.append((time.perf_counter() - start) * 1000)
    return _Times(statistics.median(times), sorted(times)[int(TIMES * 0.95)], length)


def _figure(name: str, taken: _Times, size: int, small: _Times | None) -> Figure:
    grown = taken.median / small.median if small else 1.0
    holds = taken.median < ASKED[name] and taken.late <= 2 * taken.median and grown <= GROWN
    told = [f"{size:,} tickets", f"95 % within {taken.late:.1f} ms", f"{taken.length / 1000:.0f} kB"]
    if small:
        told.append(f"{grown:.2f} times the {small.median:.1f} ms of {SMALL:,}")
    return Figure(name, taken.median, "ms", f"under {ASKED[name]:.0f}", holds, "; ".join(told))


def _many(visit: "_Reader", size: int) -> Figure:
    """Lists a second for eight readers at once."""
    end, counts = time.perf_counter() + SECONDS, [0] * READERS

    def read(place: int) -> None:
        own = visit.again()
        while time.perf_counter() < end:
            own.get("/publications/tickets?view=open", fragment=True)
            counts[place] += 1

    readers = [threading.Thread(target=read, args=(place,)) for place in range(READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    rate = sum(counts) / SECONDS
    return Figure("lists, 8 readers", rate, "lists/s", "150", rate >= 150, f"{size:,} tickets", "250")


def _memory(size: int) -> Figure:
    """What web, worker and reception take together: their share of memory (PSS)."""
    total = sum(_share(pid) for pid in _family(_serving.pid)) / 1024
    return Figure("web, worker and reception", total, "MB", "under 250", total < 250, f"{size:,} tickets, share (PSS)")


def _family(pid: int) -> list[int]:
    """A process and all that it started; the one that only keeps the others is among them."""
    found = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [(int(child), int(parent)) for child, parent in map(str.split, found.splitlines())]
    family = [pid]
    for one in family:
        family += [child for child, parent in pairs if parent == one]
    return family


def _share(pid: int) -> int:
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:"))


@dataclass
class _Reader:
    """A signed-in reader on one connection that stays open."""

    place: tuple[str, int]
    cookie: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection(*self.place, timeout=60)

    def sign_in(self) -> None:
        visitor = signed_in(f"http://{self.place[0]}:{self.place[1]}", NOOR)
        self.cookie = "; ".join(f"{one.name}={one.value}" for one in visitor.cookies)
        self.token = visitor.token

    def again(self) -> "_Reader":
        return _Reader(self.place, self.cookie, self.token)

    def get(self, path: str, *, fragment: bool = False) -> int:
        """How many bytes came. fragment: only what the page's script would put in."""
        return self._ask("GET", path, None, {"X-Part": "list"} if fragment else {})

    def search(self, words: str) -> int:
        typed = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, "words": words})
        return self._ask("POST", "/publications/search", typed, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> int:
        self.line.request(method, path, body, {"Cookie": self.cookie, "Accept-Language": "en", **headers})
        answer = self.line.getresponse()
        content = answer.read()
        assert answer.status == 200, (answer.status, path)
        return len(content)


_serving: subprocess.Popen[str]


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """`balie serve` on this house; where its pages are."""
    global _serving
    http_, smtp = _free(), _free()
    places = ["--http", f"127.0.0.1:{http_}", "--smtp", f"127.0.0.1:{smtp}"]
    env = {**os.environ, "BALIE_URL": f"http://127.0.0.1:{http_}"}
    command = [sys.executable, "-m", "balie", "serve", *places]
    _serving = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert _serving.stdout is not None
        assert _serving.stdout.readline().strip() == "ready"
        yield "127.0.0.1", http_
    finally:
        _serving.terminate()
        _serving.wait(30)


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    run(measure, size=100_000, what="tickets")
