"""Sessions: Django's own, in the database, written by this package and by no door. A row holds handles, nothing personal."""

from django.contrib.sessions.backends.db import SessionStore as Stored


class SessionStore(Stored):
    """The store that `SESSION_ENGINE` names; what it does is Django's, whose it is stands here."""

    def save(self, must_create: bool = False) -> None:
        super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        super().delete(session_key)
