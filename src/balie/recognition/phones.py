"""Phone numbers in a text, by the numbering plans that the library phonenumbers keeps.

Its own matcher takes seconds on a long text and allows what no person writes; only its data are used here.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
from phonenumbers.phonemetadata import PhoneMetadata

from balie.recognition import context
from balie.recognition.spans import Label

_START = re.compile(r"(?<![\w/=&%#+])(?<![0-9][-./:,])(?:\+ ?(?=[1-9(])|\(?0(?=[0-9 ()./-]))")
# After the first group a single digit stands alone only as a trunk zero in brackets or as the 6 of «+31 6».
_GROUPS = re.compile(
    r"(?:\+ ?)?\(?[0-9]{1,15}\)?(?:[ ./-]{0,2}\(0\))?(?:[ ./-]{0,2}[0-9](?![0-9]))?(?:[ ./-]{0,3}\(?[0-9]{2,15}\)?){0,6}"
)
_END_OF_GROUP = re.compile(r"[0-9]\)?(?![0-9])")
_DATE = re.compile(r"[0-9]{1,2}([-./ ])[0-9]{1,2}\1(?:[12][0-9])?[0-9]{2}(?![0-9])")
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
    while start := _START.search(text, at):
        found = _number(text, start.start(), country)
        if found is None:
            skipped = _DATE.match(text, start.start())
            at = skipped.end() if skipped else start.end()
            continue
        end, number = found
        yield start.start(), end, Label.PHONE, number
        at = end


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
    code, prefix, plan = _plan(country)
    if not plan or not prefix or not digits.startswith(prefix):
        return ""
    rest = digits.removeprefix(prefix)
    return f"+{code}{rest}" if plan.fullmatch(rest) else ""


def _international(digits: str) -> str:
    for size in (1, 2, 3):
        for region in COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:size] or 0), ()):
            _, prefix, plan = _plan(region)
            rest = digits[size:]
            if plan and (plan.fullmatch(rest) or plan.fullmatch(rest := rest.removeprefix(prefix))):
                return f"+{digits[:size]}{rest}"
    return ""


@lru_cache(maxsize=300)
def _plan(region: str) -> tuple[int, str, re.Pattern[str] | None]:
    """A region's country code, what is dialled before its national numbers, and how a person's numbers look."""
    data = PhoneMetadata.metadata_for_region(region, None)
    if data is None:
        return 0, "", None
    kinds = (data.fixed_line, data.mobile, data.voip, data.personal_number, data.pager)
    patterns = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
    plan = re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None
    return data.country_code or 0, data.national_prefix or "", plan
