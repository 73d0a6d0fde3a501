"""Mailboxes from which a desk's mail is fetched: where they are, what was taken from each, and how they fare.

`from balie.desk import mailboxes`, then `mailboxes.states(actor)`. The names below are found when first used, because Django
imports this package before its tables exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.desk.mailboxes.states import REASONS, TROUBLES, LeftMail, MailboxState, states

_HOME = {"LeftMail": "states", "MailboxState": "states", "REASONS": "states", "TROUBLES": "states", "states": "states"}

__all__ = ["REASONS", "TROUBLES", "LeftMail", "MailboxState", "states"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
