"""What the desk's own receiving mail server found, as its Authentication-Results tell it; what others wrote is only counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from balie.channels.mail.provenance import domains
from balie.channels.mail.provenance.results import Field, Result, parse

NONE = "none"

# The words of each method (RFC 8601, 2.7; RFC 7489; RFC 8617). Any other says nothing.
_WORDS = {
    "spf": frozenset({NONE, "neutral", "pass", "fail", "softfail", "policy", "temperror", "permerror"}),
    "dkim": frozenset({NONE, "pass", "fail", "policy", "neutral", "temperror", "permerror"}),
    "dmarc": frozenset({NONE, "pass", "fail", "temperror", "permerror"}),
    "arc": frozenset({NONE, "pass", "fail", "temperror", "permerror"}),
}
_OLDER = {"hardfail": "fail", "bestguesspass": NONE}  # words that servers still write, and what they mean today


@dataclass(frozen=True, slots=True)
class Checks:
    """What is known of who sent a mail. A method that was not tried is empty.

    by: `server`, `ourselves` or empty. passed: the domains for which a check of the envelope or a signature passed.
    author: the domain of the From line that DMARC was checked for, as far as that was told.
    """

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    arc: str = ""
    by: str = ""
    passed: frozenset[str] = frozenset()
    spf_passed: frozenset[str] = frozenset()
    author: str = ""


def told(values: Sequence[str], ours: Sequence[str]) -> tuple[Checks, int]:
    """What the topmost field says when a server of ours wrote it, and how many fields were left aside.

    values: the fields, topmost first. ours: the names under which our servers write (authserv-id). Whoever sends a mail may
    write such fields into it, also under our name; but a server writes its own on top, so that only that one counts.
    Source: RFC 8601, sections 4.1 and 7.1.
    """
    names = {name.lower().rstrip(".") for name in ours}
    field = parse(values[0]) if values and names else None
    if field is None or field.server not in names:
        return Checks(), len(values)
    return _checks(field), len(values) - 1


def _checks(field: Field) -> Checks:
    found = {method: [one for one in field.results if one.method == method] for method in _WORDS}
    signed = frozenset(_signer(one) for one in found["dkim"] if _word(one) == "pass") - {""}
    spf = [one for one in found["spf"] if "smtp.mailfrom" in one.properties] or found["spf"]
    mailed = frozenset(_sent_from(one) for one in spf if _word(one) == "pass") - {""}
    return Checks(
        spf=_worst(spf),
        dkim=_best(found["dkim"]),
        dmarc=_worst(found["dmarc"]),
        arc=_worst(found["arc"]),
        by="server" if any(found.values()) else "",
        passed=signed | mailed,
        spf_passed=mailed,
        author=next((domains.plain(one.properties.get("header.from", "")) for one in found["dmarc"]), ""),
    )


def _word(one: Result) -> str:
    word = _OLDER.get(one.word, one.word)
    return word if word in _WORDS[one.method] else NONE


def _best(results: Sequence[Result]) -> str:
    """Of several signatures one that holds is enough; else what the first was."""
    words = [_word(one) for one in results]
    return "pass" if "pass" in words else next(iter(words), "")


def _worst(results: Sequence[Result]) -> str:
    """A method that is told once should be told once: a second result that differs was written by somebody else."""
    words = [_word(one) for one in results]
    return next((one for one in words if one != "pass"), next(iter(words), ""))


def _signer(one: Result) -> str:
    signer = one.properties.get("header.d") or one.properties.get("header.i", "").rpartition("@")[2]
    return domains.plain(signer)


def _sent_from(one: Result) -> str:
    sender = one.properties.get("smtp.mailfrom", "")
    return domains.plain(sender.rpartition("@")[2])
