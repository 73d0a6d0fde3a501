"""Runs Lighthouse over the queue and a ticket, as a telephone and as a desktop see them, and prints its scores: see lighthouse.sh."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import tests.environment  # noqa: F401 - a data folder of its own, before the settings are read

django.setup()

from tests import browser  # noqa: E402
from tests.counter import Running  # noqa: E402
from tests.installation import Installation  # noqa: E402
from tests.scene import Scene, set_up  # noqa: E402

KINDS = ("performance", "accessibility", "best-practices")
TRIES = 3  # whatever else a machine does makes a page slower, and never faster: the best one counts
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def scores(program: str, url: str, cookie: str, *, desktop: bool) -> dict[str, int]:
    """What Lighthouse gives a page, from 0 to 100."""
    command = [
        program,
        url,
        "--quiet",
        "--output=json",
        f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(KINDS)}",
    ]
    command += [
        f"--extra-headers={json.dumps({'Cookie': f'session={cookie}'})}",
        *(["--preset=desktop"] if desktop else []),
    ]
    env = {**os.environ, "CHROME_PATH": browser.executable() or ""}
    found = json.loads(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    return {kind: round(100 * found["categories"][kind]["score"]) for kind in KINDS}


def measure(program: str, running: Running, scene: Scene) -> None:
    session = running.visitor(scene.agent).cookie("session")
    assert session is not None
    print(f"{'page':8} {'as':8} " + " ".join(f"{kind:>15}" for kind in KINDS))
    for name, path in (("queue", f"/{scene.desk}/tickets?view=open"), ("ticket", scene.rich.path)):
        for desktop in (False, True):
            url, tries = running.house.url + path, range(TRIES)
            tried = [scores(program, url, session.value or "", desktop=desktop) for _ in tries]
            given = {
                kind: max(one[kind] for one in tried) if kind == "performance" else tried[0][kind] for kind in KINDS
            }
            print(f"{name:8} {'desktop' if desktop else 'mobile':8} " + " ".join(f"{given[kind]:15}" for kind in KINDS))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        house = Installation(Path(folder))
        house.balie("init", "--demo")
        with house.serving():
            running = Running(house)
            measure(sys.argv[1], running, set_up(running, "publications"))
