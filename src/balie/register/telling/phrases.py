"""The fixed words of notices in the reader's language, and how that language writes days, lengths, countries and lists.

They stand in one table of this package (`format/phrases.yaml`) rather than in gettext, because a notice is made by pure
functions for any of four languages at once, without an active language and without Django; sentences of refusal are gettext's.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.lists import format_list

from balie.register.reading import read
from balie.register.shape import FORMAT
from balie.register.terms import split
from balie.register.words import CATALOGUE_LANGUAGES

_LOCALES = {"nl": "nl", "fi": "fi", "sv": "sv", "en": "en_GB"}


class Phrases:
    """The phrases of one language. A language without phrases is read in English; the register's own words stay in theirs."""

    def __init__(self, language: str) -> None:
        self.language = language if language in CATALOGUE_LANGUAGES else "en"
        self.locale = _LOCALES[self.language]

    def __call__(self, key: str, **names: str | int) -> str:
        """One phrase with its names filled in. Raises KeyError for a phrase that does not exist."""
        return table()[key][self.language].format(**names)

    def has(self, key: str) -> bool:
        return key in table()

    def day(self, day: date) -> str:
        """1 november 2027 · 1. marraskuuta 2027 · 1 November 2027."""
        return str(format_date(day, format="long", locale=self.locale))

    def month(self, number: int) -> str:
        """The name of a month as it stands after «of» (Finnish: in the genitive)."""
        name = str(get_month_names("wide", context="stand-alone", locale=self.locale)[number])
        return f"{name}n" if self.language == "fi" else name

    def length(self, duration: str) -> str:
        """An ISO 8601 length in words: `P2Y` → 2 jaar, 2 vuotta, 2 år, 2 years."""
        number, unit = split(duration)
        return self(f"length.{unit}.{'one' if number == 1 else 'many'}", number=number)

    def several(self, words: Iterable[str], style: str = "standard") -> str:
        """a, b and c; with `or` as style: a, b or c."""
        return str(format_list(list(words), style=style, locale=self.locale))  # type: ignore[arg-type]

    def country(self, code: str) -> str:
        """The name of a country, or EU and EEA as the language writes them."""
        area = {"EEA": {"nl": "EER", "fi": "ETA", "sv": "EES"}.get(self.language, "EEA"), "EU": "EU"}
        return area.get(code) or str(Locale.parse(self.locale).territories.get(code, code))

    def language_name(self, code: str) -> str:
        return str(Locale.parse(self.locale).languages.get(code, code))


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Every phrase with its four languages."""
    found: Any = read((FORMAT / "phrases.yaml").read_bytes(), name="phrases.yaml").data
    return dict(found)


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language, made once."""
    return Phrases(language)
