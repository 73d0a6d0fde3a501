"""Account numbers in which letters and digits that look alike were mistaken: set right where the check digits prove it."""

import re

from stdnum import iban
from stdnum.exceptions import ValidationError

_LIKE = str.maketrans({"O": "0", "Q": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_LIKE_LETTERS = str.maketrans({"0": "O", "1": "I", "l": "I", "|": "I", "5": "S", "8": "B"})
_MAYBE = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z01l|58] ?[0-9OQoIl|SBZ]{2}(?: ?[A-Za-z0-9|]){11,30}(?![A-Za-z0-9])")
_BANK = re.compile(r"[A-Z]{4}")


def mended(text: str) -> str:
    """The text with such numbers right, sign for sign, so that places stay where they are. A number that is right as
    it stands, or that nothing proves, stays.
    """
    return _MAYBE.sub(lambda found: _number(found[0]), text)


def _number(written: str) -> str:
    if _is_right(written):
        return written
    bank = written.replace(" ", "")[4:8]
    kept = 8 if _BANK.fullmatch(bank) else 4  # four letters name the bank in some countries
    tried = _with_digits(written, {2, 3, *range(kept, len(written))})
    return tried if _is_right(tried) else written


def _with_digits(written: str, places: set[int]) -> str:
    """The number with digits for letters at these places, spaces not counted, and letters for digits in its country."""
    signs, place = [], 0
    for sign in written:
        like = _LIKE if place in places else _LIKE_LETTERS if place < 2 else {}
        signs.append(sign.translate(like))
        place += sign != " "
    return "".join(signs)


def _is_right(number: str) -> bool:
    try:
        iban.validate(number)
    except ValidationError:
        return False
    return True
