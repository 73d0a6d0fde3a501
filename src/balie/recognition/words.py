"""What is known of a word by itself: whether it is a first name, a surname, an ordinary word, a place, a title, …"""

import unicodedata
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent / "lists"


class Kind:
    """What a word may be; often it is several, so each is one bit. Plain numbers: an enumeration's `&` takes ten times as long."""

    FIRST = 1
    LAST = 2
    WORD = 4
    PLACE = 8
    ORG = 16
    TITLE = 32
    PARTICLE = 64
    KIN = 128
    CLOSING = 256
    GREETING = 512
    MINE = 1024
    THEIRS = 2048
    MONTH = 4096
    THING = 8192


NAME = Kind.FIRST | Kind.LAST


@cache
def lexicon() -> dict[str, int]:
    """Each known word in small letters, with and without its accents, with what it may be."""
    found: dict[str, int] = {}
    for path in sorted(LISTS.glob("*.txt")):
        kind = int(getattr(Kind, path.stem.upper()))
        for word in _lines(path):
            found[word] = found.get(word, 0) | kind
    for word in [one for one in found if not one.isascii() and found[one] & NAME]:
        bare = without_accents(word)
        found[bare] = found.get(bare, 0) | (found[word] & NAME)
    return found


def without_accents(word: str) -> str:
    """ä as a, ş as s: how a name stands in an address or where a keyboard lacks a sign."""
    if word.isascii():
        return word
    parted = unicodedata.normalize("NFD", word.replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("ı", "i"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def _lines(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


# Finnish endings of case and owner, longest first, and what a stem may have lost before them.
_ENDINGS = (
    *("lleen", "ltaan", "llaan", "ssaan", "staan", "lle", "lta", "ltä", "lla", "llä", "ssa", "ssä", "sta", "stä"),
    *(
        "seen",
        "iin",
        "een",
        "aan",
        "ään",
        "oon",
        "uun",
        "yyn",
        "öön",
        "ksi",
        "tta",
        "ttä",
        "nne",
        "na",
        "nä",
        "ta",
        "tä",
    ),
    *("n", "a", "ä"),
)
_FULL = (("se", "nen"), ("s", "nen"), ("kse", "s"), ("kkee", "ke"), ("i", ""), ("e", "i"), ("ii", "i"), ("i", "e"))
_GRADES = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("mp", "mm"),
    ("t", "d"),
    ("p", "v"),
    ("k", ""),
)


def base_forms(word: str) -> list[str]:
    """The words that `word` (in small letters) may be a Finnish case of, or an English or Dutch genitive of; not the word itself."""
    found: list[str] = []
    if word.endswith("'s") or word.endswith(":n"):
        found.append(word[:-2])
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: -len(ending)]
            found.append(stem)
            for short, full in _FULL:
                if stem.endswith(short):
                    found.append(stem[: -len(short)] + full)
            found += _stronger(stem)
    if word.endswith("s") and len(word) > 3:
        found.append(word[:-1])
    return found


def _stronger(stem: str) -> list[str]:
    """The strong grade of a weak stem: Mati-n of Matti, Saaren of Saari is in `base_forms` itself."""
    if len(stem) < 3:
        return []
    head, vowel = stem[:-1], stem[-1]
    found = [stem + "i"] if stem[-1] not in "aeiouyäö" else []
    for strong, weak in _GRADES:
        if weak and head.endswith(weak):
            found.append(head[: -len(weak)] + strong + vowel)
            if vowel == "e":
                found.append(head[: -len(weak)] + strong + "i")
    if head and head[-1] in "aeiouyäölr":
        found += [head + "k" + vowel, head + "ki"] if vowel == "e" else [head + "k" + vowel]
    return found
