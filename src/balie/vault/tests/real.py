"""Desks for tests that commit: real files, real transactions, several threads. Before each, the databases stand as set up.

A copy is put back rather than everything made anew, since making two desks takes seconds.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from balie import register, vault
from balie.register import in_use
from balie.vault import index
from conftest import cast_of, make_desks

DATABASES = ["default", "keys"]
COMMITTED = pytest.mark.django_db(transaction=True, databases=DATABASES)
_as_set_up: dict[str, sqlite3.Connection] = {}


@pytest.fixture
def real(transactional_db: None) -> Iterator[Any]:
    """The cast of `publications`, in databases that really commit."""
    begin_anew()
    try:
        yield cast_of("publications", other="citizens-advice")
    finally:
        forget()
        _empty_folders()
        for name in DATABASES:
            connections[name].close()  # and with it what a test told its connection


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Imported by a conftest: tests with `real` may touch both databases."""
    for item in items:
        if "real" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker(COMMITTED)


def path_of(database: str) -> Path:
    """The file of a database under test."""
    return Path(connections[database].settings_dict["NAME"])


def bytes_of(database: str) -> bytes:
    """All bytes of a database: its file and the logs beside it."""
    path = path_of(database)
    return b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))


def take(database: str) -> sqlite3.Connection:
    """A copy of a database as it is now, as a backup takes it."""
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connections[database].ensure_connection()
    connections[database].connection.backup(copy)
    return copy


def put_back(database: str, copy: sqlite3.Connection) -> None:
    """Put a copy in the place of the database: a restore. What the process knew is forgotten."""
    connections[database].close()
    connections[database].ensure_connection()
    copy.backup(connections[database].connection)
    forget()


def forget() -> None:
    """What a process that starts anew does not know."""
    vault.forget()
    in_use.forget_all()
    index.close()


def begin_anew() -> None:
    """Databases, index and files as they stand after both desks have been set up."""
    forget()
    _empty_folders()
    if not _as_set_up:
        if not register.desks():
            make_desks()
        _as_set_up.update({name: take(name) for name in DATABASES})
    for name in DATABASES:
        put_back(name, _as_set_up[name])


def _empty_folders() -> None:
    for folder in (Path(settings.BALIE_INDEX).parent, Path(settings.BALIE_FILES)):
        for left in folder.rglob("*"):
            if left.is_file():
                left.unlink()
