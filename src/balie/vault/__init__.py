"""All personal data, sealed: put, read, find, hold, correct, erase, start the clock. Nothing personal stands anywhere else."""

# Django's tables cannot be imported before it is set up, so the verbs are looked up at first use.
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.vault.auditing import (
        Clock,
        Held,
        Kind,
        clocks,
        holds,
        kinds,
        missing_files,
        of_kind,
        outlived,
        risen,
        stray_entries,
        stray_files,
        to_review,
        unfindable,
        without_key,
    )
    from balie.vault.clock import start_clock, stop_clock
    from balie.vault.correcting import correct, take_out
    from balie.vault.counting import OnHold, Overdue, erased_since, on_hold, overdue
    from balie.vault.declaring import declare
    from balie.vault.describing import (
        Described,
        Ended,
        about,
        all_of,
        describe,
        due,
        ended,
        kept,
        known_about,
        of_person,
        still_holding,
        unfinished,
    )
    from balie.vault.erasing import erase, erase_soon, finish
    from balie.vault.finding import find, find_beginning, search
    from balie.vault.forecasting import Going, forecast
    from balie.vault.holding import held, hold, release
    from balie.vault.index import RANKED, Found, merge, together
    from balie.vault.moving import move, settle
    from balie.vault.putting import Item, put
    from balie.vault.reading import Gone, Opened, Reading, record_looks
    from balie.vault.restoring import rebuild_index, replay, tidy, tidy_lately
    from balie.vault.secrets import check_master_key, forget, lookup, make_master_key, open_desk, signer_for, token
    from balie.vault.shortening import Effect, effect, shorten

_HOME = {
    "auditing": (
        "Clock",
        "Held",
        "Kind",
        "clocks",
        "holds",
        "kinds",
        "missing_files",
        "of_kind",
        "outlived",
        "risen",
        "stray_entries",
        "stray_files",
        "to_review",
        "unfindable",
        "without_key",
    ),
    "clock": ("start_clock", "stop_clock"),
    "correcting": ("correct", "take_out"),
    "counting": ("OnHold", "Overdue", "erased_since", "on_hold", "overdue"),
    "declaring": ("declare",),
    "describing": (
        "Described",
        "Ended",
        "about",
        "all_of",
        "describe",
        "due",
        "ended",
        "known_about",
        "kept",
        "of_person",
        "still_holding",
        "unfinished",
    ),
    "erasing": ("erase", "erase_soon", "finish"),
    "finding": ("find", "find_beginning", "search"),
    "forecasting": ("Going", "forecast"),
    "holding": ("held", "hold", "release"),
    "index": ("RANKED", "Found", "merge", "together"),
    "moving": ("move", "settle"),
    "putting": ("Item", "put"),
    "reading": ("Gone", "Opened", "Reading", "record_looks"),
    "restoring": ("rebuild_index", "replay", "tidy", "tidy_lately"),
    "secrets": ("check_master_key", "forget", "lookup", "make_master_key", "open_desk", "signer_for", "token"),
    "shortening": ("Effect", "effect", "shorten"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "RANKED",
    "Clock",
    "Described",
    "Effect",
    "Ended",
    "Found",
    "Going",
    "Gone",
    "Held",
    "Item",
    "Kind",
    "OnHold",
    "Opened",
    "Overdue",
    "Reading",
    "about",
    "all_of",
    "check_master_key",
    "clocks",
    "correct",
    "declare",
    "describe",
    "due",
    "effect",
    "ended",
    "erase",
    "erase_soon",
    "erased_since",
    "find",
    "find_beginning",
    "finish",
    "forecast",
    "forget",
    "held",
    "hold",
    "holds",
    "kept",
    "kinds",
    "known_about",
    "lookup",
    "make_master_key",
    "merge",
    "missing_files",
    "move",
    "of_kind",
    "of_person",
    "on_hold",
    "open_desk",
    "outlived",
    "overdue",
    "put",
    "rebuild_index",
    "record_looks",
    "release",
    "replay",
    "risen",
    "search",
    "settle",
    "shorten",
    "signer_for",
    "start_clock",
    "still_holding",
    "stop_clock",
    "stray_entries",
    "stray_files",
    "take_out",
    "tidy",
    "tidy_lately",
    "to_review",
    "together",
    "token",
    "unfindable",
    "unfinished",
    "without_key",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"the vault has no «{name}»")
    globals()[name] = found = getattr(import_module(f"balie.vault.{_MODULE_OF[name]}"), name)
    return found
