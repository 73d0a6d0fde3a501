"""The name of an attachment: as the sender gave it, without what could lead a file, or its reader, astray."""

import re

from balie.channels.mail.charsets import clean
from balie.channels.mail.parsing.headers import parameters
from balie.channels.mail.parsing.parts import Part

LONGEST = 255  # signs

_PATH = re.compile(r"[/\\]")
# Control signs, signs that show nothing or turn the direction, and the colon of drives and hidden streams.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]|:(?!\\s)"
)
# Under these names Windows knows devices, whatever the ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


def file_name(part: Part) -> str:
    """The name that a part was given, made safe; empty when it has none."""
    disposition = part.headers.first("content-disposition")
    given = parameters(disposition).get("filename", "") if disposition else ""
    given = given or part.parameters.get("name", "") or part.parameters.get("filename", "")
    return safe(given) if given else ""


def safe(given: str) -> str:
    """A name without path, control signs or signs that change the direction, of at most `LONGEST` signs."""
    last = _PATH.split(clean(given[: 20 * LONGEST]).rstrip("/\\ "))[-1]
    name = _UNSAFE.sub("", last).strip(". \u00a0\u3000")[: 4 * LONGEST]
    name = f"_{name}" if _DEVICE.match(name) else name
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) < 20 else name[:LONGEST]
