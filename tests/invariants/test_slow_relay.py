"""A mail server that is slow to take our mail: nobody's mail is read later for it, and a restart meanwhile sends nothing twice."""

from collections.abc import Iterator

import pytest

from tests.counter import ADDRESSES, deliver
from tests.installation import Installation, mail
from tests.mail_server import HANG, Server

pytestmark = pytest.mark.xdist_group("slow_relay")

DESK, AT = "publications", ADDRESSES["publications"]


@pytest.fixture
def slow(house: Installation) -> Iterator[Server]:
    """The installation sends through this server."""
    with Server() as server:
        house.env["BALIE_RELAY"] = f"smtp://127.0.0.1:{server.port}?tls=none"
        yield server


def ask(house: Installation, sender: str) -> int:
    return deliver(house, DESK, mail(sender=sender, to=AT, subject="Slow", text=f"{sender} asks."), sender=sender)


def taken(server: Server, *addresses: str) -> list[str]:
    """To which of these it took a mail, in order; the demonstration's own are among the others."""
    return [to for _, (to,), _ in server.mails if to in addresses]


def test_while_it_hangs_mail_is_read_as_ever(house: Installation, slow: Server) -> None:
    people = [f"person{number}@example.org" for number in range(5)]
    slow.says["first@example.org"] = [HANG]
    with house.serving():
        ask(house, "first@example.org")
        house.wait(lambda: not slow.says["first@example.org"])
        for sender in people:
            assert ask(house, sender)
        assert house.rows("SELECT count(*) FROM post_outgoing WHERE state = 'sending'") == [(1,)]
        assert taken(slow, *people) == []
        slow.let_go()
        house.wait(lambda: taken(slow, *people) == people)


def test_the_mail_under_way_is_finished_before_the_worker_ends_and_so_it_goes_once(
    house: Installation, slow: Server
) -> None:
    both = ("once@example.org", "next@example.org")
    slow.says[both[0]] = [3.0]
    with house.serving():
        ask(house, both[0])
        house.wait(lambda: not slow.says[both[0]])
        house.send(mail(sender=both[1], to=AT, subject="Slow", text="Next."), sender=both[1], to=AT)
    assert taken(slow, *both) == [both[0]]
    assert house.rows("SELECT count(*) FROM post_outgoing WHERE state = 'sending'") == [(0,)]
    with house.serving():
        house.wait(lambda: taken(slow, *both) == list(both))
    assert house.rows("SELECT max(attempts) FROM post_outgoing") == [(1,)]
