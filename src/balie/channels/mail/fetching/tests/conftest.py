"""What the tests of fetching share."""

from balie.vault.tests.real import pytest_collection_modifyitems, real

__all__ = ["pytest_collection_modifyitems", "real"]
