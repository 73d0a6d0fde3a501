"""The key store is an app of its own, so that its tables live in a database of their own."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "balie.vault.keys"
    label = "keys"
