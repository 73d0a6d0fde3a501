"""The doors' template tags, under the name by which templates load them."""

from balie.channels.tags import register

__all__ = ["register"]
