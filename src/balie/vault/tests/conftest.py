"""What the vault's tests share."""

from balie.vault.tests.real import real

__all__ = ["real"]
