"""The backend that `DATABASES` names. Django rewrites the places of every statement each time it is put, which for a long one costs
more than SQLite needs to answer it; here each is rewritten once.
"""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base


@lru_cache(maxsize=2048)
def _in_its_words(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; a statement given before is not rewritten again."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is not None:
            return super().convert_query(query, param_names=param_names)
        return _in_its_words(query)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite with that cursor."""

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
