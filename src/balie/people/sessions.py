"""Sessions: Django's own, in the database, written by this package and by no door. A row holds handles, nothing personal."""

from django.contrib.sessions.backends.db import SessionStore as Stored
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


class SessionStore(Stored):
    """The store that `SESSION_ENGINE` names; what it does is Django's, whose it is stands here."""

    def save(self, must_create: bool = False) -> None:
        super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        super().delete(session_key)

    def _get_session_from_db(self) -> Session | None:
        """As Django does it, by hand: every page begins with this."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_VALID, [self.session_key, now])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return None
        return Session(session_key=self.session_key or "", session_data=found[0])


_VALID = f'SELECT "session_data" FROM "{Session._meta.db_table}" WHERE "session_key" = %s AND "expire_date" > %s'  # noqa: S608 - our own names
