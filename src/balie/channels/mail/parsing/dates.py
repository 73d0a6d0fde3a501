"""When a mail was written, as far as its Date says something sensible."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

EARLIEST, LATEST = 1970, 2100  # years; what lies outside is a broken clock

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ]{1,2}(\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?\s{0,9}(Z|[+-]\d\d:?\d\d)?")
_COMMENT = re.compile(r"\([^()]{0,100}\)")
_ZONE_APART = re.compile(r"\b(?:GMT|UTC?)\s{0,3}([+-])(\d{1,2}):?(\d\d)?\b")


def moment(value: str) -> str:
    """The moment in ISO 8601, UTC; empty for none and for a senseless one. What names no zone is UTC."""
    value = value[:120] if "(" not in value else _COMMENT.sub(" ", value[:120])
    if "T" in value:
        value = _ZONE_APART.sub(lambda match: f"{match[1]}{match[2]:>02}{match[3] or '00'}", value)
    try:
        found = _read(value.strip())
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""  # the standard library raises any of these for a date that is none
    return found.isoformat() if EARLIEST <= found.year <= LATEST else ""


def _read(value: str) -> datetime:
    written = _ISO.match(value) if value[:1].isdigit() else None
    if written is not None:
        zone = (written[3] or "").replace("Z", "+00:00")
        return datetime.fromisoformat(f"{written[1]}T{written[2]}{zone}")
    return parsedate_to_datetime(value)
