"""Laying a desk's log out as files, so that it can be checked without this program (tools/verify_evidence.py)."""

import os
from pathlib import Path

from balie.evidence import tiles
from balie.evidence.canonical import body, canonical
from balie.evidence.leaves import leaf
from balie.evidence.rows import Row, rows
from balie.evidence.sealing import checkpoint
from balie.kernel import Invalid, sentence

_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def export(desk: str, folder: Path) -> int:
    """Write checkpoint, tiles and entries of one desk into a folder; returns how many entries the checkpoint covers.

    As C2SP tlog-tiles lays them out: `checkpoint`, `tile/<level>/<number>`, `tile/entries/<number>` (the leaves); and
    `entries.jsonl`, a line for each entry that has not expired, with its salt. Files are for their owner only. What was
    sealed later than the checkpoint is left out, a log that no longer fits is exported as it is. Invalid when nothing
    has been sealed.
    """
    note = checkpoint(desk)
    if note is None:
        raise Invalid(sentence("Nothing has been sealed at desk {desk} yet.", desk=desk))
    size = int(note.split("\n", 2)[1])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    read = tiles.kept(desk)
    for level, number, width in tiles.places(size):
        _write(folder / "tile" / str(level) / path(number, width), read(level, number)[: width * tiles.HASH])
    _write_entries(desk, size, folder)
    _write(folder / "checkpoint", note.encode())  # last: a folder with a checkpoint is complete
    return size


def path(number: int, width: int) -> str:
    """Where a tile lies in its level: groups of three figures, `x001/x234/067`, and `.p/<width>` until it is full."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups) + (f".p/{width}" if width < tiles.WIDTH else "")


def _write_entries(desk: str, size: int, folder: Path) -> None:
    with os.fdopen(os.open(folder / "entries.jsonl", _ANEW, 0o600), "w", encoding="utf-8") as lines:
        for number in range(-(-size // tiles.WIDTH)):
            first, end = number * tiles.WIDTH, min(size, (number + 1) * tiles.WIDTH)
            here = rows(desk, first, end)
            some = [here.get(index) for index in range(first, end)]
            _write(folder / "tile" / "entries" / path(number, end - first), b"".join(map(_bundled, some)))
            lines.writelines(_line(row) for row in some if row and row["salt"] is not None)


def _bundled(row: Row | None) -> bytes:
    """The leaf after its length in two bytes; of an entry that is missing, nothing after a length of nothing."""
    data = leaf(row["kind"], row["expires"], row["commitment"]) if row else b""
    return len(data).to_bytes(2, "big") + data


def _line(row: Row) -> str:
    return canonical({"index": row["index"], "salt": bytes(row["salt"]).hex(), "entry": body(row)}) + "\n"


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, _ANEW, 0o600), "wb") as out:
        out.write(data)
