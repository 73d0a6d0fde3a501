"""Invariant 9, whole, for mail that is fetched: real mail servers, and the one that fetches killed again and again."""

import os
import random
import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.installation import Installation, mail
from tests.system_mail import NOBODY, PASSWORD, Dovecot, Postfix, a_folder, dovecot_missing, postfix_missing

needs_dovecot = pytest.mark.skipif(bool(dovecot_missing()), reason=dovecot_missing() or "Dovecot is there")
needs_postfix = pytest.mark.skipif(bool(postfix_missing()), reason=postfix_missing() or "Postfix is there")
OURS, THEIRS = "servicedesk@publications.test", "neuvonta@citizens-advice.test"
MAILBOX = """
{desk}-inbox:
  desk: {desk}
  at: imaps://{user}@localhost:{port}/INBOX
  password-file: {folder}/imap.password
  certificates: {authority}
  recipient-from: Delivered-To
  after: {after}
"""
HANGS = """
hangs:
  desk: {desk}
  at: imap://nobody@127.0.0.1:{port}
  password-file: {folder}/imap.password
  after: delete
"""


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with a_folder() as folder, Dovecot(folder).serving() as server:
        yield server


@pytest.fixture
def silence() -> Iterator[int]:
    """The port of a server that takes every connection and says nothing: another mailbox is there, so that all must be well
    although one hangs."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as door:
        yield int(door.getsockname()[1])


def house_at(folder: Path, dovecot: Dovecot, silence: int, *, desk: str, user: str, after: str) -> Installation:
    """The demonstration, with a mailbox at Dovecot for one of its desks, and another whose server hangs."""
    house = Installation(folder)
    house.balie("init", "--demo")
    (folder / "imap.password").write_text(PASSWORD, "utf-8")
    (folder / "imap.password").chmod(0o600)
    told = MAILBOX.format(
        desk=desk, user=user, port=dovecot.tls, folder=folder, authority=dovecot.authority, after=after
    )
    (folder / "mailboxes.yaml").write_text(told + HANGS.format(desk=desk, port=silence, folder=folder))
    house.env["BALIE_MAILBOXES"] = str(folder / "mailboxes.yaml")
    return house


def count(house: Installation) -> int:
    return int(house.rows("SELECT count(*) FROM desk_message WHERE arrival IS NOT NULL")[0][0])


def ticket_of_last(house: Installation) -> tuple[str, int]:
    query = """SELECT t.desk, t.number FROM desk_message m JOIN desk_ticket t ON t.handle = m.ticket_id
               WHERE m.arrival IS NOT NULL ORDER BY m.rowid DESC LIMIT 1"""
    desk, number = house.rows(query)[0]
    return str(desk), int(number)


def until(house: Installation, messages: int) -> None:
    house.wait(lambda: count(house) >= messages, seconds=90)


@needs_dovecot
@needs_postfix
def test_a_mail_server_delivers_to_our_door_and_to_a_mailbox_and_each_mail_finds_its_desk_and_its_ticket(
    tmp_path: Path, dovecot: Dovecot, silence: int
) -> None:
    house = house_at(tmp_path, dovecot, silence, desk="citizens-advice", user="neuvonta", after="delete")
    routes = {OURS: f"smtp:[127.0.0.1]:{house.smtp}", THEIRS: "virtual:"}
    server = Postfix(dovecot.folder, mail=dovecot.mail, routes=routes)
    with server.serving(), house.serving():
        before = count(house)
        for address, sender in ((OURS, "one@example.org"), (THEIRS, "two@example.org")):
            raw = mail(sender=sender, to=address, subject="A question", text="Vermiljoenvlag").as_bytes()
            server.send(raw, sender=sender, to=address)
            before += 1
            until(house, before)
            house.wait(lambda sender=sender: house.sink.to(sender))  # type: ignore[misc]
        desk, number = ticket_of_last(house)
        assert desk == "citizens-advice"

        word = re.search(
            r"neuvonta\+[^@>]+@citizens-advice\.test", str(house.sink.to("two@example.org")[0]["Reply-To"])
        )
        assert word
        raw = mail(sender="other@example.org", to="someone@example.org", subject="No number", text="More.").as_bytes()
        server.send(raw, sender="other@example.org", to=word[0])
        until(house, before + 1)
        assert ticket_of_last(house) == ("citizens-advice", number)
        house.wait(lambda: dovecot.contents("neuvonta") == [])
        box, hangs = house.json("mail", "boxes")
        assert (box["name"], box["taken"], box["error"], box["left"]) == ("citizens-advice-inbox", 2, "", [])
        assert (hangs["name"], hangs["taken"], hangs["succeeded_at"]) == ("hangs", 0, None)
        assert not [path for path in house.data.rglob("*") if path.is_file() and b"ermiljoenvlag" in path.read_bytes()]


@contextmanager
def fetching(house: Installation) -> Iterator[None]:
    with house.serving():
        house.wait(lambda: "fetching" in house.children())
        yield


def kill_while_mail_comes(
    house: Installation, dovecot: Dovecot, user: str, *, mails: int, kills: int, seed: int
) -> None:
    """Mails come, a few at a time, and the one that fetches is killed at random; now and then the reader, too."""
    chance, done, sent = random.Random(seed), 0, 0
    while done < kills or sent < mails:
        some = min(chance.randint(1, 12), mails - sent)
        put(dovecot, user, sent, some)
        sent += some
        time.sleep(chance.uniform(0.1, 1.5))  # it needs most of a second to start
        running = house.children()
        with suppress(KeyError, ProcessLookupError):
            os.kill(running["fetching" if chance.random() < 0.8 else "worker"], signal.SIGKILL)
            done += 1


def put(dovecot: Dovecot, user: str, first: int, some: int) -> None:
    folder = dovecot.mail / user
    for number in range(first, first + some):
        raw = mail(
            sender=f"sender{number}@example.org", to=OURS, subject=f"Number {number}", text=f"This is mail {number}."
        )
        path = folder / "tmp" / f"{number}.test"
        path.write_bytes(raw.as_bytes())
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        path.rename(folder / "new" / path.name)


def live_through(folder: Path, dovecot: Dovecot, silence: int, *, after: str, mails: int, kills: int) -> None:
    house = house_at(folder, dovecot, silence, desk="publications", user="desk", after=after)
    before = len(house.rows("SELECT 1 FROM desk_message"))
    dovecot.contents("desk")  # the account comes into being
    with fetching(house):
        kill_while_mail_comes(house, dovecot, "desk", mails=mails, kills=kills, seed=mails)
        house.wait(lambda: _settled(house, mails), seconds=240)
        house.wait_until_read(seconds=240)
        house.wait(lambda: not house.rows("SELECT 1 FROM jobs_job"), seconds=60)
    assert len(house.rows("SELECT 1 FROM desk_message")) - before == mails
    assert len(house.rows("SELECT DISTINCT sender FROM desk_message")) == len(house.rows("SELECT 1 FROM desk_message"))
    held = dovecot.contents("desk")
    if after == "seen":
        assert (len(held), {tuple(flags) for _, flags in held}) == (mails, {(b"\\Seen",)})
    else:
        assert held == []
    if after.startswith("move"):
        # A copy that a kill cut off before its original went is made again: nothing is lost by it, and the desk has it once.
        assert len({raw for raw, _ in dovecot.contents("desk", "Done")}) == mails
    house.balie("prove")


def _settled(house: Installation, mails: int) -> bool:
    (taken,) = house.rows("SELECT taken FROM mailboxes_mailbox WHERE name <> 'hangs'")
    return taken == (mails,) and not house.rows("SELECT 1 FROM mailboxes_fetchedmail WHERE state <> 'settled'")


@needs_dovecot
def test_twelve_kills_lose_and_double_nothing(tmp_path: Path, dovecot: Dovecot, silence: int) -> None:
    live_through(tmp_path, dovecot, silence, after="move Done", mails=60, kills=12)


@needs_dovecot
@pytest.mark.torture
@pytest.mark.parametrize("after", ["delete", "seen", "move Done"])
def test_a_hundred_kills_and_six_hundred_mails(tmp_path: Path, dovecot: Dovecot, silence: int, after: str) -> None:
    live_through(tmp_path, dovecot, silence, after=after, mails=600, kills=100)


@needs_dovecot
def test_a_fault_in_the_file_of_mailboxes_is_said_and_nothing_starts(
    tmp_path: Path, dovecot: Dovecot, silence: int
) -> None:
    house = house_at(tmp_path, dovecot, silence, desk="publications", user="desk", after="burn")
    done = house.balie("serve", "--http", f"127.0.0.1:{house.http}", "--smtp", f"127.0.0.1:{house.smtp}", status=1)
    assert done.stderr.strip() == (
        "Mailbox «publications-inbox»: say what becomes of a mail that was taken: "
        "after: delete, after: move FOLDER, or after: seen."
    )
