"""The tree as it is kept: tiles of 256 hashes (C2SP tlog-tiles), of which only the right edge ever grows."""

from collections.abc import Callable, Iterator

from balie.evidence.merkle import fold, perfect_root
from balie.evidence.models import Tile

WIDTH = 256
HASH = 32
FULL = WIDTH * HASH

# Gives the bytes of one tile, level first, then number; empty when there is none.
Read = Callable[[int, int], bytes]


class Growing:
    """A tree to which leaves are added. It needs only the right edge: one unfinished tile a level."""

    def __init__(self, size: int = 0, read: Read = lambda level, number: b"") -> None:
        """Go on at `size` leaves. ValueError when a tile of the edge is shorter than that size says."""
        self.size = size
        self.touched: dict[tuple[int, int], bytearray] = {}
        self._edge: list[bytearray] = []
        while size:
            self._edge.append(_of_width(read(len(self._edge), size // WIDTH), size % WIDTH, len(self._edge)))
            size //= WIDTH

    def add(self, leaf: bytes) -> None:
        """Add one leaf hash; `touched` then holds the tiles that are new or longer."""
        self._add(0, self.size, leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root of RFC 6962 over all leaves."""
        return fold([peak for tile in reversed(self._edge) for peak in _peaks(bytes(tile))])

    def finished(self) -> Iterator[tuple[int, int, bytes]]:
        """Level, number and bytes of full tiles among the touched ones; each is given once and then let go."""
        for (level, number), tile in [(place, tile) for place, tile in self.touched.items() if len(tile) == FULL]:
            del self.touched[level, number]
            yield level, number, bytes(tile)

    def _add(self, level: int, index: int, value: bytes) -> None:
        if level == len(self._edge):
            self._edge.append(bytearray())
        tile = self._edge[level]
        tile += value
        self.touched[level, index // WIDTH] = tile
        if len(tile) == FULL:
            self._edge[level] = bytearray()
            self._add(level + 1, index // WIDTH, perfect_root(hashes(tile)))


def kept(desk: str) -> Read:
    """Reads the tiles of one desk from its table."""

    def read(level: int, number: int) -> bytes:
        tile = Tile.objects.filter(desk=desk, level=level, number=number).values_list("hashes", flat=True).first()
        return bytes(tile or b"")

    return read


def keep(desk: str, tree: Growing) -> None:
    """Write the touched tiles of a tree, in the caller's transaction."""
    rows = [Tile(desk=desk, level=at[0], number=at[1], hashes=bytes(tile)) for at, tile in tree.touched.items()]
    Tile.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["desk", "level", "number"], update_fields=["hashes"]
    )


def perfect(read: Read) -> Callable[[int, int], bytes]:
    """Hashes over 2^height leaves out of tiles, for proofs. LookupError names a tile that is missing or too short."""

    def hash_of(height: int, index: int) -> bytes:
        level, above = divmod(height, 8)
        first = index << above
        number, at = divmod(first, WIDTH)
        part = read(level, number)[at * HASH : (at + (1 << above)) * HASH]
        if len(part) != HASH << above:
            raise LookupError(f"{level}/{number}")
        return perfect_root(hashes(part))

    return hash_of


def hashes(tile: bytes | bytearray) -> list[bytes]:
    return [bytes(tile[at : at + HASH]) for at in range(0, len(tile), HASH)]


def places(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, number and width of every tile of a tree of that size."""
    level, count = 0, size
    while count:
        for number in range(count // WIDTH):
            yield level, number, WIDTH
        if count % WIDTH:
            yield level, count // WIDTH, count % WIDTH
        level, count = level + 1, count // WIDTH


def _of_width(tile: bytes, width: int, level: int) -> bytearray:
    if len(tile) < width * HASH:
        raise ValueError(f"the last tile of level {level} holds {len(tile) // HASH} hashes instead of {width}")
    return bytearray(tile[: width * HASH])


def _peaks(tile: bytes) -> Iterator[bytes]:
    """The perfect trees over an unfinished tile, the largest first."""
    found, at = hashes(tile), 0
    while at < len(found):
        count = 1 << (len(found) - at).bit_length() - 1
        yield perfect_root(found[at : at + count])
        at += count
