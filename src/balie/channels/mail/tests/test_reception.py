"""Reception, by real SMTP: what is accepted is kept, what is not kept is tried again, and nothing ends the one that keeps."""

import asyncio
import smtplib
import socket
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import apsw
import pytest
from django.conf import settings as configured
from django.db import connection, connections

from balie import vault
from balie.channels.mail import reception
from balie.desk import arrivals
from balie.desk.models import Arrival
from balie.register import in_use
from balie.vault.models import Record
from balie.vault.tests.real import path_of

OURS, THEIRS = "servicedesk@publications.test", "neuvonta@citizens-advice.test"
ALICE = "alice@example.org"
MAIL = b"From: alice@example.org\r\nSubject: x\r\n\r\nHello\r\n"


@contextmanager
def receiving() -> Iterator[int]:
    """The port at which mail is taken in, by the product's own server in a thread."""
    port, ready, kept = [0], threading.Event(), {}

    async def run() -> None:
        kept["loop"], kept["task"] = asyncio.get_running_loop(), asyncio.current_task()
        await reception.serve("127.0.0.1", 0, ready=lambda one: (port.__setitem__(0, one), ready.set())[0])

    def serve() -> None:
        with suppress(asyncio.CancelledError):
            asyncio.run(run())

    thread = threading.Thread(target=serve)
    thread.start()
    assert ready.wait(10)
    try:
        yield port[0]
    finally:
        kept["loop"].call_soon_threadsafe(kept["task"].cancel)
        thread.join(10)
        for one in threading.enumerate():
            if isinstance(one, reception.Keeper):
                one.join(10)


def send(port: int, raw: bytes = MAIL, *, sender: str = ALICE, to: tuple[str, ...] = (OURS,)) -> tuple[int, str]:
    """What the server says to one mail in the end."""
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as server:
        server.ehlo()
        server.docmd(f"MAIL FROM:<{sender}>")
        for one in to:
            code, said = server.docmd(f"RCPT TO:<{one}>")
            if code != 250:
                return code, said.decode()
        code, said = server.data(raw)
    return code, said.decode()


def mails() -> list[arrivals.Delivery]:
    return [one for arrival in Arrival.objects.order_by("at", "handle") for one in arrivals.opened([arrival])]


def impatient(monkeypatch: pytest.MonkeyPatch, *, first: str = "") -> None:
    """Connections from now on wait for a lock only for a moment; first: what else each is told at its beginning."""
    options = connections.settings["default"]["OPTIONS"]
    monkeypatch.setitem(options, "timeout", 0.1)
    if first:
        monkeypatch.setitem(options, "init_command", f"{options['init_command']}; {first}")


def test_whoever_is_told_250_may_forget_the_mail_since_it_is_on_disk(real: Any) -> None:
    with receiving() as port:
        assert send(port) == (250, "2.0.0 Accepted and kept")
        other = sqlite3.connect(f"file:{path_of('default')}?mode=ro", uri=True)  # as another process sees it
        assert other.execute("SELECT count(*) FROM desk_arrival").fetchone() == (1,)
        assert other.execute("SELECT count(*) FROM vault_record WHERE item = 'raw-message'").fetchone() == (1,)
        assert other.execute("SELECT count(*) FROM jobs_job WHERE name = 'mail.read'").fetchone() == (1,)
        other.close()
    assert mails() == [arrivals.Delivery(ALICE, (OURS,), MAIL)]


def test_bytes_arrive_as_they_were_sent(real: Any) -> None:
    raw = (
        b"From: x\r\n\r\n.\r\n..leading dots\r\n"
        + bytes(range(1, 10))
        + bytes(range(11, 13))
        + bytes(range(14, 256))
        + b"\r\n\0\r\n"
    )
    with receiving() as port:
        assert send(port, raw)[0] == 250
    assert [one.raw for one in mails()] == [raw]


def test_a_line_far_longer_than_the_standard_has_it_is_taken_and_an_endless_one_is_not(real: Any) -> None:
    lawful = b"Subject: x\r\n\r\n" + b"a" * 500_000 + b"\r\nend\r\n"
    with receiving() as port:
        assert send(port, lawful)[0] == 250
        assert send(port, b"Subject: x\r\n\r\n" + b"a" * (reception.LONGEST_LINE + 10) + b"\r\n")[0] == 500
        assert send(port)[0] == 250
    assert [one.raw for one in mails()] == [lawful, MAIL]


@pytest.mark.parametrize("to", [OURS.upper(), OURS.replace("@", "+1001.k3j2aaaaaaaaaaaa@"), OURS.replace("@", "+a+b@")])
def test_a_desks_address_is_known_in_any_capitals_and_with_a_word_behind_a_plus(real: Any, to: str) -> None:
    with receiving() as port:
        assert send(port, to=(to,))[0] == 250
    assert [one.recipients for one in mails()] == [(to,)]


@pytest.mark.parametrize(
    "to",
    [
        "nobody@publications.test",
        "servicedesk@example.org",
        "servicedesk",
        "+x@publications.test",
        "@publications.test",
    ],
)
def test_an_unknown_address_is_told_so_at_once_for_good(real: Any, to: str) -> None:
    with receiving() as port:
        code, said = send(port, to=(to,))
    assert code in (550, 553, 501)
    assert code != 550 or said == "5.1.1 There is no such address here"
    assert mails() == []


def test_mail_from_nobody_is_taken_as_well(real: Any) -> None:
    with receiving() as port:
        assert send(port, sender="")[0] == 250
    assert [one.sender for one in mails()] == [""]


def test_one_mail_to_two_desks_comes_to_each_with_its_own_address_only(real: Any) -> None:
    with receiving() as port:
        assert send(port, to=(OURS, THEIRS))[0] == 250
    assert {(row.desk, arrivals.opened([row])[0].recipients) for row in Arrival.objects.all()} == {
        ("publications", (OURS,)),
        ("citizens-advice", (THEIRS,)),
    }


def test_a_sender_that_sends_again_is_told_yes_again_and_it_is_kept_once(real: Any) -> None:
    with receiving() as port:
        assert [send(port)[0] for _ in range(3)] == [250, 250, 250]
    assert len(mails()) == 1


def test_many_mails_in_one_dialogue_and_many_dialogues_at_once_lose_nothing(real: Any) -> None:
    said: list[int] = []

    def deliver(port: int, who: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
            for n in range(12):
                server.sendmail(f"{who}@example.org", [OURS], f"Subject: {who} {n}\r\n\r\nx\r\n".encode())
                said.append(n)

    with receiving() as port:
        threads = [threading.Thread(target=deliver, args=(port, who)) for who in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert len(said) == 96
    assert len({one.raw for one in mails()}) == 96
    assert Record.objects.filter(item="raw-message").count() == 96


def test_commands_that_come_all_at_once_are_answered_in_order(real: Any) -> None:
    batch = f"EHLO x\r\nMAIL FROM:<{ALICE}>\r\nRCPT TO:<{OURS}>\r\nDATA\r\n".encode()
    body = b"Subject: x\r\n\r\nx\r\n.\r\nNOOP\r\nQUIT\r\n"
    with receiving() as port, socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(batch + body)
        answers = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
    last = [line[:3] for line in answers.splitlines() if line[3:4] == " "]
    assert last == ["220", "250", "250", "250", "354", "250", "250", "221"]
    assert len(mails()) == 1


def test_while_the_database_is_locked_the_sender_is_asked_to_come_back_and_then_it_is_kept(
    real: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    with receiving() as port:
        other = sqlite3.connect(path_of("default"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert send(port) == (451, "4.3.0 Cannot keep it right now, please try again")
        other.execute("ROLLBACK")
        other.close()
        assert mails() == []
        assert send(port)[0] == 250
    assert len(mails()) == 1


def test_while_the_disk_is_full_the_sender_is_asked_to_come_back(real: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    large = MAIL + b"x" * 60 + b"\r\n" + (b"y" * 70 + b"\r\n") * 1000
    with monkeypatch.context() as full:
        impatient(full, first=f"PRAGMA max_page_count={pages}")
        with receiving() as port:
            assert send(port, large)[0] == 451
            assert send(port, large)[0] == 451
    assert mails() == []
    with receiving() as port:
        assert send(port, large)[0] == 250
    assert len(mails()) == 1


def test_without_the_master_key_nothing_is_accepted_and_nothing_is_bounced(
    real: Any, settings: Any, tmp_path: Any
) -> None:
    key = settings.BALIE_MASTER_KEY
    with receiving() as port:
        settings.BALIE_MASTER_KEY, settings.BALIE_MASTER_KEY_FILE = "", tmp_path / "no-such-file"
        vault.forget()
        assert send(port)[0] == 451
        settings.BALIE_MASTER_KEY = key
        vault.forget()
        assert send(port)[0] == 250
    assert len(mails()) == 1


def test_while_the_addresses_cannot_be_looked_up_nobody_is_told_that_there_is_no_such_address(real: Any) -> None:
    with receiving() as port:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE register_adopted RENAME TO elsewhere")
        try:
            in_use.forget_all()
            assert send(port)[0] == 451
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE elsewhere RENAME TO register_adopted")
        assert send(port)[0] == 250
    assert len(mails()) == 1


def test_a_locked_index_keeps_no_mail_from_being_accepted(real: Any) -> None:
    vault.search(real.bob, "the index is there now")
    other = apsw.Connection(str(configured.BALIE_INDEX))
    other.execute("BEGIN IMMEDIATE")
    with receiving() as port:
        assert send(port)[0] == 250
    other.execute("ROLLBACK")
    other.close()


def test_a_sender_that_hangs_up_before_the_answer_stops_nobody_else(real: Any) -> None:
    with receiving() as port:
        for _ in range(10):
            with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
                wire.sendall(f"HELO x\r\nMAIL FROM:<{ALICE}>\r\nRCPT TO:<{OURS}>\r\nDATA\r\n".encode())
                while b"354" not in wire.recv(4096):
                    pass
                wire.sendall(b"Subject: hung up\r\n\r\nx\r\n.\r\n")
        assert send(port)[0] == 250
        assert any(isinstance(one, reception.Keeper) for one in threading.enumerate())
    assert MAIL in {one.raw for one in mails()}


def keep(*deliveries: arrivals.Delivery, desk: str = "publications") -> list[str]:
    """The answers to mails that come together: all wait when the keeper begins, so they share one commit."""
    keeper = reception.Keeper()
    answers = [keeper.keep(desk, one) for one in deliveries]
    keeper.stop()
    keeper.start()
    said = [answer.result(timeout=20) for answer in answers]
    keeper.join(10)
    assert not keeper.is_alive()
    return said


def delivery(raw: bytes) -> arrivals.Delivery:
    return arrivals.Delivery(ALICE, (OURS,), raw)


def test_one_mail_that_cannot_be_kept_does_not_take_the_others_with_it(real: Any) -> None:
    sealed = len(b"alice@example.org\nservicedesk@publications.test\0\n") + 77
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TRIGGER poison BEFORE INSERT ON vault_record WHEN NEW.size = {sealed} BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    try:
        said = keep(delivery(b"a" * 10), delivery(b"b" * 77), delivery(b"c" * 10))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER poison")
    assert said == [reception.ACCEPTED, reception.LATER, reception.ACCEPTED]
    assert {one.raw[:1] for one in mails()} == {b"a", b"c"}


def test_mails_that_wait_together_share_a_commit(real: Any) -> None:
    said = keep(*(delivery(f"{n}".encode()) for n in range(reception.TOGETHER + 6)))
    assert set(said) == {reception.ACCEPTED}
    assert len(mails()) == reception.TOGETHER + 6


def test_a_desk_that_is_not_there_keeps_nothing_and_the_keeper_lives(real: Any) -> None:
    assert keep(delivery(b"x"), desk="no-such-desk") == [reception.LATER]
    assert mails() == []


def test_what_went_wrong_is_told_to_no_sender_in_detail(real: Any) -> None:
    dialogue = reception.Dialogue(reception.Keeper())
    with ThreadPoolExecutor(1) as apart:  # a browser test leaves a loop running in this thread
        said = apart.submit(
            lambda: asyncio.run(dialogue.handle_exception(ValueError("alice@example.org has a secret")))
        )
    assert said.result() == reception.LATER


def test_a_mail_that_goes_round_in_circles_ends_here(real: Any) -> None:
    """The server that brings it is told so, and tells the sender (RFC 5321 6.3)."""
    passed = b"Received: from a.example.org by b.example.org\r\n"
    with receiving() as port:
        assert send(port, passed * 101 + MAIL) == (554, "5.4.6 This mail goes round in circles")
        assert send(port, passed * 100 + MAIL)[0] == 250
    assert len(mails()) == 1
