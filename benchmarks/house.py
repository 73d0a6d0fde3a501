"""An empty house for one benchmark: a data folder and a master key of its own, both desks in force.

Importing this module comes before anything of Balie is imported: it chooses the folder and starts Django.
"""

import atexit
import base64
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import django

from benchmarks.corpus import mails

if TYPE_CHECKING:
    from balie.desk.arrivals import Delivery
    from balie.kernel import Actor

DESK = "publications"
ADDRESS = "servicedesk@publications.test"
_folder = tempfile.mkdtemp(prefix="balie-bench-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
if (
    "BALIE_BENCH_DATA" not in os.environ
):  # a filled house that is kept from run to run, for somebody at work on one figure
    os.environ["BALIE_DATA"] = os.path.join(_folder, "data")
    os.environ["BALIE_MASTER_KEY"] = base64.b64encode(secrets.token_bytes(32)).decode()
else:
    os.environ["BALIE_DATA"] = os.path.join(os.environ["BALIE_BENCH_DATA"], "data")
os.environ["DJANGO_SETTINGS_MODULE"] = "balie.config.settings"
django.setup()


def set_up() -> None:
    """Tables, keys, and both desks in force."""
    from balie.config import demonstration, setting_up

    setting_up.set_up()
    for desk in demonstration.DESKS:
        demonstration.set_up_desk(desk)


def door() -> "Actor":
    """The software, taking mail in."""
    from balie.kernel import Actor

    return Actor.system("receive", DESK)


def deliveries(count: int, *, seed: int = 1, sender: str = "") -> "list[Delivery]":
    """Mails of the corpus as the mail door gets them, all different; `sender`: all from this one instead of from anybody."""
    from balie.desk.arrivals import Delivery

    raws = mails(seed, count)
    if sender:
        raws = (b"\r\n".join(_from(line, sender) for line in raw.split(b"\r\n")) for raw in raws)
    return [Delivery(f"sender{number % 200}@example.org", (ADDRESS,), raw) for number, raw in enumerate(raws)]


def take_in(waiting: "list[Delivery]") -> None:
    """Accept mails as reception does, many to a commit."""
    from balie.desk import arrivals

    for some in batches(waiting, 64):
        arrivals.take_in(some, actor=door())


def batches(rows: "list[Delivery]", size: int) -> "Iterator[list[Delivery]]":
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _from(line: bytes, sender: str) -> bytes:
    return f"From: {sender}".encode() if line.lower().startswith(b"from:") else line
