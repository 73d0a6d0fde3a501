"""What can be found again of a value: keyed hashes of stems, of whole addresses, names and numbers, and of their beginnings.

No word leaves this module. Equal words give equal hashes within a desk, and different ones between desks.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import phonenumbers
import Stemmer
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from balie.vault.keys import store

WORD_BYTES, EXACT_BYTES = 8, 16
SHORTEST_BEGINNING, LONGEST_BEGINNING = 3, 24
_WORD = re.compile(r"\w+", re.UNICODE)
_STEMMERS = {"nl": "dutch", "fi": "finnish", "sv": "swedish", "en": "english"}

# How the value of an item is found: by its words, or exactly and by its beginnings.
TEXTS = frozenset({"message"})
ADDRESSES = frozenset({"email"})
NUMBERS = frozenset({"phone", "mobile", "fax"})
NAMES = frozenset({"name", "family-name", "first-name", "birth-name", "organisation", "relation"})


def of_text(desk: str, text: str) -> list[str]:
    """The hashes of a text's stems, in hexadecimal, in their order (repeats count for the ranking)."""
    return [one for word in _WORD.findall(_plain(text)) for one in _stems(desk, word)]


def of_query(desk: str, text: str) -> list[tuple[str, ...]]:
    """For each word asked for, the hashes of which one must be there."""
    return [_stems(desk, word) for word in _WORD.findall(_plain(text)) if _stems(desk, word)]


def of_value(desk: str, item: str, value: str, country: str) -> set[bytes]:
    """The hashes by which an address, number or name is found: whole, and by each beginning of three signs or more."""
    parts = list(_parts(item, value, country))
    found = {exact(desk, *parts[0])} if parts else set()
    for kind, part in parts:
        found.update(
            beginning(desk, kind, part[:length])
            for length in range(SHORTEST_BEGINNING, min(len(part), LONGEST_BEGINNING) + 1)
        )
    return found


def exact_of(desk: str, item: str, value: str, country: str) -> bytes | None:
    """The hash of the whole value; None when nothing can be found by it."""
    parts = list(_parts(item, value, country))
    return exact(desk, *parts[0]) if parts else None


def beginnings_of(desk: str, text: str) -> list[bytes]:
    """The hashes under which something that begins so may stand, whatever its kind."""
    plain = _plain(text).strip()
    digits = re.sub(r"\D", "", plain.replace("(0)", ""))
    found = [_from(desk, kind, plain) for kind in ("address", "name") if len(plain) >= SHORTEST_BEGINNING]
    if len(digits) >= SHORTEST_BEGINNING and not re.search(r"[^\d\s+()./-]", plain):
        found += [
            beginning(desk, "number", form) for form in {digits, digits.lstrip("0")} if len(form) >= SHORTEST_BEGINNING
        ]
    return found


def _from(desk: str, kind: str, plain: str) -> bytes:
    """What is longer than any beginning that is kept can only be the whole."""
    return beginning(desk, kind, plain) if len(plain) <= LONGEST_BEGINNING else exact(desk, kind, plain)


@lru_cache(maxsize=65536)
def exact(desk: str, kind: str, value: str) -> bytes:
    return _keyed(desk, f"exact {kind}\0{value}")[:EXACT_BYTES]


@lru_cache(maxsize=65536)
def beginning(desk: str, kind: str, value: str) -> bytes:
    return _keyed(desk, f"beginning {kind}\0{value}")[:EXACT_BYTES]


def forget() -> None:
    """Drop the hashes that this process remembers; they were made with keys that may have changed."""
    for held in (exact, beginning, _stems):
        held.cache_clear()


@lru_cache(maxsize=65536)
def _stems(desk: str, word: str) -> tuple[str, ...]:
    if len(word) > 64:
        return ()
    stems = {word} | {stemmer.stemWord(word) for stemmer in _stemmers()}
    return tuple(sorted(_keyed(desk, f"word\0{stem}")[:WORD_BYTES].hex() for stem in stems))


@lru_cache(maxsize=1)
def _stemmers() -> Iterable[Stemmer.Stemmer]:
    return [Stemmer.Stemmer(name) for name in _STEMMERS.values()]


def _parts(item: str, value: str, country: str) -> Iterator[tuple[str, str]]:
    """The kinds and texts by whose beginnings a value is found; the first is the whole of it."""
    plain = _plain(value).strip()
    if item in ADDRESSES and plain:
        yield "address", plain
    elif item in NUMBERS:
        yield from (("number", form) for form in dict.fromkeys(_numbers(plain, country)) if form)
    elif item in NAMES:
        if plain:
            yield "name", plain
        yield from (("name", word) for word in _WORD.findall(plain) if word != plain)


def _numbers(text: str, country: str) -> tuple[str, ...]:
    """A number as people dial it: with the country's code, and within the country without and with the zero in front.

    What cannot be read as a number is its bare digits.
    """
    typed = re.sub(r"\D", "", text)
    try:
        read = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return typed, typed.lstrip("0")
    whole = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164).lstrip("+")
    at_home = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.NATIONAL)
    return whole, phonenumbers.national_significant_number(read), re.sub(r"\D", "", at_home)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _keyed(desk: str, text: str) -> bytes:
    mac = HMAC(store.derived(desk, "index"), SHA256())
    mac.update(text.encode("utf-8", "surrogatepass"))
    return mac.finalize()
