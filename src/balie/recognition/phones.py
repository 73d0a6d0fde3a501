"""Phone numbers in a text, by the numbering plans that the library phonenumbers keeps.

Its own matcher takes seconds on a long text and allows what no person writes; only its data are used here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, country_code_for_region
from phonenumbers.phonemetadata import PhoneMetadata, PhoneNumberDesc

from balie.recognition import context
from balie.recognition.spans import Label

_START = re.compile(
    r"[+(0](?<![\w/=&%#+][+(0])(?<![0-9][-./:,][+(0])(?:(?<=\+) ?(?=[1-9(])|(?<=\()0(?=[0-9 ()./-])|(?<=0)(?=[0-9 ()./-]))"
)
# After the first group a single digit stands alone only as a trunk zero in brackets or as the 6 of «+31 6».
_GROUPS = re.compile(
    r"(?:\+ ?)?\(?[0-9]{1,15}\)?(?:[ ./-]{0,2}\(0\))?(?:[ ./-]{0,2}[0-9](?![0-9]))?(?:[ ./-]{0,3}\(?[0-9]{2,15}\)?){0,6}"
)
_END_OF_GROUP = re.compile(r"[0-9]\)?(?![0-9])")
_DATE = re.compile(r"[0-9]{1,2}([-./ ])[0-9]{1,2}\1(?:[12][0-9])?[0-9]{2}(?![0-9]|\1[0-9])")
_NO_PHONE = re.compile(r"0[.][0-9]+|[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_AFTER = re.compile(r"[\w@%]|[.,:][0-9]")
_TRUNK = "(0)"
_BETWEEN = str.maketrans("", "", "+ ()./-")
SHORTEST, LONGEST = 7, 15  # digits


def phones(text: str, country: str) -> Iterator[tuple[int, int, Label, str]]:
    """Numbers that a person may have, with each its E.164 form: in the international form, or in that of `country`.

    Free and paid service numbers belong to no person and are passed over.
    """
    at = 0
    while begin := _START.search(text, at):
        start, at = begin.start(), begin.end()
        while found := _number(text, start, country):
            at, number = found
            yield start, at, Label.PHONE, number
            if text[at : at + 1] != "/":
                break
            start = at + 1  # «home/work»: the second number begins where no other may
        else:
            skipped = _DATE.match(text, start)
            at = max(at, skipped.end() if skipped else at)


def e164(written: str, country: str) -> str:
    """A number as written, in E.164 (`+31612345678`); empty when it is no number that a person may have."""
    found = _number(written.strip(), 0, country) if written.strip() else None
    return found[1] if found else ""


def _number(text: str, start: int, country: str) -> tuple[int, str] | None:
    """The longest number that begins here, or None."""
    match = _GROUPS.match(text, start, start + 40)
    if match is None or match.end() - start < SHORTEST or _DATE.match(text, start):
        return None
    for end in reversed([one.end() for one in _END_OF_GROUP.finditer(text, start, match.end())]):
        written = text[start:end]
        number = "" if _AFTER.match(text, end) or _NO_PHONE.fullmatch(written) else _plain(written, country)
        if number and not context.says_thing(context.before(text, start)):
            return end - (written.endswith(")") and "(" not in written), number
    return None


def _plain(written: str, country: str) -> str:
    international = written.lstrip("( ").startswith("+")
    digits = (written.replace(_TRUNK, "") if international else written).translate(_BETWEEN)
    if not SHORTEST <= len(digits) <= LONGEST + 2:
        return ""
    if international or digits.startswith("00"):
        return _international(digits.removeprefix("00") if not international else digits)
    code = _code(country)
    plan = _plan(code)
    if not plan.personal or not plan.prefix or not digits.startswith(plan.prefix):
        return ""
    rest = digits.removeprefix(plan.prefix)
    return f"+{code}{rest}" if plan.personal.fullmatch(rest) else ""


def _international(digits: str) -> str:
    for size in (1, 2, 3):
        plan = _plan(int(digits[:size]))
        for rest in (digits[size:], digits[size:].removeprefix(plan.prefix)):
            if plan.any and plan.any.fullmatch(rest) and not (plan.service and plan.service.fullmatch(rest)):
                return f"+{digits[:size]}{rest}"
    return ""


@lru_cache(maxsize=300)
def _code(country: str) -> int:
    return int(country_code_for_region(country))


@dataclass(frozen=True, slots=True)
class _Plan:
    """How numbers behind one country code look. `prefix`: what is dialled before them inside the country."""

    prefix: str
    any: re.Pattern[str] | None
    personal: re.Pattern[str] | None
    service: re.Pattern[str] | None


@lru_cache(maxsize=300)
def _plan(code: int) -> _Plan:
    regions = [PhoneMetadata.metadata_for_region(region, None) for region in COUNTRY_CODE_TO_REGION_CODE.get(code, ())]
    known = [one for one in regions if one is not None]
    personal = [
        kind for one in known for kind in (one.fixed_line, one.mobile, one.voip, one.personal_number, one.pager)
    ]
    service = [
        kind for one in known for kind in (one.toll_free, one.premium_rate, one.shared_cost, one.uan, one.voicemail)
    ]
    prefix = known[0].national_prefix or "" if known else ""
    return _Plan(prefix, _either(one.general_desc for one in known), _either(personal), _either(service))


def _either(kinds: Iterable[PhoneNumberDesc | None]) -> re.Pattern[str] | None:
    patterns = [kind.national_number_pattern for kind in kinds if kind is not None and kind.national_number_pattern]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None
