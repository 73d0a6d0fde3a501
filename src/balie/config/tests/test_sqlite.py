"""The backend puts each statement into SQLite's words as Django does."""

import pytest
from django.db import connection, connections

from balie.config.sqlite.base import DatabaseWrapper


@pytest.mark.django_db(databases=["default", "keys"])
def test_places_and_percent_signs_are_django_s() -> None:
    assert isinstance(connections["default"], DatabaseWrapper)
    assert connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute("SELECT %s, '100%%', %s LIKE 'a%%'", ["x", "abc"])
            assert cursor.fetchall() == [("x", "100%", 1)]
        cursor.execute("SELECT '50%'")
        assert cursor.fetchall() == [("50%",)]
        cursor.execute("SELECT %(b)s, %(a)s", {"a": 1, "b": 2})
        assert cursor.fetchall() == [(2, 1)]
