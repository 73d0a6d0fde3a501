"""Whether a domain or a name resembles another that it is not: other letters of the same look, one letter's difference,
added words."""

import re
import unicodedata
from functools import lru_cache

from balie.channels.mail.provenance import domains

LONG_ENOUGH = 5  # signs; below that, one letter's difference is another word

# Letters and signs that look like a Latin one in the typefaces in which mail is read: a choice of our own of those that
# domains and names are forged with. Each side of a comparison is brought to the same form, so that nothing is lost by it.
_ALIKE = {
    "a": "аαɑ4",
    "b": "вβьƅ",
    "c": "сϲ",
    "d": "ԁɗđð",
    "e": "еєε3",
    "g": "ɡց",
    "h": "һհнħ",
    "j": "јʝ",
    "k": "кκ",
    "l": "i1|!ıіιɩӏł",
    "m": "мᴍ",
    "n": "пողη",
    "o": "0оοσօөø",
    "p": "рρþ",
    "q": "ԛգ",
    "r": "гᴦ",
    "s": "5$ѕꜱ",
    "t": "тτŧ",
    "u": "սυцʋ",
    "v": "νѵ",
    "w": "ԝωшա",
    "x": "хχ×",
    "y": "уγү",
}
_LOOKS = str.maketrans({sign: letter for letter, signs in _ALIKE.items() for sign in signs})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_NO_WORD = re.compile(r"[^a-z0-9]+")


def skeleton(text: str) -> str:
    """A text reduced to its look: what looks alike becomes the same. For comparing only; never shown."""
    broken = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in broken if not unicodedata.combining(sign)).translate(_LOOKS)
    for pair, sign in _PAIRS:
        plain = plain.replace(pair, sign)
    return plain


@lru_cache(maxsize=2048)
def domain(given: str, known: frozenset[str]) -> bool:
    """Whether a domain resembles one of those known without being it or a part of it."""
    mine = domains.organisational(given)
    others = {domains.organisational(one) for one in known} - {""}
    if not mine or mine in others:
        return False
    return any(_resembles(given, one) for one in others)


def words(text: str) -> str:
    """A name as words of one look, with a space around each, so that one can be found in another."""
    return f" {_NO_WORD.sub(' ', skeleton(text)).strip()} "


def _resembles(given: str, known: str) -> bool:
    shown, real = domains.readable(domains.label(given)), domains.readable(domains.label(known))
    mine, theirs = skeleton(shown), skeleton(real)
    if mine == theirs or skeleton(domains.readable(given)) == skeleton(domains.readable(known)):
        return True
    if f".{known}." in f".{domains.plain(given)}":  # example.org.elsewhere.test
        return True
    if len(real) >= LONG_ENOUGH and (_one_edit(mine, theirs) or _one_edit(shown, real)):
        return True
    return _with_more_words(mine, theirs, skeleton(domains.readable(known)))


def _with_more_words(mine: str, theirs: str, whole: str) -> bool:
    """example-help, example-org, exampleorg; a short name only with its ending."""
    pieces = f"-{mine}-"
    joined = (whole.replace(".", "-"), whole.replace(".", ""))
    found = joined if len(theirs) < LONG_ENOUGH else (theirs, *joined)
    return any(f"-{one}-" in pieces for one in found)


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter was changed, added, left out, or changed places with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    mine, theirs = one[start:], other[start:]
    if mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]:
        return True
    return mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
