"""What the tests at the doors share: one running installation, one browser, and staff who have signed in once."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browser as browsers
from tests.counter import Counter, Running
from tests.installation import Installation

SHARED = (
    "running"  # whoever uses this fixture works, with the tests of the same folder, in one installation on one worker
)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation as `balie init --demo` leaves it: made once for all workers, and copied by whoever needs one of their own."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demonstration"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the second worker waits until the first has made it
        if not (folder / "made").exists():
            Installation(folder).balie("init", "--demo")
            (folder / "made").touch()
    return folder


@pytest.fixture(scope="session")
def settle(demonstration: Path) -> Callable[[Path], Installation]:
    """Makes an installation of its own in a folder, with the demonstration's desks, staff and tickets."""

    def make(folder: Path) -> Installation:
        folder.mkdir(exist_ok=True)
        for part in ("data", "master.key"):
            source = demonstration / part
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / part)
        return Installation(folder)

    return make


@pytest.fixture
def house(settle: Callable[[Path], Installation], tmp_path: Path) -> Installation:
    """An installation for one test alone, with the demonstration in it and no doors open yet."""
    return settle(tmp_path / "house")


@pytest.fixture(scope="session")
def running(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The installation that the acceptance tests share, with its doors open."""
    house = settle(tmp_path_factory.mktemp("running"))
    with house.serving():
        yield Running(house)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser; who needs it and has none is skipped, with that cause."""
    if browsers.executable() is None:
        pytest.skip(browsers.MISSING)
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture
def counter(running: Running, request: pytest.FixtureRequest) -> Iterator[Counter]:
    """The shared installation as one test uses it: people of its own write in, and its pages close when it ends."""
    running.tidy()
    with Counter(running, lambda: request.getfixturevalue("chromium")) as mine:
        yield mine


def pytest_configure(config: pytest.Config) -> None:
    """Tests that share something dear say so by a group; without xdist the mark has nobody else to declare it."""
    config.addinivalue_line("markers", "xdist_group(name): goes to one worker, with all of its group")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if SHARED in names:
            item.add_marker(pytest.mark.xdist_group(f"{SHARED}-{item.path.parent.name}"))
        if "chromium" in names:
            item.add_marker(pytest.mark.browser)
