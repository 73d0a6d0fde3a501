"""Delivery reports: which mail did not arrive, with whom and why, in the form of RFC 3464 or as servers tell it in words."""

import re

from balie.channels.mail.parsing.addresses import bare
from balie.channels.mail.parsing.nature import message_ids
from balie.channels.mail.parsing.outcome import BouncedRecipient, ReadBounce
from balie.channels.mail.parsing.parts import Budget, Part, head_of

MOST = 100  # recipients read from one report
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_WORD = re.compile(r"[a-z]{1,20}")


def bounce_of(part: Part, text: str, budget: Budget) -> ReadBounce | None:
    """What a delivery report tells; None for a mail that is none. text: the mail's text."""
    if part.media_type == "multipart/report" or part.media_type == "message/delivery-status":
        report = _first(part, "message/delivery-status")
        if report is not None:
            return ReadBounce(tuple(_recipients(report, budget)), _original(part, budget))
    failed = part.headers.first("x-failed-recipients")
    if not failed:
        return None
    addresses = [bare(one) for one in failed.split(",")[:MOST]]
    return ReadBounce(tuple(BouncedRecipient(one, "failed", "") for one in addresses if one), _original(part, budget))


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
