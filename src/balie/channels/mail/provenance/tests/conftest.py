"""What the tests of provenance share: a name server of our own on this machine."""

from collections.abc import Iterator

import pytest

from balie.channels.mail.provenance import resolver
from balie.channels.mail.provenance.tests.name_server import NameServer


@pytest.fixture
def names() -> Iterator[NameServer]:
    server = NameServer()
    yield server
    server.stop()
    resolver._resting.clear()
