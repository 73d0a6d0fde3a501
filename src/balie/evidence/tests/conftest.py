"""A desk's key for the tests, and acts to fill a log with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from balie import evidence
from balie.evidence.models import Entry, Log, Tile
from balie.kernel import Actor, handles

DESK = "publications"
TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
URI = f"/register/{DESK}/tickets/versions/1"


@dataclass
class Key:
    """Signs as a desk does; the seed makes it the same in every run."""

    origin: str = "desk.example.org/evidence"
    seed: bytes = b"\x01" * 32

    def __post_init__(self) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(self.seed)
        self.public_key = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    @property
    def vkey(self) -> str:
        return evidence.vkey(self.origin, self.public_key)


@pytest.fixture(autouse=True)
def nothing_recorded(request: pytest.FixtureRequest) -> None:
    """These tests count what they record themselves; setting up the desks of a test run records something too."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        for table in (Entry, Tile, Log):
            table.objects.all().delete()


@pytest.fixture
def key() -> Key:
    return Key()


@pytest.fixture
def bob() -> Actor:
    return Actor("staff", handles.new().hex, DESK, roles=frozenset({"agent"}))


@pytest.fixture
def fill(bob: Actor) -> Callable[..., None]:
    """Records a number of acts, or looks, and not more."""

    def record(count: int, *, kind: str = "act", actor: Actor = bob) -> None:
        with transaction.atomic():
            for number in range(count):
                evidence.record(
                    "ticket.closed",
                    actor,
                    handles.new(),
                    operation="update",
                    activity=URI,
                    about=[handles.new()],
                    facts={"service": "website", "late": False, "minutes": number, "share": number / 3},
                    kind=kind,
                )

    return record


@pytest.fixture
def sealed(fill: Callable[..., None], key: Key) -> Callable[..., str]:
    """Records a number of acts and seals them; gives the checkpoint."""

    def seal(count: int, **more: str) -> str:
        fill(count, **more)
        evidence.seal(lambda desk: key)
        note = evidence.checkpoint(DESK)
        assert note
        return note

    return seal


@pytest.fixture
def entry() -> Callable[[int], Entry]:
    return lambda index: Entry.objects.get(desk=DESK, index=index)
