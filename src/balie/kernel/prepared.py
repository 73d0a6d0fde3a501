"""Questions that every page asks: put into the database's words once, then asked each time with other values.

Building a statement costs Django several times what the database needs to answer it.
"""

import json
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField, Model, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

from balie.kernel import rows

Asked = ParamSpec("Asked")
Row = TypeVar("Row")

_MANY = (list, tuple, set, frozenset)
_MOST = 500  # statements that one question keeps


class Prepared(Generic[Asked, Row]):
    """A question, made by `prepared`. Called with values it gives the rows: models, or tuples of a query for values.

    What is given by place is a value of the question: handle, text, whole number, moment, or several of these for an `__in`. What
    is given by name shapes it, and is kept with the statement: never anything personal.
    """

    def __init__(self, make: Callable[Asked, QuerySet[Any, Row]]) -> None:
        self._make = make
        self._known: dict[object, _Statement | None] = {}
        self.__doc__, self.__name__ = make.__doc__, make.__name__

    def __call__(self, *given: Asked.args, **shape: Asked.kwargs) -> list[Row]:
        values = [_padded(one) if isinstance(one, _MANY) else one for one in given]
        statement = self._statement(values, shape)
        return [] if statement is None else statement.rows(values)

    def first(self, *given: Asked.args, **shape: Asked.kwargs) -> Row | None:
        """The first row, or None. All are fetched: for questions that few rows answer."""
        return next(iter(self(*given, **shape)), None)

    def count(self, *given: Asked.args, **shape: Asked.kwargs) -> int:
        """How many rows there are; none is fetched."""
        values = [_padded(one) if isinstance(one, _MANY) else one for one in given]
        statement = self._statement(values, shape)
        return 0 if statement is None else statement.count(values)

    def _statement(self, values: list[object], shape: dict[str, object]) -> "_Statement | None":
        form = tuple(len(one) if isinstance(one, list) else None if one is None else type(one) for one in values)
        key = (form, *shape.items())
        if key not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = _built(self._make, values, shape)
        return self._known[key]


def prepared(make: Callable[Asked, QuerySet[Any, Row]]) -> Prepared[Asked, Row]:
    """Of a function that makes a query: the same question, built once for each shape of what it is asked with."""
    return Prepared(make)


@dataclass(frozen=True)
class _Statement:
    """sql: with a place for each of `places`, which say where its value comes from: of which value, and if of several which."""

    sql: str
    constants: list[Any]
    places: list[tuple[int, int, int | None]]
    read: Callable[[tuple[Any, ...]], Any]

    def rows(self, values: Sequence[Any]) -> list[Any]:
        database = connections[DEFAULT_DB_ALIAS]
        with database.cursor() as cursor:
            cursor.execute(self.sql, self._filled(values, database))
            return [self.read(row) for row in cursor.fetchall()]

    def count(self, values: Sequence[Any]) -> int:
        database = connections[DEFAULT_DB_ALIAS]
        with database.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self.sql}) AS found", self._filled(values, database))  # noqa: S608 - our own
            return int(cursor.fetchone()[0])

    def _filled(self, values: Sequence[Any], database: BaseDatabaseWrapper) -> list[Any]:
        filled = list(self.constants)
        for place, number, part in self.places:
            filled[place] = _written(values[number] if part is None else values[number][part], database)
        return filled


def _built(
    make: Callable[..., QuerySet[Any, Any]], values: list[object], shape: dict[str, object]
) -> _Statement | None:
    """The statement, found by asking for values that stand nowhere else. None where nothing can be found, as among none."""
    database = connections[DEFAULT_DB_ALIAS]
    signs = [[_sign(part) for part in one] if isinstance(one, list) else _sign(one) for one in values]
    query = make(*signs, **shape)
    compiler = query.query.get_compiler(connection=database)
    try:
        sql, constants = compiler.as_sql()
    except EmptyResultSet:
        return None
    sources: dict[object, tuple[int, int | None]] = {}
    for number, sign in enumerate(signs):
        if isinstance(sign, list):
            sources |= {_written(part, database): (number, at) for at, part in enumerate(sign)}
        elif sign is not None:
            sources[_written(sign, database)] = number, None
    places = [(place, *sources[one]) for place, one in enumerate(constants) if one in sources]
    if {tuple(where) for _, *where in places} != set(sources.values()):
        raise TypeError(f"«{make.__name__}» does not ask with each value as it is given: it cannot be prepared")
    return _Statement(sql, list(constants), places, _reader(query, compiler))


def _padded(values: Collection[Any]) -> list[Any]:
    """As many as the next power of two, the last one several times: so that each length has not a statement of its own."""
    known = list(values)
    return known + known[-1:] * ((1 << (len(known) - 1).bit_length()) - len(known)) if known else known


def _sign(value: object) -> object:
    """A value of the same kind that stands nowhere else in a statement."""
    if value is None:
        return None
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime):
        return datetime(1900, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbelow(10**15))
    if isinstance(value, int) and not isinstance(value, bool):
        return 2**29 + secrets.randbelow(2**29)
    if isinstance(value, str):
        return secrets.token_hex(16)
    raise TypeError(f"a {type(value).__name__} is no value that a question is asked with: give it by name")


def _written(value: Any, database: BaseDatabaseWrapper) -> object:
    """A value as Django hands it to the database at hand."""
    if isinstance(value, UUID):
        return value if database.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    return value


def _reader(query: QuerySet[Any, Any], compiler: Any) -> Callable[[tuple[Any, ...]], Any]:
    """How one row is read, as the query would read it."""
    makers = _makers(compiler)
    kind = query._iterable_class
    if kind is FlatValuesListIterable:
        return lambda row: rows.made(row, makers)[0]
    if kind is ValuesListIterable:
        return lambda row: rows.made(row, makers)
    if kind is ModelIterable:
        return _models(compiler, makers)
    raise TypeError("only models and lists of values can be prepared")


def _models(compiler: Any, makers: list[tuple[int, rows.Write]]) -> Callable[[tuple[Any, ...]], Model]:
    model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [column.target.attname for column, _, _ in compiler.select[start:end]]
    related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of Django 6

    def read(row: tuple[Any, ...]) -> Model:
        values = rows.made(row, makers)
        found: Model = model.from_db(DEFAULT_DB_ALIAS, names, values[start:end])
        for one in related:
            one.populate(values, found)
        return found

    return read


def _makers(compiler: Any) -> list[tuple[int, rows.Write]]:
    """By place: how a stored value is read, where it is not read as it is."""
    columns = [column for column, _, _ in compiler.select]
    usual = compiler.get_converters(columns)
    found: list[tuple[int, rows.Write]] = []
    for place, column in enumerate(columns):
        by_hand = rows.maker(column) if connection.vendor == "sqlite" else None
        if by_hand is None and type(column.output_field) is JSONField:
            by_hand = json.loads
        if by_hand is None and place in usual:
            by_hand = _as_usual(*usual[place])
        if by_hand is not None:
            found.append((place, by_hand))
    return found


def _as_usual(converters: list[Callable[..., Any]], column: Any) -> rows.Write:
    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, column, connection)
        return value

    return read
