"""The message inside an opaque S/MIME signature (RFC 8551): found by walking the DER or BER of CMS, deciphering nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

DEPTH = 12
VALUES = 20_000  # that are looked at in one structure

SIGNED = bytes.fromhex("2a864886f70d010702")
ENVELOPED = bytes.fromhex("2a864886f70d010703")
AUTHENTICATED = bytes.fromhex("2a864886f70d0109100117")
_DATA = bytes.fromhex("2a864886f70d010701")
_OID, _OCTETS, _SEQUENCE, _WRAPPED, _OCTETS_IN_PIECES = 0x06, 0x04, 0x30, 0xA0, 0x24


@dataclass(frozen=True, slots=True)
class _Value:
    """One value: its tag, and where its content stands. after: where the next one begins."""

    tag: int
    start: int
    end: int
    after: int


def kind(data: bytes) -> bytes:
    """The object identifier of the outermost content; empty for what is no CMS."""
    try:
        whole = _value(data, 0, len(data), _Count())
        inner = _value(data, whole.start, whole.end, _Count())
    except (ValueError, IndexError):
        return b""
    return data[inner.start : inner.end] if whole.tag == _SEQUENCE and inner.tag == _OID else b""


def content(data: bytes) -> bytes | None:
    """The signed content of SignedData; None when there is none or it cannot be taken out."""
    if kind(data) != SIGNED:
        return None
    try:
        count = _Count()
        whole = _value(data, 0, len(data), count)
        wrapped = list(_values(data, whole, count))[1]
        signed = next(_values(data, wrapped, count))
        for one in _values(data, signed, count):
            if one.tag == _SEQUENCE:
                return _encapsulated(data, one, count)
    except (ValueError, IndexError, StopIteration):
        return None
    return None


class _Count:
    """How many values were looked at."""

    def __init__(self) -> None:
        self._left = VALUES

    def one(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise ValueError("too many values")


def _encapsulated(data: bytes, one: _Value, count: _Count) -> bytes | None:
    inside = list(_values(data, one, count))
    if len(inside) < 2 or data[inside[0].start : inside[0].end] != _DATA:
        return None
    return b"".join(_octets(data, inside[1], count, DEPTH)) or None


def _octets(data: bytes, one: _Value, count: _Count, depth: int) -> Iterator[bytes]:
    """The octets of a string that may be cut into pieces."""
    if one.tag == _OCTETS:
        yield data[one.start : one.end]
    elif one.tag in (_OCTETS_IN_PIECES, _WRAPPED) and depth:
        for piece in _values(data, one, count):
            yield from _octets(data, piece, count, depth - 1)


def _values(data: bytes, of: _Value, count: _Count) -> Iterator[_Value]:
    at = of.start
    while at < of.end:
        one = _value(data, at, of.end, count)
        yield one
        at = one.after


def _value(data: bytes, at: int, end: int, count: _Count, depth: int = DEPTH) -> _Value:
    count.one()
    tag, first = data[at], data[at + 1]
    at += 2
    if first == 0x80:
        return _unbounded(data, tag, at, end, count, depth)
    size = first
    if first & 0x80:
        wide = first & 0x7F
        if wide > 8:
            raise ValueError("a length too long")
        size = int.from_bytes(data[at : at + wide], "big")
        at += wide
    if at + size > end:
        raise ValueError("a value beyond its frame")
    return _Value(tag, at, at + size, at + size)


def _unbounded(data: bytes, tag: int, at: int, end: int, count: _Count, depth: int) -> _Value:
    """A value whose length is not told (BER): it ends with two zero octets."""
    if not depth:
        raise ValueError("values too deep in each other")
    start = at
    while data[at : at + 2] != b"\0\0":
        at = _value(data, at, end, count, depth - 1).after
    return _Value(tag, start, at, at + 2)
