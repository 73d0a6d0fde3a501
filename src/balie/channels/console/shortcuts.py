"""The keys of the console: one table, from which the sheet, the settings page and the page's script all take what they know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_noop
from markupsafe import Markup

from balie.kernel import Sentence, sentence

OFF = "off"  # what the preference says where somebody wants no single keys


@dataclass(frozen=True)
class Shortcut:
    """One thing to do and its key. keys: as typed; two with a space are pressed one after the other, a `+` holds the first down.

    fixed: held with a modifier, so that it disturbs nobody who speaks or types (WCAG 2.1.4); it cannot be changed.
    """

    code: str
    keys: str
    says: str
    fixed: bool = False


# Where a key works, what stands above it on the sheet, and the keys in the order of the sheet.
PLACES: tuple[tuple[str, str, tuple[Shortcut, ...]], ...] = (
    (
        "anywhere",
        gettext_noop("Anywhere"),
        (
            Shortcut("palette", "Ctrl+K", gettext_noop("Search or jump"), fixed=True),
            Shortcut("search", "/", gettext_noop("Search")),
            Shortcut("sheet", "?", gettext_noop("This sheet")),
            Shortcut("undo", "z", gettext_noop("Undo what was just done")),
            Shortcut("go-queue", "g q", gettext_noop("Go to the tickets")),
            Shortcut("go-mine", "g m", gettext_noop("Go to mine")),
            Shortcut("go-unassigned", "g u", gettext_noop("Go to nobody’s yet")),
            Shortcut("go-waiting", "g w", gettext_noop("Go to waiting")),
            Shortcut("go-closed", "g c", gettext_noop("Go to closed")),
            Shortcut("go-calls", "g p", gettext_noop("Register a call")),
            Shortcut("go-register", "g r", gettext_noop("Go to the register")),
            Shortcut("go-settings", "g s", gettext_noop("Go to your settings")),
        ),
    ),
    (
        "list",
        gettext_noop("In a list"),
        (
            Shortcut("next", "j", gettext_noop("Next")),
            Shortcut("previous", "k", gettext_noop("Previous")),
            Shortcut("open", "o", gettext_noop("Open it")),
            Shortcut("tick", "x", gettext_noop("Choose, or not")),
            Shortcut("together", "b", gettext_noop("What to do with the chosen")),
        ),
    ),
    (
        "ticket",
        gettext_noop("On a ticket"),
        (
            Shortcut("answer", "r", gettext_noop("Answer")),
            Shortcut("note", "n", gettext_noop("Internal note")),
            Shortcut("assign", "a", gettext_noop("Assign")),
            Shortcut("end", "c", gettext_noop("Close, or reopen")),
            Shortcut("privacy", "v", gettext_noop("Open the privacy strip")),
            Shortcut("news", "l", gettext_noop("Show what arrived")),
            Shortcut("back", "u", gettext_noop("Back to the list")),
        ),
    ),
    (
        "others",
        gettext_noop("Data of somebody else"),
        (
            Shortcut("others-needed", "y", gettext_noop("Needed for the answer")),
            Shortcut("others-mask", "m", gettext_noop("Mask them for good")),
            Shortcut("others-file", "f", gettext_noop("Delete the file")),
            Shortcut("others-message", "d", gettext_noop("Delete the message")),
            Shortcut("others-ticket", "t", gettext_noop("Delete the ticket")),
            Shortcut("others-ask", "s", gettext_noop("Ask to send it again without them")),
            Shortcut("others-breach", "p", gettext_noop("Possible data breach")),
        ),
    ),
    (
        "writing",
        gettext_noop("While writing"),
        (
            Shortcut("send", "Ctrl+Enter", gettext_noop("Send, or keep the note"), fixed=True),
            Shortcut("leave", "Esc", gettext_noop("Leave the field, close what is open"), fixed=True),
        ),
    ),
)
ALL = tuple(one for _place, _name, some in PLACES for one in some)
_BY_CODE = {one.code: one for one in ALL}
_USUAL = {one.code: one.keys for one in ALL}


@dataclass(frozen=True)
class Chosen:
    """The keys of one person. on: whether single keys do anything. keys: of every shortcut, by code, as typed."""

    on: bool
    keys: Mapping[str, str] = field(default_factory=dict)

    def shown(self, code: str) -> str:
        """A key as it may be shown beside what it does: nothing where it would do nothing."""
        return self.keys.get(code, "") if self.on or (code in _BY_CODE and _BY_CODE[code].fixed) else ""


def of(preferences: Mapping[str, Any]) -> Chosen:
    """The keys that somebody chose; whatever is stored and no longer fits is as if it had not been chosen.

    preferences: of the account. Under `shortcuts` stands `off`, or the keys that differ from the usual ones, by code;
    an empty key means that there is none.
    """
    stored = preferences.get("shortcuts", {})
    own = stored if isinstance(stored, dict) else {}
    keys = _USUAL | {code: key for code, key in own.items() if _may_change(code)}
    return Chosen(stored != OFF, keys if not own or refusal(keys) is None else _USUAL)


def changed(keys: Mapping[str, str]) -> dict[str, str]:
    """Of these keys the ones that differ from the usual: what is worth storing. Fixed and unknown ones are left out."""
    return {code: key for code, key in keys.items() if _may_change(code) and key != _BY_CODE[code].keys}


def refusal(keys: Mapping[str, str]) -> Sentence | None:
    """Why these keys cannot be: something longer than two signs one after the other, or one that stands in another's way."""
    taken = dict[str, str]()
    for code, typed in keys.items():
        if not _may_change(code) or not typed:
            continue
        if not _is_keys(typed):
            return sentence("«{key}» is no key for this: type one sign, or two with a space between.", key=typed)
        for other in taken:
            if other == typed or other.startswith(f"{typed} ") or typed.startswith(f"{other} "):
                return sentence("«{key}» and «{other}» stand in each other’s way.", key=typed, other=other)
        taken[typed] = code
    return None


def caps(keys: str) -> list[list[str]]:
    """A shortcut as keys to be drawn: pressed one after the other, and each the ones that are held together."""
    return [one.split("+") if len(one) > 1 else [one] for one in keys.split(" ")] if keys else []


def shown(preferences: Mapping[str, Any], desk: str) -> dict[str, object]:
    """The keys of one person, and the sheet of them."""
    chosen = of(preferences)
    return {"keys": chosen, "keys_sheet": _sheet(desk, get_language(), chosen.on, tuple(chosen.keys.items()))}


@lru_cache(maxsize=256)
def _sheet(desk: str, language: str, on: bool, keys: tuple[tuple[str, str], ...]) -> Markup:
    """It stands on every page and says the same to all who have the same keys: a fifth of a page that is made once."""
    asked = {"keys": Chosen(on, dict(keys)), "keys_table": PLACES, "caps": caps, "desk": desk}
    return Markup(render_to_string("console/_keys.html", asked))  # noqa: S704 - a template of ours


def _may_change(code: str) -> bool:
    return code in _BY_CODE and not _BY_CODE[code].fixed


def _is_keys(typed: str) -> bool:
    signs = typed.split(" ")
    return len(signs) <= 2 and all(len(one) == 1 and one.isprintable() and one == one.lower() for one in signs)
