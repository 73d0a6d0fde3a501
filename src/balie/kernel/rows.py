"""Rows by hand where there are many: building a model's statement anew for each costs several times what it does."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import (
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    PositiveBigIntegerField,
    PositiveIntegerField,
    QuerySet,
    TextField,
    UUIDField,
)

from balie.kernel.handles import read as as_handle

Write = Callable[[Any], Any]


def insert(rows: Sequence[Model]) -> None:
    """Insert unsaved rows of one model in the caller's transaction; a key that the database counts is left to it."""
    if not rows:
        return
    way = _way(type(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(way.statement, [way.written(row) for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def delete(model: type[Model], column: str, handles: Sequence[UUID]) -> None:
    """Delete the rows of a model that have one of these handles in a column, in the caller's transaction."""
    gone = f'DELETE FROM "{model._meta.db_table}" WHERE "{column}" IN ({_places(handles)})'  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(gone, _written(handles))


def change(model: type[Model], column: str, keys: Sequence[int], **changes: object) -> None:
    """Change the rows of a model that have one of these numbers in a column, in one transaction."""
    fields = [field for field in model._meta.concrete_fields if field.name in changes]
    written = [field.get_db_prep_save(changes[field.name], connection) for field in fields]
    set_ = ", ".join(f'"{field.column}" = %s' for field in fields)
    statement = f'UPDATE "{model._meta.db_table}" SET {set_} WHERE "{column}" = %s'  # noqa: S608 - our own names
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [[*written, key] for key in keys])


def values(model: type[Model], column: str, *, where: str, handles: Sequence[UUID]) -> set[UUID]:
    """The different handles in one column of the rows that have one of these handles in another."""
    chosen = f'SELECT DISTINCT "{column}" FROM "{model._meta.db_table}" WHERE "{where}" IN ({_places(handles)})'  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(chosen, _written(handles))
        return {as_handle(row[0]) for row in cursor.fetchall()}


def chosen(
    model: type[Model], columns: Sequence[str], *, where: str, handles: Sequence[UUID]
) -> Iterator[tuple[UUID, tuple[Any, ...]]]:
    """The rows that have one of these handles in a column: that handle, and the values of other columns as they are stored.

    For many rows of a hot path: nothing is built but what is asked for.
    """
    native = connection.features.has_native_uuid_field
    known = {one if native else one.hex: one for one in handles}
    names = ", ".join(f'"{name}"' for name in (where, *columns))
    wanted = list(known)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            places = ", ".join(["%s"] * len(some))
            cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}" WHERE "{where}" IN ({places})', some)  # noqa: S608 - our own names
            for handle, *values_ in cursor.fetchall():
                yield known[handle], tuple(values_)


def read(query: QuerySet[Any, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows of a query for values. On SQLite each is made in one step: Django's own way asks many questions of each value."""
    if connection.vendor != "sqlite":
        return list(query)
    compiler = query.query.get_compiler(connection=connection)
    try:
        statement, given = compiler.as_sql()
    except EmptyResultSet:  # asked for what cannot be, as a condition on none
        return []
    makers = [(place, make) for place, (column, _, _) in enumerate(compiler.select) if (make := maker(column))]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [made(row, makers) for row in cursor.fetchall()]


def made(row: tuple[Any, ...], makers: Sequence[tuple[int, Write]]) -> tuple[Any, ...]:
    """A row as it is stored, each value read by its maker."""
    values = list(row)
    for place, make in makers:
        if values[place] is not None:
            values[place] = make(values[place])
    return tuple(values)


def maker(column: Any) -> Write | None:
    """How a stored value is read on SQLite; None where it is read as it is."""
    field = column.output_field
    plain = field.target_field if isinstance(field, ForeignKey) else field
    return _READ.get(type(plain))


def _moment(stored: datetime | str) -> datetime:
    """Python's module reads a column of moments as such by itself; what was computed comes as text."""
    return (datetime.fromisoformat(stored) if isinstance(stored, str) else stored).replace(tzinfo=UTC)


def _places(handles: Sequence[UUID]) -> str:
    return ", ".join(["%s"] * len(handles))


def _written(handles: Sequence[UUID]) -> list[UUID] | list[str]:
    """Handles as the database at hand writes them."""
    return list(handles) if connection.features.has_native_uuid_field else [handle.hex for handle in handles]


@dataclass(frozen=True)
class _Way:
    """How rows of one model are inserted. stamped: fields that take the moment of their own accord."""

    statement: str
    values: Callable[[Model], tuple[Any, ...]]
    stamped: list["Field[Any, Any]"]
    writers: list[tuple[int, Write]]

    def written(self, row: Model) -> list[Any]:
        for field in self.stamped:
            field.pre_save(row, add=True)
        values = list(self.values(row))
        for place, write in self.writers:
            values[place] = write(values[place])
        return values


@cache
def _way(model: type[Model]) -> _Way:
    fields = [field for field in model._meta.local_concrete_fields if field is not model._meta.auto_field]
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return _Way(
        f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})',  # noqa: S608 - our own names
        attrgetter(*(field.attname for field in fields)),
        [field for field in fields if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)],
        [(place, write) for place, field in enumerate(fields) if (write := _writer(field))],
    )


def _writer(field: "Field[Any, Any]") -> Write | None:
    """How a field's value is written; None where it is written as it is. On SQLite in one step for the common kinds:
    Django's own way asks many questions.
    """
    plain = field.target_field if isinstance(field, ForeignKey) else field
    if connection.vendor != "sqlite":
        return lambda value: field.get_db_prep_save(value, connection)
    if type(plain) in _AS_THEY_ARE:
        return None
    if type(plain) is UUIDField:
        return lambda value: value.hex if isinstance(value, UUID) else value
    if type(plain) is DateTimeField:
        return connection.ops.adapt_datetimefield_value
    if type(plain) is JSONField:
        return lambda value: None if value is None else json.dumps(value, cls=plain.encoder)
    return lambda value: field.get_db_prep_save(value, connection)


_READ: dict[type, Callable[[Any], Any]] = {UUIDField: as_handle, DateTimeField: _moment, BooleanField: bool}
_AS_THEY_ARE = (
    *(CharField, TextField, BooleanField, BinaryField, IntegerField),
    *(BigIntegerField, PositiveIntegerField, PositiveBigIntegerField),
)
