"""A calendar invitation as a few lines of text, for a mail that says nothing else (RFC 5545)."""

import re

EVENTS = 20
VALUE = 5000  # signs of one property

_FOLD = re.compile(r"\n[ \t]")
_EVENT = re.compile(r"^BEGIN:(VEVENT|VTODO|VJOURNAL)[ \t]*\n", re.MULTILINE | re.IGNORECASE)
_END = re.compile(r"^END:(?:VEVENT|VTODO|VJOURNAL)", re.MULTILINE | re.IGNORECASE)
_PROPERTY = re.compile(
    r"^([A-Z-]{3,40})((?:;[^:;\n\"]{0,300}(?:\"[^\"\n]{0,300}\")?){0,20}):([^\n]*)$", re.MULTILINE | re.IGNORECASE
)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
_ZONE = re.compile(r"TZID=\"?([^;:\"]{1,80})", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")


def summary(calendar: str) -> str:
    """What, when, where, by whom and the description of each event. Words of the calendar's own, none of ours."""
    text = _FOLD.sub("", calendar)
    found, at = list[str](), 0
    while len(found) < EVENTS and (begin := _EVENT.search(text, at)):
        end = _END.search(text, begin.end())
        at = end.start() if end else len(text)
        found.append(_event(text[begin.end() : at]))
    return "\n\n".join(filter(None, found))


def _event(text: str) -> str:
    values: dict[str, str] = {}
    for match in _PROPERTY.finditer(text[: 20 * VALUE]):
        name = match[1].upper()
        if name in ("DTSTART", "DTEND", "DUE"):
            values.setdefault(name, _moment(match[3], match[2]))
        elif name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
            values.setdefault(name, _plain(match[3]))
        elif name == "ORGANIZER":
            values.setdefault(name, match[3][:300].removeprefix("mailto:").removeprefix("MAILTO:").strip())
    when = " – ".join(values[name] for name in ("DTSTART", "DTEND", "DUE") if values.get(name))
    lines = [values.get("SUMMARY", ""), when, values.get("LOCATION", ""), values.get("ORGANIZER", "")]
    return "\n".join([*filter(None, lines), *(["", values["DESCRIPTION"]] if values.get("DESCRIPTION") else [])])


def _moment(value: str, given: str) -> str:
    match = _MOMENT.match(value.strip())
    if match is None:
        return ""
    day = f"{match[1]}-{match[2]}-{match[3]}"
    if not match[4]:
        return day
    zone = _ZONE.search(given)
    where = "UTC" if match[6] else zone[1] if zone else ""
    return f"{day} {match[4]}:{match[5]} {where}".rstrip()


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value[:VALUE]).strip()
