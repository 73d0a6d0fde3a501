"""The outbox: rows to send, claimed and sent by a door.

`from balie import post`, then `post.add(...)`. The names below are found when first
used, because Django imports this package before its tables exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.post.outbox import add, listed, tidy, untried, waiting, withdraw
    from balie.post.reasons import reason
    from balie.post.retrying import give_up, may_decide, try_now
    from balie.post.sending import claim, failed, sent, take_back

_HOME = {
    "add": "outbox",
    "claim": "sending",
    "failed": "sending",
    "give_up": "retrying",
    "listed": "outbox",
    "may_decide": "retrying",
    "reason": "reasons",
    "sent": "sending",
    "take_back": "sending",
    "tidy": "outbox",
    "try_now": "retrying",
    "untried": "outbox",
    "waiting": "outbox",
    "withdraw": "outbox",
}

__all__ = [
    "add",
    "claim",
    "failed",
    "give_up",
    "listed",
    "may_decide",
    "reason",
    "sent",
    "take_back",
    "tidy",
    "try_now",
    "untried",
    "waiting",
    "withdraw",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
