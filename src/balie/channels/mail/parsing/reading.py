"""One mail read: its head, its text, its attachments; over a bound it is told why, and never dropped."""

import re
from dataclasses import replace
from datetime import UTC
from email.utils import parsedate_to_datetime

from balie.channels.mail.parsing import parts
from balie.channels.mail.parsing.addresses import mailboxes
from balie.channels.mail.parsing.bodies import gather
from balie.channels.mail.parsing.headers import Headers
from balie.channels.mail.parsing.nature import bounce_of, is_automatic, message_ids
from balie.channels.mail.parsing.outcome import ReadMail
from balie.channels.mail.parsing.replies import folds

SUBJECT = 1000  # signs that are kept
REFERENCES = 100  # message ids that are kept: the first and the last ones

# Without one of these, bytes are no mail, though a line in them may look like a header.
_OF_A_MAIL = frozenset(
    {
        *("from", "to", "cc", "subject", "date", "message-id", "reply-to", "sender", "received", "return-path"),
        *("mime-version", "content-type", "delivered-to", "resent-from", "in-reply-to", "references"),
    }
)
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]{0,200}(?:>?From [^\r\n]{0,500}\r*\n)?")


def read(raw: bytes) -> ReadMail:
    """Read one mail as it came by SMTP. Promises an answer for any bytes and raises nothing; time grows with the
    length. A mail over a bound has its code in `unreadable` (see `ReadMail`). Source: mission, invariant 9.
    """
    if b"\n" not in raw[: parts.HEAD] and b"\r" in raw[: parts.HEAD]:
        raw = raw.replace(b"\r", b"\n")
    before = _BEFORE.match(raw)
    assert before is not None  # every piece of it is optional
    try:
        headers, start = parts.head_of(raw, before.end(), len(raw))
    except parts.Unreadable as over:
        return ReadMail(unreadable=over.code)
    if _OF_A_MAIL.isdisjoint(headers.fields):
        return ReadMail(unreadable="not-mail")
    return _read(raw, headers, start)


def _read(raw: bytes, headers: Headers, start: int) -> ReadMail:
    head = _head(headers)
    if len(raw) > parts.RAW:
        return replace(head, unreadable="too-large")
    try:
        whole = parts.tree(raw, headers, start, len(raw))
        text, attachments = gather(raw, whole)
        bounce = bounce_of(raw, whole)
    except parts.Unreadable as over:
        return replace(head, unreadable=over.code)
    return replace(head, text=text, folds=folds(text), attachments=attachments, bounce=bounce)


def _head(headers: Headers) -> ReadMail:
    senders = mailboxes(headers.first("from")) or mailboxes(headers.first("sender")) or [("", "")]
    name, address = senders[0]
    ids = message_ids(headers.first("references"))
    return ReadMail(
        from_name=name,
        from_address=address,
        reply_to=_addresses(headers, "reply-to"),
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        subject=headers.text("subject", SUBJECT),
        date=_date(headers.first("date")),
        message_id=next(iter(message_ids(headers.first("message-id"))), ""),
        in_reply_to=next(iter(message_ids(headers.first("in-reply-to"))), ""),
        references=tuple(ids if len(ids) <= REFERENCES else [ids[0], *ids[1 - REFERENCES :]]),
        automatic=is_automatic(headers, address),
    )


def _addresses(headers: Headers, name: str) -> tuple[str, ...]:
    found = (address for value in headers.fields.get(name, ()) for _, address in mailboxes(value) if address)
    return tuple(dict.fromkeys(found))


def _date(value: str) -> str:
    try:
        moment = parsedate_to_datetime(value[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""  # the standard library raises any of these for a date that is none
