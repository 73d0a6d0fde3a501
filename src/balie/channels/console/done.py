"""What was just done, said in one line on the page that follows: with what was left out, and a way to take it back."""

import re
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from balie.channels.console.requests import staff_of
from balie.channels.tags import said
from balie.desk import bulk

_ALL = {
    "assign": lambda n: ngettext("%(n)s ticket assigned.", "%(n)s tickets assigned.", n),
    "sort": lambda n: ngettext("%(n)s ticket sorted.", "%(n)s tickets sorted.", n),
    "close": lambda n: ngettext("%(n)s ticket closed.", "%(n)s tickets closed.", n),
    "reopen": lambda n: ngettext("%(n)s ticket opened again.", "%(n)s tickets opened again.", n),
    "undo": lambda n: ngettext("%(n)s ticket put back.", "%(n)s tickets put back.", n),
}
_SOME = {
    "assign": gettext_noop("%(n)s of %(all)s assigned."),
    "sort": gettext_noop("%(n)s of %(all)s sorted."),
    "close": gettext_noop("%(n)s of %(all)s closed."),
    "reopen": gettext_noop("%(n)s of %(all)s opened again."),
    "undo": gettext_noop("%(n)s of %(all)s put back."),
}
# What was done to one ticket before the next one of the view was shown.
_ONE = {
    "answered": gettext_noop("%(number)s is answered. This is the next one."),
    "closed": gettext_noop("%(number)s is closed. This is the next one."),
}
_LAST = {
    "answered": gettext_noop("%(number)s is answered. It was the last one here."),
    "closed": gettext_noop("%(number)s is closed. It was the last one here."),
}


@dataclass(frozen=True)
class LeftShown:
    """Tickets that were left out for one reason."""

    numbers: str
    reason: str


@dataclass(frozen=True)
class DoneShown:
    """What was done. undo: the name under which it is taken back, while it can be. seconds: so long."""

    text: str
    left: list[LeftShown]
    undo: str = ""
    seconds: int = 0


def done_of(request: HttpRequest) -> DoneShown | None:
    """What the address says was done: an act on many by its handle, or one ticket by its number. Nothing where it says nothing."""
    many, one = request.GET.get("done", ""), request.GET.get("did", "")
    if re.fullmatch(r"[0-9a-f]{32}", many):
        outcome = bulk.outcome(UUID(many), actor=staff_of(request))
        return _shown(outcome) if outcome else None
    found = re.fullmatch(r"(put-back|answered|closed)\.(\d{1,9})(?:\.(\d{1,9}))?", one)
    if found is None:
        return None
    act, number, of = found.groups()
    if act == "put-back":
        return DoneShown(_counted("undo", int(number), int(of or number)), [])
    last = "/tickets/" not in request.path
    return DoneShown(_((_LAST if last else _ONE)[act]) % {"number": number}, [])


def _shown(outcome: bulk.Outcome) -> DoneShown:
    left = sorted((said(one.reason), one.number) for one in outcome.left)
    reasons = [
        LeftShown(", ".join(str(number) for _reason, number in some), reason)
        for reason, some in groupby(left, lambda one: one[0])
    ]
    seconds = int((outcome.until - timezone.now()).total_seconds()) if outcome.until and outcome.done else 0
    text = _counted(outcome.act, len(outcome.done), len(outcome.done) + len(outcome.left))
    undo = str(outcome.undo) if outcome.undo and seconds > 0 else ""
    return DoneShown(text, reasons, undo, max(seconds, 0))


def _counted(act: str, done: int, of: int) -> str:
    if done == of:
        return _ALL[act](done) % {"n": done}
    return _(_SOME[act]) % {"n": done, "all": of}
