"""Delivery reports: which mail did not arrive, with whom and why, in the form of RFC 3464 or as servers tell it in words."""

import re

from balie.channels.mail.parsing.addresses import bare
from balie.channels.mail.parsing.nature import message_ids
from balie.channels.mail.parsing.outcome import BouncedRecipient, ReadBounce
from balie.channels.mail.parsing.parts import Budget, Part, head_of

MOST = 100  # recipients read from one report
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
LONGEST = 20_000  # signs in which a server's words are looked for

_FROM_A_SYSTEM = re.compile(r"^\s*<\s*>|(?:^|<)\s*(?:mailer-daemon|postmaster)\b", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"following (?:address|recipient)|not delivered to|not be delivered to|able to deliver|deliver(?:y)? to"
    r"|undeliverable to|did not reach|unknown user|failed recipient|niet worden (?:bezorgd|afgeleverd)"
    r"|nicht zugestellt|ei voitu toimittaa|kunde inte levereras|pas pu être (?:remis|distribu)",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"^(?:-{2,}.{0,20}(?:copy of|below this line|original message|returned message|unsent message).{0,60}"
    r"|Original message follows.{0,5})$",
    re.IGNORECASE | re.MULTILINE,
)
_DELAYED = re.compile(
    r"delayed|still (?:being )?(?:trying|retried)|not need to (?:resend|retry)|warning message only", re.IGNORECASE
)
_LISTED = re.compile(
    r"^[ \t>*'\"]{0,20}(?:To:|Recipient:)?[ \t]{0,20}<?([^\s<>@(),;:'\"]{1,128}@[^\s<>@(),;:'\"]{1,200})", re.MULTILINE
)
_ID = re.compile(r"^[> \t]{0,9}Message-ID:[ \t]{0,9}(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
_WORD = re.compile(r"[a-z]{1,20}")


def bounce_of(part: Part, text: str, budget: Budget) -> ReadBounce | None:
    """What a delivery report tells; None for a mail that is none. text: the mail's text."""
    if part.media_type == "multipart/report" or part.media_type == "message/delivery-status":
        report = _first(part, "message/delivery-status")
        if report is not None:
            return ReadBounce(tuple(_recipients(report, budget)), _original(part, budget))
    named = part.headers.first("x-failed-recipients").split(",")[:MOST]
    failed = [BouncedRecipient(one, "failed", "") for one in map(bare, named) if one] or _in_words(part, text)
    return ReadBounce(tuple(failed), _original(part, budget) or _original_in(text)) if failed else None


def _in_words(part: Part, text: str) -> list[BouncedRecipient]:
    """Whom a mail system names behind words that say that a mail did not arrive, as qmail, Exchange and others do."""
    senders = part.headers.fields.get("return-path", [])[:1] + part.headers.fields.get("from", [])[:1]
    if not any(map(_FROM_A_SYSTEM.search, (one[:1000] for one in senders))):
        return []
    told = _COPY.split(text[:LONGEST], maxsplit=1)[0]
    announced = _ANNOUNCED.search(told)
    if announced is None:
        return []
    action = "delayed" if _DELAYED.search(told) else "failed"
    found: dict[str, BouncedRecipient] = {}
    for match in _LISTED.finditer(told, announced.start()):
        address, status = bare(match[1].strip(".")), _STATUS.search(told, match.end(), match.end() + 600)
        if address and len(found) < MOST:
            found.setdefault(address, BouncedRecipient(address, action, status[1] if status else ""))
    return list(found.values())


def _original_in(text: str) -> str:
    """The Message-ID in the copy of the mail that a server puts below its own words."""
    match = _ID.search(text[: 10 * LONGEST])
    return next(iter(message_ids(match[1])), "") if match else ""


def _first(part: Part, *media_types: str) -> Part | None:
    if part.media_type in media_types:
        return part
    return next((found for one in part.children if (found := _first(one, *media_types))), None)


def _recipients(report: Part, budget: Budget) -> list[BouncedRecipient]:
    found: list[BouncedRecipient] = []
    at = report.start
    while at < report.end and len(found) < MOST:
        headers, after = head_of(report.source, at, report.end, budget)
        if after == at:
            break  # a text where fields should be
        at = after
        field = headers.first("final-recipient") or headers.first("original-recipient")
        address = bare(field.partition(";")[2].strip().strip("<>"))
        if address:
            action = _WORD.search(headers.first("action").lower())
            status = _STATUS.search(headers.first("status"))
            found.append(BouncedRecipient(address, action[0] if action else "", status[1] if status else ""))
    return found


def _original(part: Part, budget: Budget) -> str:
    returned = _first(part, "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
    if returned is None:
        return ""
    headers, _ = head_of(returned.source, returned.start, returned.end, budget)
    return next(iter(message_ids(headers.first("message-id"))), "")
