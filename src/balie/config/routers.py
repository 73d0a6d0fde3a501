"""Which model lives in which database: the keys apart from everything else."""

from typing import Any

from django.db.models import Model


class KeysApart:
    """Models of `balie.vault.keys` live in the database `keys`, all others in `default`; the two are never joined."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return "keys" if model._meta.app_label == "keys" else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return one._meta.app_label == other._meta.app_label or "keys" not in (
            one._meta.app_label,
            other._meta.app_label,
        )

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "keys") == (app_label == "keys")
