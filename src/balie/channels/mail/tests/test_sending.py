"""Sending, to a real mail server: what goes is proven first, what fails comes back, and one bad row holds up nobody."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, connection
from django.utils import timezone

from balie import post, vault
from balie.channels.mail import sending
from balie.desk import conversation, deliveries, intake
from balie.desk import threading as tickets
from balie.desk.models import Message
from balie.desk.tests.coming_in import ALICE, mail, ticket
from balie.evidence.models import Entry
from balie.post.models import Outgoing
from balie.post.relay import Relay as Place
from balie.post.relay import Tls


class Relay:
    """A mail server that says what it is told to say, and keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], EmailMessage]] = []
        self.says: dict[str, str] = {}
        self.port = 0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd names the hooks
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.says.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names the hooks
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.says.get(address, self.says.get("RCPT", "250 OK"))
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(  # noqa: N802 - aiosmtpd names the hooks
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        said = self.says.get("DATA", "250 OK")
        if said.startswith("2"):
            read = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            assert isinstance(read, EmailMessage)
            self.taken.append((envelope.mail_from or "", list(envelope.rcpt_tos), read))
        return said


@pytest.fixture
def relay(settings: Any) -> Iterator[Relay]:
    one, ready, held = Relay(), threading.Event(), {}

    async def serve() -> None:
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        held.update(loop=loop, done=done)
        server = await loop.create_server(lambda: SMTP(one, hostname="relay", loop=loop), "127.0.0.1", 0)
        one.port = server.sockets[0].getsockname()[1]
        ready.set()
        await done.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    settings.BALIE_RELAY = Place("127.0.0.1", one.port, Tls.NONE)
    yield one
    held["loop"].call_soon_threadsafe(held["done"].set)
    thread.join(10)


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    """What a server of an earlier test did is forgotten."""
    sending.rest.over()
    yield
    sending.rest.over()


def text_of(made: EmailMessage) -> str:
    body = made.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).strip()


def rows() -> list[tuple[str, str]]:
    return list(Outgoing.objects.order_by("created_at", "handle").values_list("state", "last_error"))


def answer(cast: Any, text: str = "Try again.", **more: Any) -> Message:
    """One answer that waits; the acknowledgement before it has gone."""
    one = ticket(cast, **more)
    Outgoing.objects.all().delete()
    return conversation.answer(one, text=text, actor=cast.bob)


def test_what_waits_goes_to_who_asked_once(advice: Any, relay: Relay) -> None:
    message = answer(advice)
    assert sending.send_waiting() == 1
    assert sending.send_waiting() == 0
    ((sender, recipients, made),) = relay.taken
    assert (sender, recipients) == (deliveries.return_path(message, advice.address), [ALICE])
    assert text_of(made) == "Try again."
    assert tickets.mark(message.ticket) in made["Message-ID"]
    assert made["Reply-To"].addresses[0].addr_spec.startswith(f"neuvonta+{message.ticket.number}.")
    assert made["References"]
    assert made["In-Reply-To"]
    assert rows() == [("sent", "")]
    assert Entry.objects.filter(act="post.sent").count() == 1


def test_an_acknowledgement_is_marked_so_that_no_machine_answers_it(advice: Any, relay: Relay) -> None:
    ticket(advice)
    sending.send_waiting()
    ((sender, _, made),) = relay.taken
    assert sender == "<>"
    assert made["Auto-Submitted"] == "auto-replied"
    assert made["X-Auto-Response-Suppress"] == "All"


def test_what_a_mail_programme_answers_comes_back_to_its_ticket(advice: Any, relay: Relay) -> None:
    message = answer(advice)
    sending.send_waiting()
    ((_, _, made),) = relay.taken
    back = mail(
        advice,
        "Thank you",
        sender="another@example.net",
        recipients=(made["Reply-To"].addresses[0].addr_spec,),
        quoted_ids=(str(made["Message-ID"]).strip("<>"),),
        subject=f"Re: {made['Subject']}",
    )
    assert back.ticket == message.ticket


def test_what_is_sent_is_in_the_evidence_before_it_leaves_and_if_that_fails_nothing_leaves(
    advice: Any, relay: Relay
) -> None:
    answer(advice)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON evidence_entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        with pytest.raises(DatabaseError):
            sending.send_waiting()
        cursor.execute("DROP TRIGGER full")
    assert relay.taken == []
    assert rows() == [("sending", "")]
    sending.send_waiting(timezone.now() + timedelta(minutes=16))  # the claim is over
    assert len(relay.taken) == 1
    assert Entry.objects.filter(act="mail.composed", kind="look").count() == 1


@pytest.mark.parametrize("place", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("said", ["450 4.2.1 try later", "451 4.3.0 full", "421 4.3.2 going down"])
def test_a_relay_that_cannot_now_is_tried_again_after_a_pause(advice: Any, relay: Relay, place: str, said: str) -> None:
    answer(advice)
    relay.says[place] = said
    now = timezone.now()
    assert sending.send_waiting(now) == 0
    ((state, error),) = rows()
    assert (state, error) == ("to_send", said.split()[1])
    relay.says.clear()
    assert sending.send_waiting(now + timedelta(seconds=30)) == 0
    assert sending.send_waiting(now + timedelta(seconds=61)) == 1
    assert len(relay.taken) == 1


@pytest.mark.parametrize("place", ["MAIL", "RCPT", "DATA"])
def test_a_relay_that_says_no_for_good_is_believed(advice: Any, relay: Relay, place: str) -> None:
    answer(advice)
    relay.says[place] = "550 5.7.1 alice@example.org is not welcome"
    sending.send_waiting()
    assert rows() == [("failed", "5.7.1")]
    assert Entry.objects.get(act="post.failed").facts["error"] == "5.7.1"
    relay.says.clear()
    sending.send_waiting(timezone.now() + timedelta(days=1))
    assert relay.taken == []


def test_a_relay_that_is_away_is_waited_for(advice: Any, settings: Any) -> None:
    answer(advice)
    settings.BALIE_RELAY = Place("127.0.0.1", 1)
    now = timezone.now()
    assert sending.send_waiting(now) == 0
    assert rows() == [("to_send", "no-connection")]


def test_after_five_days_it_is_given_up(advice: Any, relay: Relay) -> None:
    answer(advice)
    relay.says["RCPT"] = "450 later"
    sending.send_waiting(timezone.now() + timedelta(days=5, minutes=1))
    assert rows() == [("failed", "450")]


def test_without_a_relay_everything_waits(advice: Any, settings: Any) -> None:
    settings.BALIE_RELAY = None
    answer(advice)
    assert sending.send_waiting() == 0
    assert rows() == [("to_send", "")]
    assert not Entry.objects.filter(act="mail.composed").exists()


def poison(cast: Any, *, sender: str) -> None:
    """A mail whose sender cannot be written to; its acknowledgement waits first in the row."""
    mail(cast, sender=sender)


@pytest.mark.parametrize(
    "sender",
    ["a b@example.org", "alice@", "@example.org", "a@b@c", "älice@example.org", "no address", "\udcff@x.org"],
)
def test_an_address_that_cannot_be_written_to_is_given_up_and_holds_up_nobody(
    advice: Any, relay: Relay, sender: str
) -> None:
    poison(advice, sender=sender)
    ticket(advice)
    sending.send_waiting()
    assert [recipients for _, recipients, _ in relay.taken] == [[ALICE]]
    assert sorted(state for state, _ in rows()) == ["failed", "sent"]


def test_a_recipient_who_is_refused_holds_up_nobody_else(advice: Any, relay: Relay) -> None:
    relay.says["refused@example.org"] = "550 no"
    relay.says["later@example.org"] = "450 later"
    for sender in ("refused@example.org", "later@example.org", ALICE):
        ticket(advice, sender=sender)
    sending.send_waiting()
    assert [recipients for _, recipients, _ in relay.taken] == [[ALICE]]


def test_a_row_whose_text_is_gone_is_given_up_without_a_mail(advice: Any, relay: Relay) -> None:
    message = answer(advice)
    vault.erase([message.text], actor=advice.bob, why="asked")
    sending.send_waiting()
    assert relay.taken == []
    assert rows() == [("failed", "nothing-to-send")]


def test_a_kind_that_no_door_knows_is_given_up(advice: Any, relay: Relay) -> None:
    post.add(advice.desk, kind="carrier-pigeon", refs={})
    ticket(advice)
    sending.send_waiting()
    assert len(relay.taken) == 1
    assert rows()[0] == ("failed", "KeyError")


def test_what_a_crash_left_half_sent_goes_again_under_the_same_id(advice: Any, relay: Relay) -> None:
    answer(advice)
    sending.send_waiting()
    Outgoing.objects.update(state="sending", claimed_at=timezone.now(), claimed_by="", sent_at=None)
    assert sending.send_waiting() == 0  # whoever claimed it may be at it
    sending.send_waiting(timezone.now() + timedelta(minutes=16))
    first, second = (made for _, _, made in relay.taken)
    assert first["Message-ID"] == second["Message-ID"]


def test_each_desk_sends_as_itself(publications: Any, advice: Any, relay: Relay) -> None:
    for cast in (publications, advice):
        ticket(cast)
    sending.send_waiting()
    assert [made["From"].addresses[0].addr_spec for _, _, made in relay.taken] == [publications.address, advice.address]


def test_the_workers_job_sends_what_waits(advice: Any, relay: Relay) -> None:
    from balie.jobs import registry

    registry.find()
    do: Callable[[dict[str, str]], None] = registry.known("mail.send")
    answer(advice)
    do({})
    assert len(relay.taken) == 1


def test_nothing_that_was_said_stands_in_the_outbox(advice: Any, relay: Relay) -> None:
    answer(advice, "The word is aubergine", files=(intake.File("x.pdf", b"x"),))
    relay.says["RCPT"] = "550 aubergine is refused for alice@example.org"
    sending.send_waiting()
    with connection.cursor() as cursor:
        kept = str(cursor.execute("SELECT * FROM post_outgoing").fetchall())
    for word in ("aubergine", "alice", "Locked", "x.pdf"):
        assert word not in kept
