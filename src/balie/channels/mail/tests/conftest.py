"""What the mail door's tests share."""

from typing import Any

import pytest

from balie.vault.tests.real import pytest_collection_modifyitems, real

__all__ = ["pytest_collection_modifyitems", "real"]


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    """What is tried here is the way to a mail server: answers go without waiting to be taken back."""
    settings.BALIE_UNDO = 0
