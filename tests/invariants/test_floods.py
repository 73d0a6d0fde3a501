"""Floods and echoes: one who sends thousands loses nothing, gets no thousand answers, and makes nobody else wait."""

import smtplib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.counter import ADDRESSES, deliver
from tests.installation import Installation, mail
from tests.visitor import AAPO, signed_in

pytestmark = pytest.mark.xdist_group("floods")

DESK, AT = "publications", ADDRESSES["publications"]
FLOOD = "flood@machine.test"
SOON = 20  # seconds within which a mail of somebody else is read while a flood comes in


@pytest.fixture(scope="module")
def open_house(
    settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """One installation for all of them, with its doors open."""
    house = settle(tmp_path_factory.mktemp("floods"))
    with house.serving():
        yield house


def pour(house: Installation, count: int, *, lines: int = 8) -> list[threading.Thread]:
    """One sender's mails, all different, over several connections at once; each is accepted or this fails."""

    def send(first: int) -> None:
        with smtplib.SMTP("127.0.0.1", house.smtp, timeout=60) as server:
            for number in range(first, count, lines):
                raw = mail(sender=FLOOD, to=AT, subject=f"Alarm {number}", text=f"Alarm {number}").as_bytes()
                server.sendmail(FLOOD, [AT], raw)

    threads = [threading.Thread(target=send, args=[first]) for first in range(lines)]
    for one in threads:
        one.start()
    return threads


def seconds_until_read(house: Installation, sender: str) -> float:
    """How long a mail of somebody else takes to stand on a ticket, and to be acknowledged."""
    written = mail(sender=sender, to=AT, subject="A question", text=f"{sender} asks in the middle of a flood.")
    start = time.monotonic()
    house.send(written, sender=sender, to=AT)
    house.wait(lambda: house.sink.to(sender), seconds=120)
    return time.monotonic() - start


def live_through(house: Installation, *, mails: int, others: int, patience: float) -> tuple[float, list[float]]:
    """The flood, and people who write while it comes in and while it is being read. Seconds: all accepted; each of these people."""
    before, start = house.rows("SELECT count(*) FROM desk_message")[0][0], time.monotonic()
    threads, waited = pour(house, mails), []
    for number in range(others):
        waited.append(seconds_until_read(house, f"person{number}@example.org"))
    for one in threads:
        one.join()
    accepted = time.monotonic() - start
    assert house.rows("SELECT count(*) FROM desk_arrival")[0][0] >= mails + others
    waited.append(seconds_until_read(house, "late@example.org"))
    house.wait_until_read(seconds=patience)
    house.wait_until_sent()
    assert house.rows("SELECT count(*) FROM desk_message")[0][0] - before == mails + others + 1
    assert len(house.sink.to(FLOOD)) == 5
    return accepted, waited


def test_three_hundred_at_once_lose_nothing_and_nobody_waits(open_house: Installation) -> None:
    _, waited = live_through(open_house, mails=300, others=3, patience=120)
    assert max(waited) < SOON
    open_house.balie("prove")


@pytest.mark.torture
def test_ten_thousand_in_a_minute_lose_nothing_and_nobody_waits(open_house: Installation) -> None:
    accepted, waited = live_through(open_house, mails=10_000, others=8, patience=1200)
    sys.stdout.write(
        f"10,000 accepted in {accepted:.0f} s; others had their answer after {max(waited):.1f} s at most\n"
    )
    assert accepted < 90
    assert max(waited) < SOON
    open_house.balie("prove")


def test_the_same_mail_twice_is_one(open_house: Installation) -> None:
    """Also on another connection, and also when nobody heard the first answer."""
    written = mail(sender="twice@example.org", to=AT, subject="Twice", text="I am sent twice.").as_bytes()
    deliver(open_house, DESK, written, sender="twice@example.org")
    before = open_house.rows("SELECT count(*) FROM desk_message")
    for _ in range(2):
        open_house.send(written, sender="twice@example.org", to=AT)
    open_house.wait_until_read()
    assert open_house.rows("SELECT count(*) FROM desk_message") == before
    open_house.wait_until_sent()
    assert len(open_house.sink.to("twice@example.org")) == 1


def report(to: str, original: EmailMessage, *, action: str, status: str) -> bytes:
    """A delivery report as mail servers write it (RFC 3464), with our mail in it."""
    told = (
        f"From: mailer-daemon@mx.example.net\nTo: {to}\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=edge\n\n"
        "--edge\n\nI could not deliver your mail.\n"
        "--edge\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; {original['To']}\nAction: {action}\nStatus: {status}\n\n"
        "--edge\nContent-Type: message/rfc822\n\n"
    )
    return (told.encode() + original.as_bytes() + b"\n--edge--\n").replace(b"\n", b"\r\n")


def test_an_answer_that_comes_back_brings_its_ticket_back_and_is_not_answered(open_house: Installation) -> None:
    """By SMTP, from the desk's own answer to the report of a server that does not know its recipient."""
    house, desk, asker = open_house, "citizens-advice", "gone@example.org"
    asked = mail(sender=asker, to=ADDRESSES[desk], subject="Kysymys", text="Missä on palvelupiste?")
    number = deliver(house, desk, asked, sender=asker)
    aapo, path = signed_in(house.url, AAPO), f"/{desk}/tickets/{number}"
    seen = aapo.get(path).text.partition('name="seen" value="')[2].partition('"')[0]
    assert aapo.post(f"{path}/answers", text="Kadulla.", seen=seen).status == 303
    house.wait(lambda: len(house.sink.to(asker)) == 2)
    acknowledgement, answer = house.sink.to(asker)
    back = house.sink.senders[str(answer["Message-ID"]).strip()]
    assert house.sink.senders[str(acknowledgement["Message-ID"]).strip()] in ("", "<>")

    def state() -> object:
        (found,) = house.rows(
            "SELECT t.status, m.delivery, m.delivery_code FROM desk_ticket t JOIN desk_message m ON m.ticket_id = t.handle "
            "WHERE t.desk = ? AND t.number = ? AND m.kind = 'answer'",
            desk,
            number,
        )
        return found

    forged = report(ADDRESSES[desk], answer, action="failed", status="5.1.1")
    house.send(forged, sender="", to=ADDRESSES[desk])
    house.wait_until_read()
    assert state() == ("waiting", "", "")
    house.send(report(back, answer, action="delayed", status="4.4.1"), sender="", to=back)
    house.wait_until_read()
    assert state() == ("waiting", "delayed", "4.4.1")
    house.send(report(back, answer, action="failed", status="5.1.1"), sender="", to=back)
    house.wait_until_read()
    assert state() == ("open", "failed", "5.1.1")
    house.wait_until_sent()
    assert not house.sink.to("mailer-daemon@mx.example.net")
    assert len(house.sink.to(asker)) == 2
    house.balie("prove")


def test_two_desks_of_machines_that_answer_each_other_come_to_an_end(open_house: Installation) -> None:
    """An automaton that answers everything it gets, each time as a new question that does not say that it is a machine's."""
    sender = "automaton@machine.test"
    deliver(open_house, DESK, mail(sender=sender, to=AT, subject="Hello", text="0"), sender=sender)
    for number in range(1, 15):
        before = len(open_house.sink.to(sender))
        deliver(open_house, DESK, mail(sender=sender, to=AT, subject=f"Re: {number}", text=f"{number}"), sender=sender)
        open_house.wait_until_sent()
        if len(open_house.sink.to(sender)) == before:
            break
    assert len(open_house.sink.to(sender)) == 5
