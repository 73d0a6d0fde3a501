"""The jobs of the mail door: what arrived is read in its child process and taken in once; a machine's mail is known as one."""

from typing import Any

import pytest

from balie import vault
from balie.channels.mail import jobs as door
from balie.channels.mail.parsing import ReadMail, read
from balie.desk import arrivals, threading
from balie.desk.models import Arrival, Message
from balie.desk.tests.coming_in import shown, ticket
from balie.jobs import registry
from balie.post.models import Outgoing

PLAIN = b"From: Alice Example <alice@example.org>\r\nSubject: Broken\r\nMessage-ID: <m1@example.org>\r\n\r\nIt is broken.\r\n"
REPORT = b"""From: MAILER-DAEMON@relay.example.org
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org

Final-Recipient: rfc822; alice@example.org
Action: failed
Status: 5.1.1
--b
Content-Type: message/rfc822

Message-ID: <%s>
Subject: Re: Broken

--b--
""".replace(b"\n", b"\r\n")


def take(cast: Any, raw: bytes, *, sender: str = "alice@example.org", to: str = "") -> Arrival:
    (handle,) = arrivals.take_in([arrivals.Delivery(sender, (to or cast.address,), raw)], actor=cast.door)
    return Arrival.objects.get(handle=handle)


def work(arrival: Arrival) -> Message:
    registry.known("mail.read")({"arrival": arrival.handle.hex, "desk": arrival.desk})
    return Message.objects.get(arrival=arrival.handle)


@pytest.fixture(autouse=True)
def _doors() -> None:
    registry.find()


def acknowledgements() -> int:
    return Outgoing.objects.filter(kind="acknowledgement").count()


def test_what_arrived_is_read_and_stands_on_a_ticket(publications: Any) -> None:
    message = work(take(publications, PLAIN))
    assert shown(message.ticket, publications.bob) == ["It is broken."]
    opened = vault.Reading(publications.bob, "x.y").open([message.sender, message.ticket.subject])
    assert set(opened.values()) == {"alice@example.org", "Broken"}
    assert message.not_kept == ["name"]
    assert acknowledgements() == 1


def test_a_job_that_is_done_twice_does_it_once(publications: Any) -> None:
    arrival = take(publications, PLAIN)
    assert work(arrival) == work(arrival)
    assert Message.objects.count() == 1
    registry.known("mail.read")({"arrival": "0" * 32, "desk": publications.desk})


def test_what_cannot_be_read_is_kept_and_says_so(publications: Any) -> None:
    message = work(take(publications, b"\x00\xff no mail at all"))
    assert message.unreadable == "not-mail"
    assert message.text is None


def test_a_report_of_non_delivery_comes_to_the_ticket_whose_mail_it_is_about_and_is_answered_by_nobody(
    publications: Any,
) -> None:
    """It comes back to the address in whose name the mail was sent, which holds the secret word. Ids that it quotes prove nothing."""
    one = ticket(publications)
    before = acknowledgements()
    back = publications.address.replace("@", f"+{threading.secret_word(one)}@")
    message = work(
        take(publications, REPORT % f"{threading.mark(one)}.0198@publications.test".encode(), sender="", to=back)
    )
    assert message.ticket == one
    assert message.automatic
    assert acknowledgements() == before


def test_a_report_about_nothing_that_we_know_opens_a_ticket_and_is_answered_by_nobody(publications: Any) -> None:
    message = work(take(publications, REPORT % b"elsewhere@example.org", sender=""))
    assert message.automatic
    assert acknowledgements() == 0


@pytest.mark.parametrize(
    "head",
    [
        b"Auto-Submitted: auto-replied",
        b"Precedence: bulk",
        b"List-Id: <x.example.org>",
        b"X-Auto-Response-Suppress: All",
    ],
)
def test_a_machines_mail_is_never_acknowledged(publications: Any, head: bytes) -> None:
    message = work(take(publications, head + b"\r\n" + PLAIN))
    assert message.automatic
    assert acknowledgements() == 0


def test_the_envelopes_nobody_is_a_machine_whatever_the_mail_says_of_itself() -> None:
    delivery = arrivals.Delivery("", ("desk@example.org",), PLAIN)
    assert door.incoming(delivery, read(PLAIN)).automatic
    assert not door.incoming(arrivals.Delivery("alice@example.org", (), PLAIN), read(PLAIN)).automatic


def test_who_sent_it_is_the_from_line_or_else_the_envelope() -> None:
    delivery = arrivals.Delivery("envelope@example.org", ("desk@example.org",), b"")
    assert door.incoming(delivery, read(PLAIN)).sender == "alice@example.org"
    assert door.incoming(delivery, ReadMail()).sender == "envelope@example.org"


def test_quoted_ids_are_taken_once_each_in_their_order() -> None:
    mail = ReadMail(references=("a@x", "b@x"), in_reply_to="b@x", message_id="c@x")
    incoming = door.incoming(arrivals.Delivery("a@example.org", (), b""), mail)
    assert (incoming.quoted_ids, incoming.message_id) == (("a@x", "b@x"), "c@x")
