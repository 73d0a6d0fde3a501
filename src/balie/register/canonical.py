"""The one form in which two registers that say the same are the same text: what is hashed, compared and exported.

Short forms are written out, lengths of time are ISO 8601, keys are sorted, there are no spaces (as RFC 8785 for this data).
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from balie.register.terms import iso, one_spelling


def canonical(data: Mapping[str, Any]) -> str:
    """The canonical form of a register or of a settings file."""
    return json.dumps(_written_out(data, ()), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical form, in hexadecimal: what a version is known by."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def long_share(share: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """`supplier` means `{with: supplier}`: per ticket, what the agent picks, until the ticket is closed."""
    return {"with": share} if isinstance(share, str) else share


def as_list(value: Any) -> list[Any]:
    """`none` and what is left out are empty, one thing alone is a list of one."""
    if value is None or value == "none":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _written_out(node: Any, at: tuple[str, ...]) -> Any:
    if isinstance(node, Mapping):
        return {key: _rewritten(value, (*at, key)) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_written_out(one, at) for one in node]
    return node


def _rewritten(value: Any, at: tuple[str, ...]) -> Any:
    for place, spell in _SPELLINGS:
        if len(place) == len(at) and all(a in ("*", b) for a, b in zip(place, at, strict=True)):
            value = spell(value)
    return _written_out(value, at)


def _durations(values: Any) -> list[str]:
    """Each length once, however often it was spelled."""
    return list(dict.fromkeys(iso(one) for one in values))


def _shares(value: Any) -> Any:
    """Each line once, in long form."""
    if value == "none":
        return value
    lines = [long_share(one) for one in as_list(value)]
    return [line for number, line in enumerate(lines) if line not in lines[:number]]


# Where one thing may be spelled in more than one way. The items of a list stand at the place of their list.
_SPELLINGS: tuple[tuple[tuple[str, ...], Callable[[Any], Any]], ...] = (
    (("latest",), iso),
    (("terms", "*", "keep"), one_spelling),
    (("terms", "*", "if-never"), one_spelling),
    (("terms", "*", "not-before"), iso),
    (("terms", "*", "approve-within"), iso),
    (("terms", "*", "warn"), _durations),
    (("cookies", "*", "keep"), iso),
    (("protection", "backups"), iso),
    (("activities", "*", "share"), _shares),
    (("activities", "*", "share", "when"), as_list),
    (("activities", "*", "look", "when"), as_list),
    (("activities", "*", "look", "limit"), iso),
    (("activities", "*", "people", "*", "details", "*", "when"), as_list),
)
