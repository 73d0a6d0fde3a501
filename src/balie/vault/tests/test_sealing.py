"""Sealing: what was sealed for one handle and item opens for no other; files cannot be cut, reordered or changed."""

import secrets

import pytest
from cryptography.exceptions import InvalidTag

from balie.kernel import handles
from balie.vault import files, sealing


def test_a_record_opens_only_for_its_own_handle_and_item() -> None:
    key, handle = secrets.token_bytes(32), handles.new()
    sealed = sealing.seal(key, handle, "email", b"alice@example.org")
    assert sealing.unseal(key, handle, "email", sealed) == b"alice@example.org"
    for other in ((handles.new(), "email"), (handle, "phone")):
        with pytest.raises(InvalidTag):
            sealing.unseal(key, *other, sealed)


@pytest.mark.parametrize("size", [0, 1, files.CHUNK - 1, files.CHUNK, files.CHUNK + 1, 3 * files.CHUNK])
def test_a_file_of_any_size_comes_back(size: int) -> None:
    key, handle, value = secrets.token_bytes(32), handles.new(), secrets.token_bytes(size)
    files.write(key, handle, "attachment", value)
    assert files.read(key, handle, "attachment") == value
    files.remove(handle)
    files.remove(handle)  # twice does no harm
    assert not files.path_of(handle).exists()


def test_a_file_that_was_cut_at_a_chunk_or_reordered_does_not_open() -> None:
    key, handle = secrets.token_bytes(32), handles.new()
    files.write(key, handle, "attachment", secrets.token_bytes(3 * files.CHUNK))
    path, piece = files.path_of(handle), files.CHUNK + 16
    whole = path.read_bytes()
    head, chunks = whole[:7], [whole[7 + n * piece : 7 + (n + 1) * piece] for n in range(3)]
    for changed in ((0, 1), (1, 0, 2), (0, 2), (0, 0, 2)):
        path.write_bytes(head + b"".join(chunks[n] for n in changed))
        with pytest.raises(InvalidTag):
            files.read(key, handle, "attachment")
    files.remove(handle)
