"""An empty house for one benchmark: a data folder and a master key of its own, both desks in force."""

import base64
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

DESK = "publications"
ADDRESS = "servicedesk@publications.test"


@contextmanager
def empty() -> Iterator[str]:
    """Set up in a temporary folder and take it away afterwards. Must come before anything of Balie is imported."""
    folder = tempfile.mkdtemp(prefix="balie-bench-")
    os.environ["BALIE_DATA"] = os.path.join(folder, "data")
    os.environ["BALIE_MASTER_KEY"] = base64.b64encode(secrets.token_bytes(32)).decode()
    os.environ["DJANGO_SETTINGS_MODULE"] = "balie.config.settings"
    import django

    django.setup()
    from balie.config import demonstration, setting_up

    try:
        setting_up.set_up()
        for desk in demonstration.DESKS:
            demonstration.set_up_desk(desk)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def deliveries(count: int, *, seed: int = 1, senders: int = 200) -> list["object"]:
    """Mails of the corpus as a door gets them, from so many different senders, each unlike the others."""
    from balie.desk.arrivals import Delivery
    from benchmarks.corpus import mails

    found: list[object] = []
    for number, raw in enumerate(mails(seed, count)):
        found.append(Delivery(f"sender{number % senders}@example.org", (ADDRESS,), raw))
    return found
