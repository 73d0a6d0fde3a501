"""Roots and proofs of RFC 6962."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balie.evidence import merkle, tiles

LEAVES = [
    bytes.fromhex(data)
    for data in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
HASHES = [merkle.leaf_hash(data) for data in LEAVES]


def root(size: int, hashes: list[bytes] = HASHES) -> bytes:
    return merkle.root(0, size, merkle.of(hashes))


def by_the_book(hashes: list[bytes]) -> bytes:
    """RFC 6962 2.1, word for word."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else merkle.EMPTY
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return merkle.node_hash(by_the_book(hashes[:half]), by_the_book(hashes[half:]))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_roots_are_those_that_other_logs_compute(size: int, expected: str) -> None:
    assert root(size).hex() == expected


def test_an_inclusion_proof_is_the_one_that_other_logs_give() -> None:
    path = merkle.inclusion(5, 8, merkle.of(HASHES))
    assert [step.hex() for step in path] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_a_consistency_proof_is_the_one_that_other_logs_give() -> None:
    proof = merkle.consistency(3, 7, merkle.of(HASHES))
    assert [step.hex() for step in proof] == [
        "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e",
    ]


def many(size: int) -> list[bytes]:
    return [merkle.leaf_hash(number.to_bytes(3, "big")) for number in range(size)]


_SIZES = some.integers(1, 1500)


@given(_SIZES, some.data())
def test_every_entry_can_be_shown_to_be_in_the_log_and_no_other(size: int, data: some.DataObject) -> None:
    index = data.draw(some.integers(0, size - 1))
    hashes = many(size)
    path = merkle.inclusion(index, size, merkle.of(hashes))
    whole = by_the_book(hashes)
    assert merkle.root_from_inclusion(hashes[index], index, size, path) == whole
    assert merkle.root_from_inclusion(merkle.leaf_hash(b"another"), index, size, path) != whole
    with pytest.raises(ValueError, match="path"):
        merkle.root_from_inclusion(hashes[index], index, size, [*path, whole])
    if path:
        with pytest.raises(ValueError, match="path"):
            merkle.root_from_inclusion(hashes[index], index, size, path[:-1])


@given(_SIZES, some.data())
def test_a_longer_log_can_be_shown_to_continue_a_shorter_one_and_no_other(size: int, data: some.DataObject) -> None:
    old = data.draw(some.integers(1, size))
    hashes = many(size)
    proof = merkle.consistency(old, size, merkle.of(hashes))
    before, after = by_the_book(hashes[:old]), by_the_book(hashes)
    assert merkle.continues(old, before, size, after, proof)
    assert not merkle.continues(old, merkle.leaf_hash(b"another"), size, after, proof)
    assert not merkle.continues(old, before, size, merkle.leaf_hash(b"another"), proof)
    assert not merkle.continues(old, before, size, after, [*proof, before])
    if proof:
        assert not merkle.continues(old, before, size, after, proof[:-1])


@given(some.lists(some.integers(0, 400), min_size=1, max_size=5))
def test_a_tree_grown_in_steps_is_the_tree_made_at_once(steps: list[int]) -> None:
    kept: dict[tuple[int, int], bytes] = {}

    def read(level: int, number: int) -> bytes:
        return kept.get((level, number), b"")

    hashes = many(sum(steps))
    size = 0
    for step in steps:
        tree = tiles.Growing(size, read)
        for value in hashes[size : size + step]:
            tree.add(value)
        kept |= {place: bytes(tile) for place, tile in tree.touched.items()}
        size = tree.size
        assert tree.root() == by_the_book(hashes[:size])
    assert {(level, number): len(tile) // 32 for (level, number), tile in kept.items()} == {
        (level, number): width for level, number, width in tiles.places(size)
    }
    assert merkle.root(0, size, tiles.perfect(read)) == by_the_book(hashes)


def test_a_large_tree_has_a_third_level() -> None:
    tree = tiles.Growing()
    hashes = many(70_000)
    for value in hashes:
        tree.add(value)
    assert (2, 0) in tree.touched
    assert tree.root() == by_the_book(hashes)


def test_a_tile_that_is_too_short_is_named() -> None:
    with pytest.raises(ValueError, match="level 0 holds 1 hashes instead of 3"):
        tiles.Growing(3, lambda level, number: HASHES[0])
    with pytest.raises(LookupError, match="0/0"):
        merkle.root(0, 3, tiles.perfect(lambda level, number: b""))
