"""Rows by hand where there are many: building a model's statement anew for each costs several times what it does."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model


def insert(rows: Sequence[Model]) -> None:
    """Insert unsaved rows of one model in the caller's transaction; a key that the database counts is left to it."""
    if not rows:
        return
    statement, fields = _statement(type(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows],
        )


def delete(model: type[Model], column: str, handles: Sequence[UUID]) -> None:
    """Delete the rows of a model that have one of these handles in a column, in the caller's transaction."""
    gone = f'DELETE FROM "{model._meta.db_table}" WHERE "{column}" IN ({_places(handles)})'  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(gone, _written(handles))


def values(model: type[Model], column: str, *, where: str, handles: Sequence[UUID]) -> set[UUID]:
    """The different handles in one column of the rows that have one of these handles in another."""
    chosen = f'SELECT DISTINCT "{column}" FROM "{model._meta.db_table}" WHERE "{where}" IN ({_places(handles)})'  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(chosen, _written(handles))
        return {row[0] if isinstance(row[0], UUID) else UUID(row[0]) for row in cursor.fetchall()}


def _places(handles: Sequence[UUID]) -> str:
    return ", ".join(["%s"] * len(handles))


def _written(handles: Sequence[UUID]) -> list[UUID] | list[str]:
    """Handles as the database at hand writes them."""
    return list(handles) if connection.features.has_native_uuid_field else [handle.hex for handle in handles]


@cache
def _statement(model: type[Model]) -> tuple[str, list["Field[Any, Any]"]]:
    fields = [field for field in model._meta.local_concrete_fields if field is not model._meta.auto_field]
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', fields  # noqa: S608 - our own names
