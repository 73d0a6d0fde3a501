"""Sending: a row of the outbox becomes a mail that the requester's programme threads, and that no machine answers."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage

from django.conf import settings
from django.utils import timezone

from balie import jobs, post, vault
from balie.channels.mail import composing
from balie.kernel import Actor, log
from balie.post.models import Outgoing

AT_ONCE = 20
PATIENCE = 30  # seconds for a mail server to answer


def send_waiting(now: datetime | None = None) -> int:
    """Send what may go now through the relay of the settings; how many went. Without a relay everything waits.

    One row is claimed at a time, so that a slow relay never outlasts a claim; at the first row that must wait the round ends.
    """
    if settings.BALIE_RELAY is None:
        return 0
    now, sent = now or timezone.now(), 0
    post.take_back(now, gone=jobs.is_gone)
    while sent < AT_ONCE and (rows := post.claim(1, now, by=jobs.me())):
        if not _send(rows[0], now):
            break
        sent += 1
    return sent


def _send(row: Outgoing, now: datetime) -> bool:
    """One row, in a dialogue of its own; False when it must wait, and so must the others.

    What is sent is read first, and the reading is proven before the first byte leaves.
    """
    reading = vault.Reading(Actor.system("send", row.desk), "mail.composed", row.handle)
    try:
        mail = composing.compose(row, reading)
    except (ValueError, LookupError, MessageError) as unfit:  # an address that is none: trying again is of no use
        return _given_up(row, type(unfit).__name__, now)
    if mail is None:
        return _given_up(row, "nothing-to-send", now)
    reading.record()
    error = _handed_over(mail)
    if error is None:
        post.sent(row, now=now)
        return True
    code, permanent = error
    log.say("mail.not-sent", row=row.handle, code=code)
    post.failed(row, code, permanent=permanent, now=now)
    return permanent


def _given_up(row: Outgoing, code: str, now: datetime) -> bool:
    log.say("mail.not-written", row=row.handle, code=code)
    post.failed(row, code, permanent=True, now=now)
    return True


def _handed_over(mail: EmailMessage) -> tuple[str, bool] | None:
    """None when the relay took it; else a code, and whether trying again is of no use."""
    try:
        with _relay() as server:
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        code = max(code for code, _ in refused.recipients.values())
        return str(code), code >= 500
    except smtplib.SMTPResponseException as refused:
        return str(refused.smtp_code), refused.smtp_code >= 500
    except (smtplib.SMTPNotSupportedError, ValueError, MessageError) as unfit:
        return type(unfit).__name__, True
    except (smtplib.SMTPException, OSError) as away:
        return type(away).__name__, False
    return None


@contextmanager
def _relay() -> Iterator[smtplib.SMTP]:
    relay = settings.BALIE_RELAY
    assert relay is not None
    with smtplib.SMTP(relay.host, relay.port, local_hostname=settings.BALIE_GREETING, timeout=PATIENCE) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        yield server
