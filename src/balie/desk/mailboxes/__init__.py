"""Mailboxes from which a desk's mail is fetched: where they are, what was taken from each, and how they fare.

`from balie.desk import mailboxes`, then `mailboxes.states(actor)`. The names below are found when first used, because Django
imports this package before its tables exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.desk.mailboxes.connections import Connection, configured, look, named, secret_of
    from balie.desk.mailboxes.keeping import (
        Found,
        claim,
        due_again,
        forget_gone,
        known,
        leave,
        let_go,
        name_all,
        opened,
        recognised,
        settled,
        take,
        unmarked,
        went_well,
        went_wrong,
    )
    from balie.desk.mailboxes.models import FetchedMail, Mailbox
    from balie.desk.mailboxes.telling import REASONS, TROUBLES, LeftMail, MailboxState, states

_HOME = {
    "Connection": "connections",
    "FetchedMail": "models",
    "Found": "keeping",
    "LeftMail": "telling",
    "Mailbox": "models",
    "MailboxState": "telling",
    "REASONS": "telling",
    "TROUBLES": "telling",
    "claim": "keeping",
    "configured": "connections",
    "due_again": "keeping",
    "forget_gone": "keeping",
    "known": "keeping",
    "leave": "keeping",
    "let_go": "keeping",
    "look": "connections",
    "name_all": "keeping",
    "named": "connections",
    "opened": "keeping",
    "recognised": "keeping",
    "secret_of": "connections",
    "settled": "keeping",
    "states": "telling",
    "take": "keeping",
    "unmarked": "keeping",
    "went_well": "keeping",
    "went_wrong": "keeping",
}

__all__ = [
    "REASONS",
    "TROUBLES",
    "Connection",
    "FetchedMail",
    "Found",
    "LeftMail",
    "Mailbox",
    "MailboxState",
    "claim",
    "configured",
    "due_again",
    "forget_gone",
    "known",
    "leave",
    "let_go",
    "look",
    "name_all",
    "named",
    "opened",
    "recognised",
    "secret_of",
    "settled",
    "states",
    "take",
    "unmarked",
    "went_well",
    "went_wrong",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
