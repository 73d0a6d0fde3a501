"""Checks an exported evidence log by itself: needs Python and `cryptography`, nothing of the program that wrote it.

    python verify_evidence.py FOLDER --vkey NAME+ID+KEY --checkpoint YESTERDAY

FOLDER holds what `balie evidence export` wrote. The public key and yesterday's checkpoint must come from elsewhere:
whoever can rewrite the log and holds its key can make a new log that fits in itself, but none that continues what was
signed yesterday. One sentence for each thing that does not fit; exit status 0 when everything fits, 1 when something
does not, 2 for wrong usage.
"""

import argparse
import base64
import hashlib
import json
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDTH, HASH = 256, 32
LEAF = struct.Struct(">BBI32s")  # version, kind, last day counted from 1970-01-01, SHA-256 of salt and entry
KINDS = {1: "act", 2: "look"}
LATEST = date.max.toordinal() - date(1970, 1, 1).toordinal()

Line = dict[str, Any]


class UnfitError(Exception):
    """Something without which nothing further can be checked."""


@dataclass
class Findings:
    """What was counted, and a sentence for each thing that does not fit."""

    sentences: list[str] = field(default_factory=list)
    fitting: int = 0
    expired: int = 0

    def add(self, sentence: str) -> None:
        self.sentences.append(sentence)


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes


def main(arguments: list[str] | None = None) -> int:
    asked = _arguments(arguments)
    findings = Findings()
    try:
        newest = _read_note(asked.folder / "checkpoint", asked.vkey)
        old = _read_note(asked.checkpoint, asked.vkey) if asked.checkpoint else None
        _check(asked.folder, newest, old, asked.as_of, findings)
    except UnfitError as found:
        findings.add(str(found))
    for sentence in findings.sentences:
        print(sentence)
    if findings.sentences:
        print(f"This log does not hold: {len(findings.sentences)} of the things above do not fit.")
        return 1
    print(f"{newest.size} entries sealed: {findings.fitting} as recorded, {findings.expired} expired under their term.")
    print(_about(old))
    return 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Checks an exported evidence log by itself.")
    parser.add_argument("folder", type=Path, help="what `balie evidence export` wrote")
    parser.add_argument("--vkey", required=True, help="the log's public key, NAME+ID+KEY, from outside the folder")
    parser.add_argument(
        "--checkpoint", type=Path, help="an earlier checkpoint, as it was mailed; from outside the folder"
    )
    today = datetime.now(UTC).date()
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=today, help="the day by which terms have ended (YYYY-MM-DD)"
    )
    return parser.parse_args(arguments)


def _about(old: Checkpoint | None) -> str:
    if old is None:
        return "No earlier checkpoint was given: a log cut or rebuilt by the holder of its key would not have shown."
    return f"The log continues the earlier checkpoint of {old.size} entries."


def _check(folder: Path, newest: Checkpoint, old: Checkpoint | None, today: date, findings: Findings) -> None:
    """One walk over all leaves: each against its tile and its entry, the tree against both checkpoints."""
    if old and old.origin != newest.origin:
        raise UnfitError(f"The earlier checkpoint is of another log, {old.origin}.")
    if old and old.size > newest.size:
        findings.add(f"The tail was cut: {old.size} entries were signed earlier, now there are {newest.size}.")
        old = None
    tree = Tree()
    entries = _entries(folder / "entries.jsonl", findings)
    line = next(entries, None)
    for index, leaf, sealed in _leaves(folder, newest.size, findings):
        while line and line["index"] < index:
            findings.add(f"Line {line['index']} of the entries is out of order or doubled.")
            line = next(entries, None)
        mine = line if line and line["index"] == index else None
        _judge(index, leaf, sealed, mine, today, findings)
        line = next(entries, None) if mine else line
        tree.add(sealed)
        if old and tree.size == old.size and tree.root() != old.root:
            findings.add(f"The log was rebuilt: its first {old.size} entries are not those that were signed earlier.")
    if line:
        findings.add(f"There are entries from {line['index']} on that no checkpoint covers.")
    if tree.root() != newest.root:
        findings.add("The leaves do not give the root that is signed.")
    _check_tiles(folder, tree, findings)


def _judge(index: int, leaf: bytes, sealed: bytes, line: Line | None, today: date, findings: Findings) -> None:
    """Does the leaf fit the tile, does the entry fit the leaf, and if there is none, may it be gone?"""
    if not leaf:
        findings.add(f"Entry {index} is missing.")
        return
    if hashlib.sha256(b"\x00" + leaf).digest() != sealed or len(leaf) != LEAF.size:
        findings.add(f"The seal of entry {index} was changed.")
        return
    version, kind, day, commitment = LEAF.unpack(leaf)
    ends = date(1970, 1, 1) + timedelta(days=min(day, LATEST))
    if version != 1 or kind not in KINDS:
        findings.add(f"The leaf of entry {index} is of a form that this program does not know.")
    elif line is None and ends > today:
        findings.add(f"Entry {index} was removed before its term, which ends on {ends}.")
    elif line is None:
        findings.expired += 1
    elif not _is_committed(line, KINDS[kind], commitment):
        findings.add(f"Entry {index} was changed after it was sealed.")
    else:
        findings.fitting += 1


def _is_committed(line: Line, kind: str, commitment: bytes) -> bool:
    try:
        written = canonical(line["entry"]).encode()
        salted = bytes.fromhex(line["salt"]) + written
        return line["entry"]["kind"] == kind and hashlib.sha256(salted).digest() == commitment
    except (KeyError, TypeError, ValueError):
        return False


class Tree:
    """The tree of RFC 6962 while it grows: for each height the one perfect tree that waits for its neighbour."""

    def __init__(self) -> None:
        self.size = 0
        self.waiting: dict[int, bytes] = {}
        self.tiles: dict[int, bytearray] = {}  # by level, hashes over 256^level leaves, from level 1 on

    def add(self, value: bytes) -> None:
        height, self.size = 0, self.size + 1
        while height in self.waiting:
            value = _node(self.waiting.pop(height), value)
            height += 1
            if height % 8 == 0:
                self.tiles.setdefault(height // 8, bytearray()).extend(value)
        self.waiting[height] = value

    def root(self) -> bytes:
        found = b""
        for height in sorted(self.waiting):
            found = _node(self.waiting[height], found) if found else self.waiting[height]
        return found or hashlib.sha256(b"").digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _check_tiles(folder: Path, tree: Tree, findings: Findings) -> None:
    for level, made in tree.tiles.items():
        for number, first in enumerate(range(0, len(made), WIDTH * HASH)):
            part = bytes(made[first : first + WIDTH * HASH])
            if _read(folder / "tile" / str(level) / _path(number, len(part) // HASH)) != part:
                findings.add(f"Tile {level}/{number} is missing or does not fit the entries under it.")


def _leaves(folder: Path, size: int, findings: Findings) -> Iterator[tuple[int, bytes, bytes]]:
    """Index, leaf and leaf hash of every entry that the checkpoint covers."""
    for number in range(-(-size // WIDTH)):
        first = number * WIDTH
        width = min(WIDTH, size - first)
        tile = _read(folder / "tile" / "0" / _path(number, width))
        if len(tile) != width * HASH:
            raise UnfitError(
                f"Tile 0/{number} is missing or not as long as the checkpoint says: "
                f"the entries from {first} on cannot be checked."
            )
        leaves = list(_unbundled(_read(folder / "tile" / "entries" / _path(number, width))))
        if len(leaves) != width:
            findings.add(f"The leaves from {first} on are {len(leaves)} instead of {width}.")
        leaves += [b""] * width
        for at in range(width):
            yield first + at, leaves[at], tile[at * HASH : (at + 1) * HASH]


def _unbundled(bundle: bytes) -> Iterator[bytes]:
    at = 0
    while at + 2 <= len(bundle):
        length = int.from_bytes(bundle[at : at + 2], "big")
        yield bundle[at + 2 : at + 2 + length]
        at += 2 + length


def _entries(file: Path, findings: Findings) -> Iterator[Line]:
    if not file.is_file():
        return
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, text in enumerate(lines, 1):
            line = _read_line(text)
            if line:
                yield line
            else:
                findings.add(f"Line {number} of the entries cannot be read.")


def _read_line(text: str) -> Line | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) and isinstance(line.get("index"), int) else None


def _path(number: int, width: int) -> str:
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups) + (f".p/{width}" if width < WIDTH else "")


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _read_note(file: Path, vkey: str) -> Checkpoint:
    """A checkpoint that the key has signed (C2SP signed-note, tlog-checkpoint, Ed25519)."""
    name, key_id, key = _read_vkey(vkey)
    text, _, signatures = _read(file).decode("utf-8", "replace").replace("\r\n", "\n").rpartition("\n\n")
    if not any(_is_signed(f"{text}\n".encode(), line, name, key_id, key) for line in signatures.splitlines()):
        raise UnfitError(f"«{file}» is no checkpoint signed with the given key.")
    try:
        origin, size, root = text.split("\n")[:3]
        return Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except ValueError:
        raise UnfitError(f"«{file}» is signed, but it is no checkpoint.") from None


def _is_signed(text: bytes, line: str, name: str, key_id: bytes, key: bytes) -> bool:
    signer, _, value = line.removeprefix("— ").rpartition(" ")
    try:
        signature = base64.b64decode(value, validate=True)
        if not line.startswith("— ") or signer != name or signature[:4] != key_id:
            return False
        Ed25519PublicKey.from_public_bytes(key).verify(signature[4:], text)
    except (ValueError, InvalidSignature):
        return False
    return True


def _read_vkey(vkey: str) -> tuple[str, bytes, bytes]:
    try:
        name, key_id, encoded = vkey.strip().split("+", 2)
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        name, key_id, key = "", "", b""
    if len(key) != 33 or key[0] != 1 or hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() != key_id:
        raise UnfitError("The public key is not of the form NAME+ID+KEY, or its id does not fit it.")
    return name, bytes.fromhex(key_id), key[1:]


def canonical(value: object) -> str:
    """RFC 8785: how an entry was written when it was sealed."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{encode_basestring(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value)


def _number(value: float) -> str:
    """As browsers write a number: the shortest figures that mean it, an exponent only beyond 10^21 and below 10^-6."""
    sign, figures, power = Decimal(repr(value)).normalize().as_tuple()
    digits = "".join(map(str, figures))
    point = len(digits) + int(power)
    if digits == "0":
        return "0"
    if -6 < point <= 21:
        whole, part = digits[: max(point, 0)].ljust(point, "0") or "0", "0" * -point + digits[max(point, 0) :]
        text = whole + ("." + part if part else "")
    else:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    return "-" * sign + text


if __name__ == "__main__":
    sys.exit(main())
