"""One way to write an entry: canonical JSON after RFC 8785, so that its hash is the same in twenty years."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

GREATEST = 2**53 - 1  # beyond it a reader in another language no longer sees the same number


def body(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the commitment of an entry covers. `row` holds the columns of the entries' table."""
    ref: UUID | None = row["ref"]
    taken = {
        name: row[name] for name in ("about", "act", "activity", "actor", "at", "desk", "facts", "kind", "operation")
    }
    return taken | {
        "ref": ref.hex if ref else None,
        "span": bytes(row["span"]).hex(),
        "trace": bytes(row["trace"]).hex(),
    }


def commitment(salt: bytes, written: str) -> bytes:
    """SHA-256 of salt and body: says nothing without the salt, and cannot be met by another body."""
    return hashlib.sha256(salt + written.encode()).digest()


def canonical(value: object) -> str:
    """RFC 8785 of plain data whose keys are ASCII. TypeError for anything that is no plain data."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return encode_basestring(value)
        case int():
            return str(value)
        case float():
            return _number(value)
        case list():
            return f"[{','.join(map(canonical, value))}]"
        case dict():
            return "{" + ",".join(f"{encode_basestring(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    raise TypeError(f"{type(value).__name__} is no plain data")


def _number(value: float) -> str:
    """As ECMAScript writes it: whole numbers without a point, an exponent only for the very small and large."""
    sign, figures, power = Decimal(repr(value)).normalize().as_tuple()
    if not isinstance(power, int):
        raise TypeError("neither the infinite nor the undefined can be written")
    digits = "".join(map(str, figures))
    point = len(digits) + power
    if digits == "0":
        return "0"
    if 0 < point <= 21:
        text = digits.ljust(point, "0")
        text = text[:point] + ("." + text[point:] if text[point:] else "")
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    return "-" * sign + text
