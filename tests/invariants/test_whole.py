"""Invariant 9, whole: no message is lost or handled twice, whatever crashes when."""

import os
import random
import signal
import smtplib
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.installation import Installation, mail

ADDRESS = "servicedesk@publications.test"


def deliver(house: Installation, numbers: list[int]) -> None:
    """What a mail server does: it tries again until it is told 250."""
    for number in numbers:
        sender = f"sender{number}@example.org"
        raw = mail(sender=sender, to=ADDRESS, subject=f"Number {number}", text=f"This is mail {number}.").as_bytes()
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", house.smtp, timeout=20) as server:
                    server.sendmail(sender, [ADDRESS], raw)
                break
            except (OSError, smtplib.SMTPException):
                time.sleep(0.1)


def kill_at_random(house: Installation, kills: int, *, seed: int) -> dict[str, int]:
    """`kill -9` of one of the three, so many times."""
    chance, done = random.Random(seed), dict.fromkeys(("web", "worker", "reception"), 0)
    while sum(done.values()) < kills:
        time.sleep(chance.uniform(0.05, 0.6))
        running = house.children()
        name = chance.choice(sorted(done))
        with suppress(KeyError, ProcessLookupError):  # one that is being started again is met the next time
            os.kill(running[name], signal.SIGKILL)
            done[name] += 1
    return done


def live_through(folder: Path, *, mails: int, kills: int, senders: int = 4) -> None:
    house = Installation(folder)
    house.balie("init", "--demo")
    before = len(house.rows("SELECT 1 FROM desk_message"))
    with house.serving():
        threads = [
            threading.Thread(target=deliver, args=(house, list(range(first, mails, senders))), daemon=True)
            for first in range(senders)
        ]
        for thread in threads:
            thread.start()
        done = kill_at_random(house, kills, seed=mails)
        for thread in threads:
            thread.join()
        assert min(done.values()) > 0
        house.wait_until_read(seconds=240)
        house.wait(lambda: not house.rows("SELECT 1 FROM jobs_job"), seconds=60)
    assert len(house.rows("SELECT 1 FROM desk_message")) - before == mails
    assert len(house.rows("SELECT DISTINCT sender FROM desk_message")) == len(house.rows("SELECT 1 FROM desk_message"))
    keys_and_rows_agree(house)
    house.balie("prove")


def keys_and_rows_agree(house: Installation) -> None:
    living = {key for (key,) in house.rows("SELECT id FROM keys_recordkey WHERE sealed IS NOT NULL", database="keys")}
    used = [key for (key,) in house.rows("SELECT key FROM vault_record")]
    erased = {key for (key,) in house.rows("SELECT key FROM vault_erasure")}
    assert len(used) == len(set(used))
    assert set(used) <= living
    assert not erased & living


def test_twenty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    live_through(tmp_path, mails=100, kills=20)


@pytest.mark.torture
def test_two_hundred_kills_and_a_thousand_mails(tmp_path: Path) -> None:
    live_through(tmp_path, mails=1000, kills=200)
