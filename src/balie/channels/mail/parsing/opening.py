"""Opens what a mail program wrapped around a mail: winmail.dat, and a signature that holds what it signs."""

from balie.channels.mail.parsing import signed_content, tnef
from balie.channels.mail.parsing.headers import Headers
from balie.channels.mail.parsing.parts import Budget, Part, inside

TNEF = "multipart/x-tnef"  # the kind of the part that stands for an opened winmail.dat

_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef", "application/x-tnef"})
CMS = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


def opened(part: Part, budget: Budget) -> Part | None:
    """What is in a wrapped part; None for one that is not wrapped, or that cannot be opened."""
    if part.main != "application":
        return None
    if part.media_type in _TNEF or _named(part) in ("winmail.dat", "win.dat"):
        return _unwrapped(part, budget)
    if part.media_type in CMS or _named(part) == "smime.p7m":
        content = signed_content.content(part.content) if budget.wrap(part.end - part.start) else None
        return inside(content, budget) if content else None
    return None


def _unwrapped(part: Part, budget: Budget) -> Part | None:
    if part.closed or not budget.wrap(part.end - part.start):
        return None
    found = tnef.parts(part.content)
    budget.parts -= len(found)
    return Part(b"", Headers(), TNEF, {}, 0, 0, found) if found else None


def _named(part: Part) -> str:
    return part.parameters.get("name", "").lower()
