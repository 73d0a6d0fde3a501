"""Account numbers in which letters and digits that look alike were mistaken: set right where the check digits prove it."""

import re

from stdnum import iban
from stdnum.exceptions import ValidationError

_LIKE = str.maketrans({"O": "0", "Q": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_MAYBE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2} ?[0-9OQoIl|SBZ]{2}(?: ?[A-Za-z0-9|]){11,30}(?![A-Za-z0-9])")
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
    """The number with digits for letters at these places, spaces not counted."""
    signs, place = [], 0
    for sign in written:
        signs.append(sign.translate(_LIKE) if place in places else sign)
        place += sign != " "
    return "".join(signs)


def _is_right(number: str) -> bool:
    try:
        iban.validate(number)
    except ValidationError:
        return False
    return True
