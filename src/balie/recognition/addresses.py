"""E-mail addresses in a text."""

import re
from collections.abc import Iterator

from balie.recognition.spans import Label

_AT = re.compile(r"@(?<=[\w.!#$%&'*+/=?^`{|}~-]@)(?=\w)")
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}$")
_DOMAIN = re.compile(
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59})(?![\w-]*@)", re.IGNORECASE
)
_LEADING = "!#$%&'*+/=?^`{|}~.-"


def emails(text: str) -> Iterator[tuple[int, int, Label]]:
    """Addresses as `local@domain`, without what only stands beside them (quotes, dots, brackets)."""
    last = 0
    for match in _AT.finditer(text):
        domain = _DOMAIN.match(text, match.start())
        local = _LOCAL.search(text, max(last, match.start() - 64), match.start()) if domain else None
        written = local[0].lstrip(_LEADING) if local else ""
        if domain and written:
            last = domain.end()
            yield match.start() - len(written), last, Label.EMAIL
