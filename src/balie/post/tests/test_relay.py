"""The way to the mail server as it is written in a setting: protected unless it stays on the machine, or a sentence."""

import pytest

from balie.post.relay import Relay, Tls


@pytest.mark.parametrize(
    ("written", "host", "port", "tls", "user"),
    [
        ("127.0.0.1:2525", "127.0.0.1", 2525, Tls.OPPORTUNISTIC, ""),
        ("[::1]:25", "::1", 25, Tls.OPPORTUNISTIC, ""),
        ("mail.example.org:25", "mail.example.org", 25, Tls.REQUIRED, ""),
        ("10.0.0.1:25", "10.0.0.1", 25, Tls.REQUIRED, ""),
        ("smtps://desk@mail.example.org", "mail.example.org", 465, Tls.IMPLICIT, "desk"),
        ("smtp://desk%40example.org@mail.example.org", "mail.example.org", 587, Tls.REQUIRED, "desk@example.org"),
        ("smtp://mail.example.org:26?tls=opportunistic", "mail.example.org", 26, Tls.OPPORTUNISTIC, ""),
        ("smtp://localhost?tls=none", "localhost", 25, Tls.NONE, ""),
        ("smtp://localhost?tls=required", "localhost", 25, Tls.REQUIRED, ""),
    ],
)
def test_each_way_of_writing_it(written: str, host: str, port: int, tls: Tls, user: str) -> None:
    assert Relay.read(written) == Relay(host, port, tls, user)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("smtp://mail.example.org?tls=none", "without TLS mail goes only to this machine"),
        ("smtp://desk@mail.example.org?tls=opportunistic", "a password is sent only over TLS that is checked"),
        ("smtp://desk:secret@mail.example.org", "holds a password"),
        ("smtps://mail.example.org?tls=none", "TLS from the first byte"),
        ("smtp://mail.example.org?tls=perhaps", "«required», «opportunistic» or «none»"),
        ("smtp://mail.example.org?tsl=none", "behind the host"),
        ("smtp://mail.example.org/inbox", "behind the host"),
        ("somewhere", "is no mail server"),
        ("imap://mail.example.org", "is no mail server"),
        ("mail.example.org:99999", "is no mail server"),
    ],
)
def test_what_cannot_be_done_or_must_not_be_is_refused_in_a_sentence(written: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        Relay.read(written)
    assert "secret" not in str(refused.value)


def test_it_is_told_without_who_we_are_to_it() -> None:
    assert str(Relay.read("smtps://desk@mail.example.org")) == "mail.example.org:465"
