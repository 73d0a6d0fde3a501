"""The outbox: rows to send, claimed and sent by a door.

`from balie import post`, then `post.add(...)`. The names below are found when first
used, because Django imports this package before its tables exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.post.outbox import add, listed, tidy, waiting
    from balie.post.sending import claim, failed, sent, take_back

_HOME = {
    "add": "outbox",
    "claim": "sending",
    "failed": "sending",
    "listed": "outbox",
    "sent": "sending",
    "take_back": "sending",
    "tidy": "outbox",
    "waiting": "outbox",
}

__all__ = [
    "add",
    "claim",
    "failed",
    "listed",
    "sent",
    "take_back",
    "tidy",
    "waiting",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
