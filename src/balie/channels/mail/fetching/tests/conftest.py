"""What the tests of fetching share."""

import pytest

from balie.channels.mail.fetching import rounds
from balie.channels.mail.pacing import Pace
from balie.vault.tests.real import pytest_collection_modifyitems, real

__all__ = ["pytest_collection_modifyitems", "real"]


@pytest.fixture(autouse=True)
def _nobody_has_written_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wrote much in another test is read at once in this one."""
    monkeypatch.setattr(rounds, "PACE", Pace())
