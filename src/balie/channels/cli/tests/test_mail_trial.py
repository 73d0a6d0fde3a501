"""`balie mail test`: each step of the way in plain words, what to do at the first that fails, and never a secret."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.mail_server import CLOSE, DATA, GREETING, MAIL, Server, certificate

from balie.evidence.models import Entry
from balie.post.models import Outgoing
from balie.post.relay import Relay

SECRET = "correct-horse"
ME = "me@example.org"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "relay.password"
    path.write_text(SECRET + "\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def protected(tmp_path: Path, settings: Any, secret: Path) -> Iterator[Server]:
    """A server that wants TLS and a password, and settings that fit it."""
    pem = certificate(tmp_path)
    with Server(certificate=pem, user="desk", password=SECRET) as server:
        settings.BALIE_RELAY = Relay.read(f"smtp://desk@localhost:{server.port}?tls=required")
        settings.BALIE_RELAY_PASSWORD_FILE, settings.BALIE_RELAY_CERTIFICATES = secret, pem
        yield server


def steps(said: Any) -> dict[str, tuple[bool, str, str]]:
    return {one["step"]: (one["ok"], one["says"], one["hint"]) for one in json.loads(said.out)}


def test_each_step_is_told_and_nothing_is_kept(balie: Any, advice: Any, protected: Server) -> None:
    before = Outgoing.objects.count(), Entry.objects.count()
    said = balie("mail", "test", ME, "--desk", advice.desk)
    assert said.status == 0
    lines = [line.split("\t")[:2] for line in said.out.splitlines()]
    names = ["connect", "encrypt", "sign in", "sender", "recipient", "mail"]
    assert lines == [["ok", name] for name in names]
    assert "TLSv1" in said.out
    assert "valid for localhost" in said.out
    assert "queued as 1A2B3C" in said.out
    ((sender, recipients, raw),) = protected.mails
    assert (sender, recipients) == (advice.address, [ME])
    assert b"Auto-Submitted: auto-generated" in raw
    assert (Outgoing.objects.count(), Entry.objects.count()) == before
    assert SECRET not in said.out + said.err


@pytest.mark.parametrize(
    ("point", "answer", "step", "says", "hint"),
    [
        (GREETING, "554 5.3.2 no service", "connect", "no service", ""),
        (GREETING, CLOSE, "connect", "No (", "smtps://"),
        (MAIL, "550 5.1.8 who are you", "sender", "who are you", "may send as"),
        (ME, "550 5.7.1 relaying denied", "recipient", "relaying denied", "sign in"),
        (ME, "450 4.2.0 greylisted", "recipient", "greylisted", "a few minutes"),
        (DATA, "552 5.3.4 too large", "mail", "too large", "its log says why"),
    ],
)
def test_the_first_step_that_fails_says_what_to_do(
    balie: Any, advice: Any, protected: Server, point: str, answer: object, step: str, says: str, hint: str
) -> None:
    protected.says[point] = [answer] * 2
    said = balie("mail", "test", ME, "--desk", advice.desk, "--json")
    assert said.status == 1
    found = list(steps(said).items())
    name, (ok, told, todo) = found[-1]
    assert (name, ok) == (step, False)
    assert says in told
    assert hint in todo
    assert all(one[0] for _, one in found[:-1])
    assert protected.mails == []


def test_a_wrong_password_is_told_and_neither_password_is(
    balie: Any, advice: Any, protected: Server, secret: Path
) -> None:
    secret.write_text("not-the-password")
    said = balie("mail", "test", ME)
    assert said.status == 1
    assert "failed\tsign in\tNo: «5.7.8 not you»." in said.out
    assert "BALIE_RELAY_PASSWORD_FILE" in said.out
    assert "not-the-password" not in said.out + said.err


def test_a_certificate_that_does_not_hold_ends_it_before_the_password_is_said(
    balie: Any, advice: Any, protected: Server, settings: Any, tmp_path: Path
) -> None:
    settings.BALIE_RELAY_CERTIFICATES = certificate(tmp_path, "other.example.org")
    said = balie("mail", "test", ME)
    assert said.status == 1
    assert "failed\tencrypt" in said.out
    assert "BALIE_RELAY_CERTIFICATES" in said.out
    assert protected.signed_in == 0
    assert protected.mails == []


def test_nothing_listens_there(balie: Any, advice: Any, settings: Any) -> None:
    settings.BALIE_RELAY = Relay("127.0.0.1", 1)
    said = balie("mail", "test", ME)
    assert said.status == 1
    assert "failed\tconnect" in said.out
    assert "does the server listen there" in said.out


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("open", "chmod 600"),
        ("gone", "no password of the mail server to be read"),
        ("none", "BALIE_RELAY names a user"),
    ],
)
def test_a_password_that_is_no_good_is_a_sentence(
    balie: Any, advice: Any, protected: Server, secret: Path, settings: Any, how: str, says: str
) -> None:
    if how == "open":
        secret.chmod(0o640)
    elif how == "gone":
        secret.unlink()
    else:
        settings.BALIE_RELAY_PASSWORD_FILE = None
    said = balie("mail", "test", ME)
    assert said.status == 1
    assert says in said.err
    assert protected.dialogues == 0


@pytest.mark.parametrize("address", ["nobody", "a b@example.org", "x@", "a@b\r\nBcc: c@d.test"])
def test_what_is_no_address_is_a_sentence(balie: Any, advice: Any, protected: Server, address: str) -> None:
    said = balie("mail", "test", address)
    assert said.status == 1
    assert "is no mail address" in said.err
    assert protected.dialogues == 0


def test_without_a_mail_server_it_says_how_to_name_one(balie: Any, advice: Any, settings: Any) -> None:
    settings.BALIE_RELAY = None
    said = balie("mail", "test", ME)
    assert said.status == 1
    assert "BALIE_RELAY" in said.err
