"""What may stand outside the vault: handles, short codes and numbers, nothing that looks like a person's data."""

import re
from collections.abc import Iterable

LONGEST = 64
_CODE = re.compile(r"[!-?A-~]{0,64}")  # visible ASCII without a space and without @
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER_OF_A_PERSON = re.compile(r"[+(]?\d[\d().+/-]{5,}\d?")  # a phone or national number, in any grouping


def is_code(text: str) -> bool:
    """Whether a text may be kept in clear: at most 64 visible ASCII signs, no space, no @, no phone or national number.

    Handles, slugs, URIs within the installation and days (`2026-02-28`) are codes. What is a number is given as one.
    """
    if not _CODE.fullmatch(text):
        return False
    return not _NUMBER_OF_A_PERSON.fullmatch(text) or bool(_DAY.fullmatch(text))


def check_codes(texts: Iterable[str]) -> None:
    """Raise ValueError when one of the texts is no code. The error does not repeat it: it may be somebody's data."""
    for text in texts:
        if not is_code(text):
            raise ValueError(
                "only handles, short codes and numbers may stand outside the vault; this text is none of them"
            )
