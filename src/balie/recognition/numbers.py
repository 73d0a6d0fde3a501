"""Numbers that prove themselves by their check digits: BSN, HETU, IBAN, payment cards."""

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum import iban, luhn, numdb
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu
from stdnum.nl import bsn

from balie.recognition import context
from balie.recognition.spans import Label

Found = tuple[int, int, Label]

# Each pattern begins with its first digit and looks back from behind it: so the engine skips from digit to digit, which
# is ten times as fast as looking back at every sign of a text.
# A BSN as people write it: nine digits, or in groups with one kind of sign between them.
_BSN = re.compile(
    r"[0-9](?<![0-9][0-9])(?:[0-9]{8}|[0-9]{3}(?P<a>[ .-])[0-9]{2}(?P=a)[0-9]{3}"
    r"|[0-9]{2}(?P<b>[ .-])[0-9]{3}(?P=b)[0-9]{3}|[0-9]{7})(?![0-9])"
)
_LONGER_BEFORE = re.compile(r"[0-9][ .,:/-]$")
_LONGER_AFTER = re.compile(r"[.,:/-][0-9]| [0-9]{3}(?![0-9])|[\w@%]|[-/][^\W_]")
_HETU = re.compile(
    r"[0-3](?<![^\W_][0-3])[0-9][01][0-9]{3} ?[-+A-FU-Y] ?[0-9]{3}[0-9A-FHJ-NPR-Y](?![^\W_])", re.IGNORECASE
)
_IBAN = re.compile(r"[0-9](?<=[A-Za-z]{2}[0-9])(?<![^\W_][A-Za-z]{2}[0-9])[0-9](?=[ .-]?[A-Za-z0-9])")
_CARD = re.compile(
    r"[2-6](?<![\w.,][2-6])(?:[0-9]{12,18}|[0-9]{3}(?P<a>[ .-])[0-9]{4}(?P=a)[0-9]{4}(?P=a)[0-9]{4}(?:(?P=a)[0-9]{3})?"
    r"|[0-9]{3}(?P<b>[ .-])[0-9]{6}(?P=b)[0-9]{4,5})(?!\w)"
)
# First digits and lengths that card companies give out.
_CARD_KINDS = re.compile(
    r"4[0-9]{12}(?:[0-9]{3}){0,2}|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}"
    r"|3[47][0-9]{13}|3(?:0[0-5]|[689][0-9])[0-9]{11}|35(?:2[89]|[3-8][0-9])[0-9]{12}"
    r"|6(?:011|4[4-9][0-9]|5[0-9]{2})[0-9]{12}(?:[0-9]{3})?|(?:5[0678]|6[37])[0-9]{14}(?:[0-9]{2,3})?"
)
_SEPARATORS = str.maketrans("", "", " .-")


def bsns(text: str, country: str) -> Iterator[Found]:
    """Dutch national numbers. Outside the Netherlands one in eleven numbers of nine digits would look like one, so
    there, as with one of eight digits (a lost zero), the words before must say what it is.
    """
    for match in _BSN.finditer(text):
        if not bsn.is_valid(match[0]):
            continue
        piece = context.before(text, match.start())
        plain = country == "NL" and len(match[0]) > 8 and not _is_other(text, match, piece)
        if plain or context.says_national(piece):
            yield match.start(), match.end(), Label.BSN


def hetus(text: str) -> Iterator[Found]:
    """Finnish national numbers, also the temporary ones and those with the century signs in use since 2023."""
    for match in _HETU.finditer(text):
        if hetu.is_valid(match[0].replace(" ", ""), allow_temporary=True):
            yield match.start(), match.end(), Label.HETU


def ibans(text: str) -> Iterator[Found]:
    """Account numbers in the international form, of the length that their country uses, in groups or not."""
    for match in _IBAN.finditer(text):
        start = match.start() - 2
        rest = _account(text[start : match.start()].upper())
        whole = rest.match(text, start) if rest else None
        if whole is not None and iban.is_valid(whole[0], check_country=False):
            yield whole.start(), whole.end(), Label.IBAN


def cards(text: str) -> Iterator[Found]:
    """Payment cards: a known beginning, a length that goes with it, and the check digit."""
    for match in _CARD.finditer(text):
        for end in (match.end(), match.start() + 19):
            digits = text[match.start() : end].translate(_SEPARATORS)
            if _CARD_KINDS.fullmatch(digits) and luhn.is_valid(digits):
                if not context.says_thing(context.before(text, match.start())):
                    yield match.start(), end, Label.CREDIT_CARD
                break


def _is_other(text: str, match: re.Match[str], piece: str) -> bool:
    """Whether the digits belong to something longer, or to a thing, or are an amount."""
    beside = piece[-1:]
    return (
        beside.isalpha()
        or beside in set("_#/=&+@%-")
        or _LONGER_AFTER.match(text, match.end()) is not None
        or (_LONGER_BEFORE.search(piece) is not None and (len(match[0]) > 9 or not piece.endswith(" ")))
        or context.says_thing(piece)
        or context.is_amount(text, match.start(), match.end())
    )


@lru_cache(maxsize=1000)
def _account(country: str) -> re.Pattern[str] | None:
    """How a country's account numbers look, white space allowed between any two signs."""
    try:
        found = numdb.get("iban").info(country)[0][1].get("bban", "")
    except ValidationError:
        return None
    size = sum(int(number) for number in re.findall(r"([0-9]+)!", found))
    signs = rf"{country}[0-9]{{2}}(?:[ .-]?[A-Z0-9]){{{size}}}(?![^\W_])"
    return re.compile(signs, re.IGNORECASE) if size else None
