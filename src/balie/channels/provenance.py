"""Who sent a mail, as far as that is known: the codes that stay with a message, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from balie.kernel import Sentence, sentence

Codes = Mapping[str, object]

_BY = {
    "server": sentence("So says the mail server that received it for this desk."),
    "ourselves": sentence("So it was found here."),
}
_VOUCHED = {
    "dmarc": sentence("The domain of the address vouches for this mail (DMARC)."),
    "dkim": sentence("The domain has signed this mail, and nobody has changed it since (DKIM)."),
    "spf": sentence("The domain lets this mail server send for it (SPF)."),
    "arc": sentence("Those who passed it on vouch for what they found (ARC)."),
}
_WARNED = {
    "failed": sentence("The domain of the address does not vouch for this mail: somebody else may have written it."),
    "not-aligned": sentence("Another domain vouches for this mail than the one in its address."),
    "display-name": sentence("The name it shows is another address, or one of this desk: it may want to deceive."),
    "look-alike": sentence("The domain of the address resembles one that is known here, and is another."),
    "reply-to": sentence("It wants its answers at another domain than the one it came from."),
}
_OTHER = sentence("Something about its sender is not as it should be.")


@dataclass(frozen=True)
class Told:
    """What a page says of a sender. level: `checked`, `unknown` or `warning`; summary: that in two words."""

    level: Literal["checked", "unknown", "warning"]
    summary: Sentence
    said: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...] = ()

    @property
    def icon(self) -> str:
        return {"checked": "shield-check", "unknown": "mail-question", "warning": "alert-triangle"}[self.level]

    @property
    def kind(self) -> str:
        """The class of its colour, which only repeats the word."""
        return {"checked": "good", "unknown": "", "warning": "warn"}[self.level]


def told(codes: Codes) -> Told:
    """What is known of who sent a mail, calm where it was checked, clear where there is a warning."""
    passed = [name for name in _VOUCHED if codes.get(name) == "pass"]
    by = _BY.get(str(codes.get("by", "")))
    said = (*(_VOUCHED[name] for name in passed), *((by,) if passed and by else ()), *_ignored(codes))
    if warnings := _warnings(codes):
        return Told("warning", sentence("Look closely at the sender"), said, warnings)
    if passed and passed != ["arc"]:  # who passed it on says nothing about who wrote it
        return Told("checked", sentence("Sender checked"), said)
    nothing = sentence("No mail server that this desk trusts has said who sent this mail.")
    return Told("unknown", sentence("Sender not checked"), (nothing, *said))


def _warnings(codes: Codes) -> tuple[Sentence, ...]:
    given = codes.get("warnings")
    known = [str(one) for one in given] if isinstance(given, list) else []
    said = [_WARNED.get(code, _OTHER) for code in known]
    return tuple({one.template: one for one in said}.values())


def _ignored(codes: Codes) -> tuple[Sentence, ...]:
    number = codes.get("ignored")
    if not isinstance(number, int) or not number:
        return ()
    if number == 1:
        return (sentence("What another server says of it was not believed."),)
    return (sentence("What {n} other servers say of it was not believed.", n=number),)
