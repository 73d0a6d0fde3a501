"""Reads the list of MAPI properties inside a winmail.dat: those that are text or bytes, by their numbers."""

import struct
from collections.abc import Iterator
from typing import TypeAlias

PROPERTIES = 5000
VALUES = 5000  # of one property

Properties: TypeAlias = dict[int, str | bytes]

_HEAD = struct.Struct("<HH")
_LONG = struct.Struct("<I")
_FIXED = {1: 0, 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_STRING, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_SEVERAL = 0x1000


def properties(data: bytes) -> Properties:
    """The text and byte properties, the first value of each; what follows a broken one is lost."""
    found: Properties = {}
    try:
        for number, kind, value in _each(data):
            if kind == _UNICODE:
                found.setdefault(number, value.decode("utf-16-le", "replace").split("\0")[0])
            elif kind in (_STRING, _OBJECT, _BINARY):
                found.setdefault(number, value)
    except struct.error:
        pass
    return found


def _each(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    (count,) = _LONG.unpack_from(data)
    at = 4
    for _ in range(min(count, PROPERTIES)):
        kind, number = _HEAD.unpack_from(data, at)
        at += 4
        if number >= 0x8000:
            at = _after_name(data, at)
        several, kind = kind & _SEVERAL, kind & ~_SEVERAL
        if kind in _FIXED:
            (values,) = _LONG.unpack_from(data, at) if several else (1,)
            at += (4 if several else 0) + values * _FIXED[kind]
            continue
        if kind not in (_STRING, _UNICODE, _OBJECT, _BINARY):
            return
        first, at = _variable(data, at)
        yield number, kind, first


def _after_name(data: bytes, at: int) -> int:
    """Behind the name of a property that has one."""
    (named,) = _LONG.unpack_from(data, at + 16)
    (size,) = _LONG.unpack_from(data, at + 20)
    return at + 24 + (_padded(size) if named == 1 else 0)


def _variable(data: bytes, at: int) -> tuple[bytes, int]:
    (count,) = _LONG.unpack_from(data, at)
    at += 4
    first = b""
    for number in range(min(count, VALUES)):
        (size,) = _LONG.unpack_from(data, at)
        at += 4
        if not number:
            first = data[at : at + size]
        at += _padded(size)
    return first, at


def _padded(size: int) -> int:
    return (size + 3) & ~3
