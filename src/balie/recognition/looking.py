"""Looks through one text and tells what was found where, each place once."""

import re
import unicodedata
from collections.abc import Iterable

from balie.recognition.addresses import emails
from balie.recognition.numbers import bsns, cards, hetus, ibans
from balie.recognition.phones import e164, phones
from balie.recognition.spans import Label, Participants, Role, Span

_SIGN = re.compile("[0-9@]")
_DIGITS = re.compile("[0-9]{3}|[0-9][ .()/-]{1,3}[0-9]")
_ORDER = {label: number for number, label in enumerate(Label)}
# A BSN is not among them: one in eleven phone numbers would be one.
_PROVEN = frozenset({Label.IBAN, Label.HETU, Label.CREDIT_CARD})
_DASHES, _SPACES = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "\u00a0\u2007\u2009\u202f\u3000"
# Other scripts' digits, dashes and spaces for the plain ones, sign for sign, so that places stay where they are.
_PLAIN = {
    number: str(unicodedata.decimal(chr(number)))
    for number in range(128, 0x1FC00)
    if unicodedata.decimal(chr(number), None) is not None
}
_PLAIN |= {ord(sign): "-" for sign in _DASHES} | {ord(sign): " " for sign in _SPACES}
_PLAIN |= {ord("\uff20"): "@", ord("\uff0b"): "+", ord("\uff0e"): "."}


def look_through(text: str, *, participants: Participants, country: str) -> list[Span]:
    """Everything with a structure of its own, in the order of the text, none overlapping: of two findings in one
    place the longer stands, but a number that proves itself before anything else. `country`: ISO 3166 code of the
    desk, for numbers in their national form. Time grows with the length only; never raises. Source: mission,
    invariant 2; S3.12.
    """
    plain = _plain(text)
    if not _SIGN.search(plain):
        return []
    found: list[Span] = []
    if "@" in plain:
        known = {address.casefold() for address in participants.emails}
        found += [Span(*one, _whose(plain[one[0] : one[1]].casefold(), known)) for one in emails(plain)]
    if _DIGITS.search(plain):
        found += _numbers(plain, participants, country.upper())
    return _each_place_once(found, len(text))


def _plain(text: str) -> str:
    if text.isascii():
        return text
    try:
        text.encode("latin-1")  # by far the quickest way to know that only one sign need be looked for
    except UnicodeEncodeError:
        return text.translate(_PLAIN)
    return text.replace("\u00a0", " ")


def _numbers(text: str, participants: Participants, country: str) -> list[Span]:
    proven = (*bsns(text, country), *hetus(text), *ibans(text), *cards(text))
    found = [Span(*one, Role.UNKNOWN) for one in proven]
    known = {e164(number, country) for number in participants.phones}
    for start, end, label, number in phones(text, country):
        found.append(Span(start, end, label, Role.PARTICIPANT if number in known else Role.UNKNOWN))
    return found


def _rank(span: Span) -> tuple[bool, int, int, int]:
    label = Label(span.label)
    return label not in _PROVEN, span.start - span.end, _ORDER[label], span.start


def _whose(address: str, known: Iterable[str]) -> Role:
    return Role.PARTICIPANT if address in known else Role.THIRD_PARTY


def _each_place_once(spans: list[Span], size: int) -> list[Span]:
    kept: list[Span] = []
    taken = bytearray(size)
    for span in sorted(spans, key=_rank):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda one: one.start)
