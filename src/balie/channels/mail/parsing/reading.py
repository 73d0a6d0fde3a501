"""One mail read: its head, its text, its attachments; over a bound it is told why, and never dropped."""

import re
from dataclasses import replace

from balie.channels.mail.charsets import clean, clean_line, decode
from balie.channels.mail.parsing import parts
from balie.channels.mail.parsing.addresses import mailboxes
from balie.channels.mail.parsing.bodies import TEXT, gather
from balie.channels.mail.parsing.dates import moment
from balie.channels.mail.parsing.headers import Headers
from balie.channels.mail.parsing.nature import is_automatic, message_ids, own_id
from balie.channels.mail.parsing.outcome import ReadMail
from balie.channels.mail.parsing.protection import protection_of
from balie.channels.mail.parsing.replies import folds
from balie.channels.mail.parsing.reports import bounce_of

SUBJECT = 1000  # signs that are kept
FROM = 10_000  # signs in which the sender is looked for
RESULTS = 10  # of authentication that are kept, the topmost ones
RESULT = 4000  # signs of each
REFERENCES = 100  # message ids that are kept: the first and the last ones

SAMPLE = 2000  # bytes by which it is told whether something is a text

_OF_A_TEXT = bytes({9, 10, 13, *range(32, 127), *range(0xC2, 0xF5), *range(0x80, 0xC0)})

# Without one of these, bytes are no mail, though a line in them may look like a header.
_OF_A_MAIL = frozenset(
    {
        *("from", "to", "cc", "subject", "date", "message-id", "reply-to", "sender", "received", "return-path"),
        *("mime-version", "content-type", "delivered-to", "resent-from", "in-reply-to", "references"),
    }
)
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]{0,200}(?:>?From [^\r\n]{0,500}\r*\n)?")


def read(raw: bytes, *, with_html: bool = False) -> ReadMail:
    """Read one mail as it came by SMTP. Promises an answer for any bytes and raises nothing; time grows with the
    length. A mail over a bound has its code in `unreadable` (see `ReadMail`). with_html: also its HTML, made safe.
    Source: mission, invariant 9.
    """
    over = "too-large" if len(raw) > parts.RAW else ""
    raw = raw[: parts.RAW]
    if b"\n" not in raw[: parts.HEAD] and b"\r" in raw[: parts.HEAD]:
        raw = raw.replace(b"\r", b"\n")
    before = _BEFORE.match(raw)
    assert before is not None  # every piece of it is optional
    budget = parts.Budget()
    headers, start = parts.head_of(raw, before.end(), len(raw), budget)
    if _OF_A_MAIL.isdisjoint(headers.fields):
        return ReadMail(unreadable="not-mail", text=_as_text(raw))
    head = _head(headers)
    if over:
        return replace(head, unreadable=over)
    return _read(head, parts.tree(raw, headers, start, budget), budget, with_html)


def _read(head: ReadMail, whole: parts.Part, budget: parts.Budget, with_html: bool) -> ReadMail:
    found = gather(whole, budget, with_html=with_html)
    return replace(
        head,
        text=found.text,
        html=found.html,
        folds=folds(found.text),
        attachments=found.attachments,
        bounce=bounce_of(whole, found.text, budget),
        protection=protection_of(whole, found.text),
        unreadable=budget.over,
    )


def _as_text(raw: bytes) -> str:
    """What is no mail, as the text that it may be; empty for what is no text either."""
    sample = raw[:SAMPLE]
    if len(sample.translate(None, _OF_A_TEXT)) * 20 > len(sample):
        return ""
    return clean(decode(raw[:TEXT])).strip("\n").rstrip()


def _head(headers: Headers) -> ReadMail:
    senders = mailboxes(headers.first("from")[:FROM]) or mailboxes(headers.first("sender")[:FROM]) or [("", "")]
    name, address = senders[0]
    ids = message_ids(headers.first("references"))
    return ReadMail(
        from_name=name,
        from_address=address,
        reply_to=_addresses(headers, "reply-to"),
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        subject=headers.text("subject", SUBJECT),
        date=moment(headers.first("date")),
        message_id=own_id(headers.first("message-id")),
        in_reply_to=next(iter(message_ids(headers.first("in-reply-to"))), ""),
        references=tuple(ids if len(ids) <= REFERENCES else [ids[0], *ids[1 - REFERENCES :]]),
        automatic=is_automatic(headers),
        authentication=tuple(
            clean_line(one, RESULT) for one in headers.fields.get("authentication-results", ())[:RESULTS]
        ),
    )


def _addresses(headers: Headers, name: str) -> tuple[str, ...]:
    found = (address for value in headers.fields.get(name, ()) for _, address in mailboxes(value) if address)
    return tuple(dict.fromkeys(found))
