"""The Merkle tree of RFC 6962: hashes, roots, and proofs that an entry is in it and that one tree continues another."""

import hashlib
from collections.abc import Callable, Sequence

# Gives the hash over the 2^height leaves that begin at leaf index·2^height.
Perfect = Callable[[int, int], bytes]

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root over 2^n hashes."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over neighbouring perfect trees, the largest first."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def of(hashes: Sequence[bytes]) -> Perfect:
    """Perfect trees over leaf hashes that are all at hand."""
    return lambda height, index: perfect_root(hashes[index << height : (index + 1) << height])


def root(start: int, end: int, perfect: Perfect) -> bytes:
    """The hash over the leaves from `start` to before `end`; `start` is where such a tree may begin."""
    peaks = []
    while start < end:
        height = (end - start).bit_length() - 1
        peaks.append(perfect(height, start >> height))
        start += 1 << height
    return fold(peaks)


def inclusion(index: int, size: int, perfect: Perfect) -> list[bytes]:
    """The path of RFC 6962 2.1.1, from the leaf upwards."""
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(root(middle, end, perfect))
            end = middle
        else:
            path.append(root(start, middle, perfect))
            start = middle
    return path[::-1]


def consistency(old: int, size: int, perfect: Perfect) -> list[bytes]:
    """The proof of RFC 6962 2.1.2 that the tree of `size` leaves begins with that of `old` leaves (0 < old <= size)."""
    proof, start, end, whole = [], 0, size, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(root(middle, end, perfect))
            end = middle
        else:
            proof.append(root(start, middle, perfect))
            start, whole = middle, False
    if not whole:
        proof.append(root(start, end, perfect))
    return proof[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root to which a path leads; ValueError when its length does not fit the tree (RFC 9162 2.1.3.2)."""
    last, at, found = size - 1, index, leaf
    for step in path:
        if last == 0:
            raise ValueError("the path is longer than the tree is high")
        if at % 2 or at == last:
            found = node_hash(step, found)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("the path is shorter than the tree is high")
    return found


def continues(old: int, old_root: bytes, size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `size` begins with the tree of `old` leaves (RFC 9162 2.1.4.2)."""
    if old == size:
        return not proof and old_root == new_root
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    at, last = old - 1, size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    if not steps:
        return False
    one = other = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            one, other = node_hash(step, one), node_hash(step, other)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            other = node_hash(other, step)
        at, last = at >> 1, last >> 1
    return last == 0 and one == old_root and other == new_root


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1
