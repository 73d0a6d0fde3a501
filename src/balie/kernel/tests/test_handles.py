"""Handles read from SQLite's digits are what `UUID` makes of them."""

import pickle
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from balie.kernel import handles


@given(st.uuids())
def test_a_stored_handle_is_the_handle(handle: UUID) -> None:
    read = handles.read(handle.hex)
    assert read == handle
    assert hash(read) == hash(handle)
    assert str(read) == str(handle)
    assert {read: 1}[handle] == 1
    assert pickle.loads(pickle.dumps(read)) == handle
    assert read.is_safe is handle.is_safe
    assert handles.read(handle) is handle


def test_a_handle_made_later_is_greater() -> None:
    made = [handles.new() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000
    assert [handles.read(one.hex) for one in made] == made
