"""Servers tell in many ways that a mail did not arrive."""

import pytest

from balie.channels.mail.parsing import BouncedRecipient, ReadBounce, read

QMAIL = """Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.

<bob@example.net>:
198.51.100.7 does not like recipient.
Remote host said: 550 5.1.1 unknown user

--- Below this line is a copy of the message.

Message-ID: <77@balie.test>
To: carol@example.com
"""
EXCHANGE = """Your message

  To:      Bob
  Subject: Hello

did not reach the following recipient(s):

bob@example.net on Wed, 4 Mar 2026 10:00:00 +0100
    The e-mail account does not exist. 5.1.1
"""
SENDMAIL = """   ----- The following addresses had transient non-fatal errors -----
<bob@example.net>

Warning: message still being retried, you do not need to resend. 4.4.7
"""


@pytest.mark.parametrize(
    ("text", "action", "status", "original"),
    [
        (QMAIL, "failed", "5.1.1", "77@balie.test"),
        (EXCHANGE, "failed", "5.1.1", ""),
        (SENDMAIL, "delayed", "4.4.7", ""),
        ("Undeliverable to the following:\n\tbob@example.net (user not found)\n", "failed", "", ""),
    ],
)
def test_a_server_that_tells_it_in_words_is_understood(text: str, action: str, status: str, original: str) -> None:
    for head in ("From: MAILER-DAEMON@mx.example.net", "From: <postmaster@example.net>", "Return-Path: <>"):
        mail = read(f"{head}\nSubject: failure\n\n{text}".encode())
        assert mail.bounce == ReadBounce((BouncedRecipient("bob@example.net", action, status),), original)


def test_a_person_who_writes_such_words_reports_nothing() -> None:
    assert read(f"From: alice@example.org\nSubject: failure\n\n{QMAIL}".encode()).bounce is None


def test_an_absence_note_reports_nothing() -> None:
    assert read(b"From: alice@example.org\nReturn-Path: <>\n\nI am away, ask bob@example.net.").bounce is None
