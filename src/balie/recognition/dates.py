"""Days of the calendar in words, or with the month in letters: what may be a day of birth."""

import re
from collections.abc import Iterator

from balie.recognition.candidates import Candidate
from balie.recognition.spans import Label
from balie.recognition.tokens import Token
from balie.recognition.words import Kind

_YEAR = re.compile(r"'?(?:1[89]|20)[0-9]{2}(?![0-9])|'?[0-9]{2}(?![0-9:.])")
_DAY = re.compile(r"[0-3]?[0-9](?:\.|e|de|ste|st|nd|rd|th)?,?$")
_WORDS = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w{3,9}teenth|twent\w{1,9}|thirt\w{1,9}"
    r"|eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|\w{3,9}tiende|\w{0,9}(?:twintig|dertig)\w{0,4}"
    r"|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w{3,6}tien"
    r"|ensimmäi\w{1,6}|toi(?:nen|sta)|kol\w{1,8}|nelj\w{1,8}|viide\w{1,6}|kuude\w{1,6}|seitsem\w{1,8}|kahdeks\w{1,8}|yhdeks\w{1,8}|kymmene\w{1,6}"
    r"|\w{2,12}toista|kahdeskymmenes\w{0,12})$"
)


def in_words(text: str, tokens: list[Token]) -> Iterator[Candidate]:
    """A day, a month and a year side by side, the month in letters."""
    for number, token in enumerate(tokens):
        if not (token.kind | token.form) & Kind.MONTH and token.small != "jan":  # a name more often than a month
            continue
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        year = after is not None and after.start - token.end < 4 and _YEAR.match(text, after.start)
        day = _day(tokens, number)
        if day is not None:
            start = tokens[day].start
            end = token.end
            if year:
                end = year.end()
            yield Candidate(start, end, Label.DATE_OF_BIRTH, f"word{bool(year)}")
        elif after and after.shape == "9" and _DAY.match(text[after.start : after.end]) and number + 2 < len(tokens):
            third = tokens[number + 2]
            year = _YEAR.match(text, third.start) if third.start - after.end < 4 else None
            if year and third.shape == "9":
                yield Candidate(token.start, year.end(), Label.DATE_OF_BIRTH, "american")


def _day(tokens: list[Token], number: int) -> int | None:
    """The word that is the day before a month, «of» between them or not."""
    back = number - 1
    if back > 0 and tokens[back].small in ("of", "päivä", "päivänä"):
        back -= 1
    if back < 0 or tokens[number].start - tokens[back].end > 12:
        return None
    day = tokens[back]
    if day.shape == "9":
        return back if day.end - day.start < 5 else None
    if day.small in ("th", "st", "nd", "rd", "e", "ste") and back and tokens[back - 1].shape == "9":
        return back - 1
    return back if _WORDS.match(day.small) else None
