"""The same desk, key and acts as in the package's own tests."""

from balie.evidence.tests.conftest import bob, entry, fill, key, nothing_recorded, sealed

__all__ = ["bob", "entry", "fill", "key", "nothing_recorded", "sealed"]
