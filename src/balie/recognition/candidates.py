"""Everything in a text that may be a number, an address or a login of a person: where, what it may be, and how it looks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from stdnum import luhn
from stdnum.fi import hetu
from stdnum.nl import bsn

from balie.recognition import numbers
from balie.recognition.addresses import emails
from balie.recognition.phones import e164
from balie.recognition.spans import Label


@dataclass(slots=True)
class Candidate:
    """`looks`: how it is written and whether it proves itself, as a word that features are made of."""

    start: int
    end: int
    label: str
    looks: str


_IP4 = re.compile(r"[0-9](?<![\w.][0-9])[0-9]{0,2}(?:\.[0-9]{1,3}){3}(?![\w]|\.[0-9])")
_IP6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
_MAC = re.compile(
    r"[0-9a-f](?<![\w:-][0-9a-f])(?:[0-9a-f](?:[:-][0-9a-f]{2}){5}|[0-9a-f]{3}(?:\.[0-9a-f]{4}){2}|[0-9a-f]{11})(?!\w|[:-][0-9a-f])",
    re.IGNORECASE,
)
_IMEI = re.compile(r"[0-9](?<![\w-][0-9])(?:[ /-]?[0-9]){14}(?![\w-]|[ ][0-9])")
_PHONE = re.compile(
    r"[+(0](?<![\w+=&%#/-][+(0])(?<![0-9][.,:][+(0])(?:(?<=\+) ?[1-9(]|(?<=\()[+0-9]|(?<=0)[0-9]|(?<=0)[ /.-]{1,3}[1-9])"
    r"[0-9]{0,14}\)?(?:[ ./-]{0,3}\(?[0-9]{1,12}\)?){0,8}"
)
_DATE = re.compile(
    r"[0-9](?<![\w.-][0-9])(?:[0-9]?(?P<s>[-./ ]|\. | ?- ?)(?:0?[1-9]|1[0-2])(?P=s)'?(?:[12][0-9]{3}|[0-9]{2})"
    r"|[0-9]{3}[-./][01]?[0-9][-./][0-3]?[0-9])"
    r"(?![\w]|[-.,/][0-9])"
)
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z0-9]{1,3}(?<![A-Z][0-9])(?<![0-9][A-Z])-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}"
    r"|[A-ZÅÄÖ]{2,3}-[0-9]{1,3}|[A-Z]{2}[0-9]{2} [A-Z]{3}"
    r"|[A-Z0-9]{6})(?![\w-])",
    re.IGNORECASE,
)
_PLATE_GROUPS = re.compile(r"(?:[A-ZÅÄÖ]+|[0-9]+)(?:[- ]?(?:[A-ZÅÄÖ]+|[0-9]+))*", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![\w@/\\])[A-Za-z0-9](?:[A-Za-z0-9]|[./_-](?=[A-Za-z0-9])){2,27}(?:(?<=[0-9]) [0-9]{2,6}(?![\w])){0,4}(?![\w@])"
)
_LOGINS = (
    ("home", re.compile(r"(?:(?<=[\\/]Users[\\/])|(?<=[\\/]home[\\/]))(?!Public\b)[\w.-]{2,40}", re.IGNORECASE)),
    ("domain", re.compile(r"(?<![\w\\.:])[A-Za-z][A-Za-z0-9-]{1,20}\\[A-Za-z][\w.-]{1,40}")),
    ("at", re.compile(r"(?<![\w.@/])@[A-Za-z_][\w.]{2,30}(?<![.])")),
    (
        "key",
        re.compile(
            r"(?:(?<=user=)|(?<=user:)|(?<=uid=)|(?<=login=)|(?<=username=)|(?<=usr=)|(?<=account=)|(?<=gebruiker=))\"?[\w.@\\-]{2,50}(?<![.])",
            re.IGNORECASE,
        ),
    ),
    (
        "for",
        re.compile(
            r"(?:(?<=password for )|(?<=publickey for )|(?<=invalid user )|(?<=for user )|(?<=locked: ))"
            r"(?!invalid)[\w.@\\-]{2,50}(?<![.])",
            re.IGNORECASE,
        ),
    ),
    ("brackets", re.compile(r"(?<=\()[a-z][a-z0-9._]{3,20}(?=\))")),
    ("arrow", re.compile(r"(?<=-> )[a-z][\w.]{2,30}|(?<=→ )[a-z][\w.]{2,30}")),
)
_CHUNK = re.compile(r"[@\w][\w.@\\-]{1,40}")


def structured(text: str, country: str) -> Iterator[Candidate]:
    """What has a shape of its own; one place may be several things."""
    if "@" in text:
        yield from (Candidate(start, end, label, "") for start, end, label in emails(text))
    for label, found in (
        (Label.IBAN, numbers.ibans(text)),
        (Label.HETU, numbers.hetus(text)),
        (Label.CREDIT_CARD, numbers.cards(text)),
    ):
        yield from (Candidate(start, end, label, "proven") for start, end, _ in found)
    yield from _unproven(text)
    yield from _network(text)
    yield from _phones(text, country)
    yield from (Candidate(*match.span(), Label.DATE_OF_BIRTH, _mask(match[0])) for match in _DATE.finditer(text))
    yield from _plates(text)
    for looks, pattern in _LOGINS:
        yield from (Candidate(*match.span(), Label.USERNAME, looks) for match in pattern.finditer(text))


def codes(text: str) -> Iterator[Candidate]:
    """Numbers and codes without a shape that tells what they are."""
    for match in _CODE.finditer(text):
        written = match[0]
        digits = sum(sign.isdigit() for sign in written)
        if digits >= 3 or (digits == 2 and len(written) > 4):
            yield Candidate(*match.span(), Label.CASE_ID, _mask(written))


def _mask(written: str) -> str:
    """Letters as A or a, digits as 9, runs shortened: how a code looks."""
    found = ""
    for sign in written:
        one = "9" if sign.isdigit() else "A" if sign.isupper() else "a" if sign.isalpha() else sign
        if found[-2:] != one * 2 or one not in "9Aa":
            found += one
    return found


def _unproven(text: str) -> Iterator[Candidate]:
    for match in numbers._BSN.finditer(text):
        looks = "proven" if bsn.is_valid(match[0]) else "wrong"
        other = numbers._is_other(text, match, text[max(0, match.start() - 40) : match.start()])
        yield Candidate(*match.span(), Label.BSN, f"{looks}{len(match[0]) > 9}{other}")
    for match in numbers._HETU.finditer(text):
        if not hetu.is_valid(match[0].replace(" ", ""), allow_temporary=True):
            yield Candidate(*match.span(), Label.HETU, "wrong")
    for match in numbers._IBAN.finditer(text):
        start = match.start() - 2
        rest = numbers._account(text[start : match.start()].upper())
        whole = rest.match(text, start) if rest else None
        if whole:
            yield Candidate(*whole.span(), Label.IBAN, "shape")
    for match in numbers._CARD.finditer(text):
        if len(match[0].translate(numbers._SEPARATORS)) == 16:
            yield Candidate(
                *match.span(),
                Label.CREDIT_CARD,
                "luhn" if luhn.is_valid(match[0].translate(numbers._SEPARATORS)) else "wrong",
            )


def _network(text: str) -> Iterator[Candidate]:
    for match in _IP4.finditer(text):
        parts = match[0].split(".")
        if all(int(part) < 256 for part in parts):
            yield Candidate(*match.span(), Label.IP, "own" if parts[0] in ("10", "192", "172", "127") else "open")
    if text.count(":") > 2:
        for match in _IP6.finditer(text):
            if match[0].count(":") > 2 and _is_address(match[0]):
                yield Candidate(*match.span(), Label.IP, "six")
    yield from _devices(text)


def _devices(text: str) -> Iterator[Candidate]:
    for match in _MAC.finditer(text):
        if not match[0].isdigit():
            yield Candidate(*match.span(), Label.MAC, _mask(match[0])[:3])
    for match in _IMEI.finditer(text):
        digits = re.sub("[^0-9]", "", match[0])
        yield Candidate(*match.span(), Label.IMEI, "luhn" if luhn.is_valid(digits) else "wrong")


def _is_address(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return True


def _phones(text: str, country: str) -> Iterator[Candidate]:
    for match in _PHONE.finditer(text):
        end = match.end()
        written = match[0]
        if text[end : end + 1].isalnum() or text[end : end + 1] in ("@", "_", "%"):
            written = (
                written[: max(written.rfind(sign) for sign in " ./-(")].rstrip(" ./-(")
                if any(one in written for one in " ./-(")
                else ""
            )
        written = written.rstrip("( ")
        if ")" in written and "(" not in written:
            written = written.rstrip(")")
        digits = sum(sign.isdigit() for sign in written)
        if 7 <= digits <= 16 and not _DATE.fullmatch(written):
            yield Candidate(match.start(), match.start() + len(written), Label.PHONE, _plan(written, country, digits))


def _plan(written: str, country: str, digits: int) -> str:
    start = (
        "+" if written.lstrip("(").startswith("+") else "00" if written.startswith("00") else written.lstrip("(")[:2]
    )
    for one in (country, "NL", "FI"):
        if one and e164(written, one):
            return f"plan{start}"
    return f"free{start}{min(digits, 12)}"


def _plates(text: str) -> Iterator[Candidate]:
    for match in _PLATE.finditer(text):
        written = match[0]
        has_digit = any(sign.isdigit() for sign in written)
        if has_digit and not written.isdigit() and (any(sign.isalpha() for sign in written)):
            yield Candidate(*match.span(), Label.LICENCE_PLATE, _mask(written) + ("" if written.isupper() else "a"))


def chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Words in which a login may stand, signs of the end of a sentence left out."""
    for match in _CHUNK.finditer(text, start, end):
        written = match[0].rstrip(".-")
        if len(written) > 1:
            yield match.start(), match.start() + len(written)
