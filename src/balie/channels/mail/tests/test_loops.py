"""Mail that goes round ends here: it is told by what it carries, and no machine of ours answers it."""

from typing import Any

import pytest

from balie import post
from balie.channels.mail import composing, jobs, loops
from balie.channels.mail.parsing import read
from balie.desk import arrivals
from balie.desk.models import Arrival, Message
from balie.desk.tests.coming_in import ticket
from balie.kernel import Actor
from balie.post.models import Outgoing
from balie.vault import Reading


def head(count: int, ending: bytes = b"\r\n") -> bytes:
    return b"".join(b"Received: from a.example.org by b.example.org" + ending for _ in range(count))


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
def test_the_servers_that_a_mail_passed_are_counted_in_its_head_alone(ending: bytes) -> None:
    raw = head(3, ending) + b"rEceived: x" + ending + b"Subject: Received: y" + ending + ending + head(5, ending)
    assert loops.hops(raw) == 4


def came(cast: Any, raw: bytes, sender: str = "someone@example.org") -> Message:
    """A mail taken in and read as the worker does."""
    (handle,) = arrivals.take_in([arrivals.Delivery(sender, (cast.address,), raw)], actor=cast.door)
    jobs.read([{"arrival": handle.hex}])
    assert Arrival.objects.get(handle=handle).read_at
    return Message.objects.get(arrival=handle)


def sent_by(cast: Any) -> bytes:
    """What the desk sent last, as it went."""
    row = Outgoing.objects.filter(desk=cast.desk).latest("created_at", "handle")
    letter = composing.compose(row, Reading(Actor.system("send", cast.desk), "mail.composed", row.handle))
    assert letter is not None
    return letter.raw()


def test_our_own_acknowledgement_that_comes_back_is_answered_by_nobody(advice: Any) -> None:
    ticket(advice)
    raw = sent_by(advice)
    before = Outgoing.objects.count()
    assert came(advice, raw).automatic
    assert Outgoing.objects.count() == before


def test_a_mail_of_ours_that_another_sends_on_as_its_own_is_known_by_its_id(advice: Any) -> None:
    """A forwarding programme that leaves the id, and takes away who wrote and that a machine did."""
    ticket(advice)
    lines = sent_by(advice).split(b"\r\n")
    kept = [
        one for one in lines if not one.lower().startswith((b"from:", b"auto-submitted:", b"precedence:", b"x-auto"))
    ]
    raw = b"\r\n".join([b"From: forwarder@example.net", *kept])
    assert not read(raw).automatic
    before = Outgoing.objects.count()
    assert came(advice, raw).automatic
    assert Outgoing.objects.count() == before


def test_an_id_that_only_looks_like_ours_is_anybodys(advice: Any) -> None:
    raw = b"From: alice@example.org\r\nMessage-ID: <1001.aaaaaaaaaaaaaaaa." + b"0" * 32 + b"@x.test>\r\n\r\nHello"
    assert not came(advice, raw).automatic


def test_a_mail_that_passed_very_many_servers_is_kept_and_not_answered(advice: Any) -> None:
    raw = head(loops.MANY_HOPS + 1) + b"From: alice@example.org\r\nSubject: Round\r\n\r\nHello"
    assert came(advice, raw).automatic
    assert not came(advice, raw.replace(head(2), b"", 1)).automatic
    assert len(post.waiting(advice.desk).filter(kind="acknowledgement")) == 1


def test_an_answer_to_an_answer_of_a_machine_never_goes_out(advice: Any) -> None:
    """Two machines: ours acknowledges, theirs answers that without saying that it is one, and on the same ticket."""
    one = ticket(advice)
    letter_before = Outgoing.objects.count()
    for number in range(20):
        to = composing.compose(
            Outgoing.objects.filter(kind="acknowledgement").latest("created_at"),
            Reading(Actor.system("send", advice.desk), "mail.composed"),
        )
        assert to is not None
        reply_to = to.mail["Reply-To"].addresses[0].addr_spec
        raw = (
            f"From: alice@example.org\r\nTo: {reply_to}\r\nSubject: Re: Re {number}\r\n\r\nThank you {number}".encode()
        )
        (handle,) = arrivals.take_in([arrivals.Delivery("alice@example.org", (reply_to,), raw)], actor=advice.door)
        jobs.read([{"arrival": handle.hex}])
        assert Message.objects.get(arrival=handle).ticket == one
    assert Outgoing.objects.count() == letter_before
