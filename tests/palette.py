"""A screenshot with 256 colours at most, so that the manual stays small: PNG in, PNG out, by the standard library alone (ISO 15948)."""

import struct
import zlib
from collections import Counter

_MOST = 256
_Colour = tuple[int, int, int]


def reduced(png: bytes) -> bytes:
    """The same picture with a palette. png: 8 bits, RGB or RGBA without transparency, not interlaced, as Chromium writes it."""
    width, height, channels, rows = _read(png)
    lines = [list(zip(*(row[channel::channels] for channel in range(3)), strict=True)) for row in rows]
    seen = Counter(colour for line in lines for colour in line)
    palette = _chosen(seen)
    places: dict[_Colour, int] = {colour: place for place, colour in enumerate(palette)}
    for colour in seen.keys() - places.keys():
        places[colour] = min(range(len(palette)), key=lambda place: _distance(colour, palette[place]))
    pixels = b"".join(b"\0" + bytes(places[colour] for colour in line) for line in lines)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", bytes(sum(palette, ()))), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, body) for name, body in parts)


def _chosen(seen: Counter[_Colour]) -> list[_Colour]:
    """The commonest of each shade first, so that a small mark keeps its colour, and then the commonest."""
    common = [colour for colour, _ in seen.most_common()]
    shades = {tuple(part >> 4 for part in colour): colour for colour in reversed(common)}
    firsts = sorted(shades.values(), key=lambda colour: -seen[colour])[:_MOST]
    return list(dict.fromkeys([*firsts, *common]))[:_MOST]


def _read(png: bytes) -> tuple[int, int, int, list[bytes]]:
    at, packed, width, height, channels = 8, b"", 0, 0, 3
    while at < len(png):
        (size,), name = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + size]
        if name == b"IHDR":
            width, height, kind = *struct.unpack(">II", body[:8]), body[9]
            channels = {2: 3, 6: 4}[kind]
        packed += body if name == b"IDAT" else b""
        at += size + 12
    raw, rows, above = zlib.decompress(packed), [], bytes(width * channels)
    for line in range(height):
        start = line * (width * channels + 1)
        above = _plain(raw[start], raw[start + 1 : start + 1 + width * channels], above, channels)
        rows.append(above)
    return width, height, channels, rows


def _plain(kind: int, row: bytes, above: bytes, step: int) -> bytes:
    """A row without its filter (clause 9)."""
    if kind == 0:
        return row
    if kind == 2:
        return bytes((one + up) & 255 for one, up in zip(row, above, strict=True))
    made = bytearray(step) + row
    before = bytes(step) + above
    guess = {1: _left, 3: _mean, 4: _paeth}[kind]
    guess(made, before, step)
    return bytes(made[step:])


def _left(made: bytearray, before: bytes, step: int) -> None:
    for place in range(step, len(made)):
        made[place] = (made[place] + made[place - step]) & 255


def _mean(made: bytearray, before: bytes, step: int) -> None:
    for place in range(step, len(made)):
        made[place] = (made[place] + (made[place - step] + before[place]) // 2) & 255


def _paeth(made: bytearray, before: bytes, step: int) -> None:
    for place in range(step, len(made)):
        left, up, corner = made[place - step], before[place], before[place - step]
        to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - corner - corner)
        best = left if to_left <= to_up and to_left <= to_corner else up if to_up <= to_corner else corner
        made[place] = (made[place] + best) & 255


def _distance(one: _Colour, other: _Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
