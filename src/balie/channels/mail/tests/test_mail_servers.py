"""Mail servers on bad days, on real sockets: what waits, what goes once, and what can never be known (docs/reliability.md)."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.utils import timezone
from tests.mail_server import CLOSE, DATA, DOT, EHLO, GREETING, HANG, MAIL, RCPT, Server, certificate

from balie.channels.mail import sending
from balie.channels.relay import connection as line
from balie.desk import conversation
from balie.desk.models import Message
from balie.desk.tests.coming_in import ALICE, fresh, ticket
from balie.post.models import Outgoing
from balie.post.relay import Relay, Tls


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with Server() as one:
        settings.BALIE_RELAY = Relay("127.0.0.1", one.port, Tls.NONE)
        yield one


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    sending.rest.over()
    sending._taken.clear()
    yield
    sending.rest.over()
    sending._taken.clear()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As patient as a test can be."""
    for name in ("REPLY", "LAST_REPLY"):
        monkeypatch.setattr(line, name, 0.3)


def answer(cast: Any, text: str = "Try again.", sender: str = ALICE) -> Message:
    """One answer that waits; the acknowledgement before it has gone."""
    one = ticket(cast, sender=sender)
    Outgoing.objects.filter(kind="acknowledgement").delete()
    return conversation.answer(one, text=text, actor=cast.bob)


def states() -> list[tuple[str, str, int]]:
    return list(Outgoing.objects.order_by("created_at", "handle").values_list("state", "last_error", "attempts"))


def minutes_until_sent(now: datetime, most: int = 600) -> int:
    """After how many minutes everything has gone, when the worker looks once a minute."""
    for minute in range(most):
        sending.send_waiting(now + timedelta(minutes=minute, seconds=1))
        if not Outgoing.objects.exclude(state="sent").exists():
            return minute
    raise AssertionError(states())


class Greylist:
    """Puts everybody off until so many minutes have passed since it first saw them."""

    def __init__(self, server: Server, now: Callable[[], datetime], minutes: int) -> None:
        self.first: datetime | None = None
        server.says[RCPT] = self  # type: ignore[assignment]
        self.now, self.wait = now, timedelta(minutes=minutes)

    def __bool__(self) -> bool:
        return True

    def pop(self, _: int) -> object:
        self.first = self.first or self.now()
        return None if self.now() - self.first >= self.wait else "450 4.2.0 Greylisted, come back later"


@pytest.mark.parametrize(("wait", "most"), [(1, 1), (5, 7), (15, 15), (60, 63)])
def test_a_server_that_greylists_has_it_within_minutes_of_its_own_wait(
    advice: Any, server: Server, wait: int, most: int
) -> None:
    answer(advice)
    start, clock = timezone.now(), [timezone.now()]
    Greylist(server, lambda: clock[0], wait)
    for minute in range(most + 1):
        clock[0] = start + timedelta(minutes=minute, seconds=minute + 1)
        sending.send_waiting(clock[0])
    assert [state for state, _, _ in states()] == ["sent"]
    assert len(server.mails) == 1


def test_one_who_is_put_off_holds_up_nobody_and_all_go_over_one_connection(advice: Any, server: Server) -> None:
    senders = [f"person{number}@example.org" for number in range(8)]
    server.says[senders[2]] = ["450 4.2.0 later"]
    server.says[senders[5]] = ["550 5.1.1 nobody"]
    for sender in senders:
        answer(advice, sender=sender)
    assert sending.send_waiting() == 6
    assert server.dialogues == 1
    assert [to for _, (to,), _ in server.mails] == [one for one in senders if one not in (senders[2], senders[5])]
    assert [error for _, error, _ in states() if error] == ["4.2.0", "5.1.1"]


@pytest.mark.parametrize("point", [GREETING, EHLO, MAIL, RCPT, DATA])
def test_a_server_that_hangs_is_left_and_tried_again_and_nothing_goes_twice(
    advice: Any, server: Server, impatient: None, point: str
) -> None:
    answer(advice)
    answer(advice, "Another", sender="carol@example.org")
    server.says[point] = [HANG]
    now = timezone.now()
    assert sending.send_waiting(now) == 0
    assert states() == [("to_send", "no-answer", 1), ("to_send", "", 0)]
    assert sending.send_waiting(now + timedelta(seconds=1)) == 0  # the server rests, all others with it
    assert server.dialogues == 1
    assert minutes_until_sent(now) <= 2
    assert sorted(to for _, (to,), _ in server.mails) == [ALICE, "carol@example.org"]


def test_a_server_that_gives_a_byte_now_and_then_is_left_after_a_while(
    advice: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "WHOLE", 0.3)
    answer(advice)
    server.says[MAIL] = [HANG]
    assert sending.send_waiting() == 0
    assert states() == [("to_send", "no-answer", 1)]


@pytest.mark.parametrize("point", [GREETING, EHLO, MAIL, RCPT, DATA, DOT])
def test_a_server_that_hangs_up_midway_gets_it_again(advice: Any, server: Server, point: str) -> None:
    answer(advice)
    server.says[point] = [CLOSE]
    now = timezone.now()
    assert sending.send_waiting(now) == 0
    assert states() == [("to_send", "dropped", 1)]
    assert minutes_until_sent(now) <= 2
    assert len(server.mails) == 1


@pytest.mark.parametrize("end", [CLOSE, HANG])
def test_a_server_that_took_it_and_hangs_up_before_it_says_so_may_get_it_twice_under_one_id(
    advice: Any, server: Server, impatient: None, end: str
) -> None:
    """Nobody can know; losing it would be worse. Whoever gets both can tell by the id that they are one."""
    answer(advice)
    server.says[DOT] = [("keep", end)]
    assert minutes_until_sent(timezone.now()) <= 2
    first, second = (message_from_bytes(raw) for _, _, raw in server.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert [state for state, _, _ in states()] == ["sent"]


def test_we_wait_ten_minutes_for_the_last_word_since_who_gives_up_earlier_sends_twice() -> None:
    assert line.LAST_REPLY >= 600


def test_what_a_server_makes_of_our_leave_changes_nothing(advice: Any, server: Server) -> None:
    answer(advice)
    server.says["QUIT"] = ["421 4.0.0 too late"]
    assert sending.send_waiting() == 1
    assert [state for state, _, _ in states()] == ["sent"]


def test_a_connection_that_was_ended_between_two_mails_is_made_anew(advice: Any, server: Server) -> None:
    answer(advice)
    answer(advice, "Another", sender="carol@example.org")
    server.says[MAIL] = [None, "421 4.7.0 enough for one connection"]
    assert sending.send_waiting() == 2
    assert (server.dialogues, len(server.mails)) == (2, 2)
    assert [attempts for _, _, attempts in states()] == [1, 1]


def test_what_was_taken_and_could_not_be_kept_so_is_not_sent_again(advice: Any, server: Server) -> None:
    answer(advice)
    with connection.cursor() as cursor:
        full = "CREATE TEMP TRIGGER full BEFORE UPDATE ON post_outgoing WHEN NEW.state = 'sent' BEGIN SELECT RAISE(ABORT, 'full'); END"
        cursor.execute(full)
        with pytest.raises((OperationalError, Exception), match="full"):
            sending.send_waiting()
        cursor.execute("DROP TRIGGER full")
    assert len(server.mails) == 1
    sending.send_waiting(timezone.now() + timedelta(minutes=16))  # the claim is over
    assert [state for state, _, _ in states()] == ["sent"]
    assert len(server.mails) == 1


def test_a_server_that_does_not_let_us_in_is_no_fault_of_the_mail(advice: Any, settings: Any) -> None:
    """A wrong password must not turn what waits into what has failed."""
    message = answer(advice)
    with Server(user="desk", password="right") as closed:
        settings.BALIE_RELAY = Relay("127.0.0.1", closed.port, Tls.NONE, "desk")
        settings.BALIE_RELAY_PASSWORD = "wrong"
        sending.send_waiting()
        assert states() == [("to_send", "sign-in", 1)]
        settings.BALIE_RELAY_PASSWORD = "right"
        assert minutes_until_sent(timezone.now()) <= 2
        assert closed.signed_in == 1
    assert Message.objects.get(pk=message.pk).delivery == ""


def test_a_server_that_asks_for_a_password_that_nobody_gave_it_is_waited_for(advice: Any, settings: Any) -> None:
    answer(advice)
    with Server(user="desk", password="x") as closed:
        settings.BALIE_RELAY = Relay("127.0.0.1", closed.port, Tls.NONE)
        sending.send_waiting()
    assert states() == [("to_send", "sign-in", 1)]


@pytest.mark.parametrize("implicit", [False, True])
def test_a_way_that_is_protected_is_used(advice: Any, settings: Any, tmp_path: Path, implicit: bool) -> None:
    answer(advice)
    pem = certificate(tmp_path)
    with Server(certificate=pem, implicit=implicit, user="desk", password="secret") as safe:
        settings.BALIE_RELAY = Relay("localhost", safe.port, Tls.IMPLICIT if implicit else Tls.REQUIRED, "desk")
        settings.BALIE_RELAY_CERTIFICATES, settings.BALIE_RELAY_PASSWORD = pem, "secret"
        assert sending.send_waiting() == 1
        assert (safe.signed_in, safe.in_clear) == (1, 0)


@pytest.mark.parametrize(
    ("tls", "name", "days", "code"),
    [
        (Tls.REQUIRED, "other.example.org", 2, "certificate"),
        (Tls.IMPLICIT, "other.example.org", 2, "certificate"),
        (Tls.REQUIRED, "localhost", -1, "certificate"),
        (Tls.REQUIRED, "", 0, "no-tls"),
    ],
)
def test_a_way_that_is_not_protected_as_asked_is_not_used(
    advice: Any, settings: Any, tmp_path: Path, tls: Tls, name: str, days: int, code: str
) -> None:
    answer(advice)
    pem = certificate(tmp_path, name, days=days) if name else None
    with Server(certificate=pem, implicit=tls == Tls.IMPLICIT, user="desk", password="secret") as bad:
        settings.BALIE_RELAY = Relay("localhost", bad.port, tls, "desk")
        settings.BALIE_RELAY_CERTIFICATES, settings.BALIE_RELAY_PASSWORD = pem, "secret"
        assert sending.send_waiting() == 0
        assert states() == [("to_send", code, 1)]
        assert (bad.signed_in, bad.mails) == (0, [])


def test_a_certificate_of_anybody_does_where_the_setting_says_that_it_may(
    advice: Any, settings: Any, tmp_path: Path
) -> None:
    answer(advice)
    with Server(certificate=certificate(tmp_path, "other.example.org")) as server:
        settings.BALIE_RELAY = Relay("localhost", server.port, Tls.OPPORTUNISTIC)
        assert sending.send_waiting() == 1


def test_points_at_the_beginning_of_a_line_and_long_lines_arrive_as_they_were_written(
    advice: Any, server: Server
) -> None:
    text = "..two\n.\n.one\n" + "x" * 3000 + "\nä"
    answer(advice, text)
    sending.send_waiting()
    ((_, _, raw),) = server.mails
    (plain,) = [part for part in message_from_bytes(raw).walk() if part.get_content_type() == "text/plain"]
    said = plain.get_payload(decode=True)
    assert isinstance(said, bytes)
    assert said.decode().replace("\r\n", "\n").rstrip("\n") == text
    assert max(len(one) for one in raw.split(b"\r\n")) < 998


def test_a_server_away_for_days_is_waited_for_and_after_five_the_ticket_is_back(advice: Any, settings: Any) -> None:
    message = answer(advice)
    settings.BALIE_RELAY = Relay("127.0.0.1", 1, Tls.NONE)
    now = timezone.now()
    for hour in range(5 * 24 + 5):
        sending.send_waiting(now + timedelta(hours=hour))
        if hour == 100:
            assert Message.objects.get(pk=message.pk).delivery == "delayed"
    assert states()[0][:2] == ("failed", "no-connection")
    assert Message.objects.get(pk=message.pk).delivery == "failed"
    assert fresh(message.ticket).status == "open"


@pytest.mark.parametrize("knows", [True, False])
def test_an_address_of_any_letters_is_written_to_where_the_server_can(advice: Any, settings: Any, knows: bool) -> None:
    """RFC 6531: who wrote to us from such an address can be answered."""
    message = answer(advice, sender="jäävesi@example.org")
    with Server(utf8=knows) as server:
        settings.BALIE_RELAY = Relay("127.0.0.1", server.port, Tls.NONE)
        assert sending.send_waiting() == int(knows)
    assert [to for _, to, _ in server.mails] == ([["jäävesi@example.org"]] if knows else [])
    assert all("To: jäävesi@example.org".encode() in raw for _, _, raw in server.mails)
    assert Message.objects.get(pk=message.pk).delivery_code == ("" if knows else "5.6.7")
