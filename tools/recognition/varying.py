"""Makes many messages of one: other names, numbers and addresses of the same form in the same places.

What a recogniser learns from them is what stands around personal data, not the names and numbers themselves.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from stdnum import iban, luhn

Marked = dict[str, Any]
LISTS = Path(__file__).parents[2] / "src" / "balie" / "recognition" / "lists"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SMALL = frozenset(
    "van de der den ten ter te 't von af el al ben di da del la le bin ait aït d' v d vd Ó Ní ní ó".casefold().split()
)
_HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_UNKNOWN = 0.25  # share of names that are in no list: a recogniser that needs lists finds nothing new
_SOUNDS = (
    [
        "an",
        "ar",
        "el",
        "en",
        "ik",
        "ja",
        "ka",
        "ki",
        "ko",
        "la",
        "le",
        "li",
        "ma",
        "mi",
        "na",
        "ne",
        "no",
        "o",
        "ra",
        "ri",
        "sa",
        "se",
        "si",
        "ta",
        "ti",
        "va",
        "vi",
        "zo",
        "bo",
        "du",
        "fe",
        "gu",
        "hy",
        "ju",
    ],
)


@cache
def names(kind: str) -> list[str]:
    lines = (LISTS / f"{kind}.txt").read_text("utf-8").splitlines()
    common = set((LISTS / "word.txt").read_text("utf-8").splitlines()) if kind != "word" else set()
    return [
        line for line in lines[1:] if len(line) > 2 and (kind == "word" or line not in common or hash_of(line) % 6 == 0)
    ]


def hash_of(word: str) -> int:
    return sum(ord(sign) * (number + 7) for number, sign in enumerate(word))


def varied(message: Marked, dice: random.Random) -> Marked:
    """One message with everything marked in it, and the sender's and participants' names and addresses, made anew."""
    changed: dict[str, str] = {}
    parts: list[str] = []
    spans: list[dict[str, Any]] = []
    at = length = 0
    text = message["text"]
    for span in message["spans"]:
        parts.append(text[at : span["start"]])
        length += span["start"] - at
        written = text[span["start"] : span["end"]]
        new = _anew(written, span["label"], changed, dice)
        spans.append({**span, "start": length, "end": length + len(new)})
        parts.append(new)
        length += len(new)
        at = span["end"]
    parts.append(text[at:])
    again = lambda written: _name(written, changed, dice)  # noqa: E731
    return {
        **message,
        "text": "".join(parts),
        "spans": spans,
        "from_name": again(message["from_name"]) if _is_person(message) else message["from_name"],
        "from_email": _email(message["from_email"], changed, dice) if _is_person(message) else message["from_email"],
        "participants": [
            {"name": again(one["name"]), "email": _email(one["email"], changed, dice)}
            if _named(one["name"], changed)
            else one
            for one in message["participants"]
        ],
    }


def _is_person(message: Marked) -> bool:
    return any(span["role"] == "participant" and span["label"] == "PERSON" for span in message["spans"])


def _named(name: str, changed: dict[str, str]) -> bool:
    return any(word.casefold() in changed for word in _WORD.findall(name))


def _anew(written: str, label: str, changed: dict[str, str], dice: random.Random) -> str:
    if label == "PERSON" and "@" not in written:
        return _name(written, changed, dice)
    if label == "EMAIL" or ("@" in written and label == "PERSON"):
        return _email(written, changed, dice)
    make = _MAKERS.get(label)
    key = f"{label}{written}"
    if key not in changed:
        changed[key] = make(written, dice) if make else written
    return changed[key]


def _name(written: str, changed: dict[str, str], dice: random.Random) -> str:
    words = list(_WORD.finditer(written))
    found, at = "", 0
    big = [word for word in words if word[0].casefold() not in _SMALL]
    for word in words:
        found += written[at : word.start()]
        at = word.end()
        if word[0].casefold() in _SMALL and len(big) and word is not big[-1]:
            found += word[0]
            continue
        found += _word(word[0], word is big[-1] and len(big) > 1 if big else True, changed, dice)
    return found + written[at:]


def _word(word: str, last: bool, changed: dict[str, str], dice: random.Random) -> str:
    key = word.casefold()
    if key not in changed:
        stem = next(
            (one for one in changed if len(one) > 3 and key.startswith(one[:-1]) and abs(len(key) - len(one)) < 5), None
        )
        if stem and not stem.startswith(("PHONE", "EMAIL")):
            changed[key] = changed[stem] + (key[len(stem) :] if key.startswith(stem) else "n")
        else:
            changed[key] = _fresh(word, last, dice)
    new = changed[key]
    if word.isupper() and len(word) > 1:
        return new.upper()
    return new if word.islower() else "-".join(part[:1].upper() + part[1:] for part in new.split("-"))


def _fresh(word: str, last: bool, dice: random.Random) -> str:
    if len(word) == 1:
        return dice.choice("abcdefghijklmnoprstvwy")
    if dice.random() < 0.15:
        return word.casefold()
    if dice.random() < _UNKNOWN:
        return "".join(dice.choice(_SOUNDS[0]) for _ in range(dice.randint(2, 4))) + dice.choice(
            ["", "", "n", "s", "k", "man", "sen", "ski", "nen"]
        )
    return dice.choice(names("last" if last else "first"))


def _email(written: str, changed: dict[str, str], dice: random.Random) -> str:
    local, at, domain = written.partition("@")
    found = re.sub(r"[^\W\d_]{3,}", lambda match: _local(match[0], changed, dice), local)
    return found + at + domain


def _local(word: str, changed: dict[str, str], dice: random.Random) -> str:
    for old, new in list(changed.items()):
        if _bare(old) == word.casefold():
            return _bare(new)
    return word


def _bare(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if sign.isascii())


def _digits(written: str, dice: random.Random) -> str:
    """Other digits, the first two left as they are: they say what kind of number it is."""
    found, seen = "", 0
    for sign in written:
        if sign.isdigit():
            seen += 1
            found += sign if seen <= 2 else str(dice.randint(0, 9))
        else:
            found += sign
    return found


def _code(written: str, dice: random.Random) -> str:
    return "".join(
        str(dice.randint(0, 9))
        if sign.isdigit()
        else dice.choice("ABCDEFGHKLMNPRSTVX")
        if sign.isupper() and dice.random() < 0.5
        else sign
        for sign in written
    )


def _refilled(written: str, digits: str) -> str:
    rest = iter(digits)
    return "".join(next(rest) if sign.isdigit() else sign for sign in written)


def _bsn(written: str, dice: random.Random) -> str:
    while True:
        eight = "".join(str(dice.randint(0, 9)) for _ in range(8))
        check = sum(int(digit) * weight for digit, weight in zip(eight, range(9, 1, -1), strict=True)) % 11
        if check < 10 and int(eight):
            return _refilled(written, f"{eight}{check}") if sum(map(str.isdigit, written)) == 9 else written


def _card(written: str, dice: random.Random) -> str:
    digits = [sign for sign in written if sign.isdigit()]
    body = "".join(digits[:4]) + "".join(str(dice.randint(0, 9)) for _ in digits[4:-1])
    return _refilled(written, body + luhn.calc_check_digit(body))


def _hetu(written: str, dice: random.Random) -> str:
    day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(0, 99)
    sign = next((one for one in written if not one.isdigit()), "-")
    number = f"{dice.randint(900, 999):03}"
    born = f"{day:02}{month:02}{year:02}"
    return f"{born}{sign}{number}{_HETU[int(born + number) % 31]}" if len(written) == 11 else written


def _iban(written: str, dice: random.Random) -> str:
    plain = written.replace(" ", "").upper()
    rest = (
        _code(plain[4:], random.Random(dice.random()))
        if plain[:2] != "NL"
        else plain[4:8] + "".join(str(dice.randint(0, 9)) for _ in plain[8:])
    )
    whole = f"{plain[:2]}{iban.calc_check_digits(plain[:2] + '00' + rest)}{rest}"
    signs = iter(whole)
    return "".join(sign if sign == " " else next(signs) for sign in written)


def _street(written: str, dice: random.Random) -> str:
    found = re.sub(
        r"[0-9]+", lambda match: str(dice.randint(1, 9) * 10 ** (len(match[0]) - 1) + dice.randint(0, 9)), written
    )
    if dice.random() < 0.5:
        stem = dice.choice(names("last"))
        ending = re.search(
            r"(straat|laan|weg|plein|kade|gracht|singel|dijk|hof|pad|katu|tie|kuja|polku|raitti|rinne)\b", found
        )
        if ending:
            start = found.rfind(" ", 0, ending.start()) + 1
            found = found[:start] + (stem.capitalize() if found[start].isupper() else stem) + found[ending.start() :]
    return found


def _login(written: str, dice: random.Random) -> str:
    stem = f"{dice.choice('abcdefghjklmnprstvw')}{_bare(dice.choice(names('last')))[: dice.randint(4, 9)]}"
    head = (
        written[: max(written.rfind("\\"), written.rfind("@")) + 1]
        if "\\" in written or written.startswith("@")
        else ""
    )
    return (
        head + dice.choice([stem, stem, f"{stem}{dice.randint(1, 99)}", f"{stem[0]}.{stem[1:]}"])
        if dice.random() < 0.7
        else written
    )


_MAKERS: dict[str, Callable[[str, random.Random], str]] = {
    **dict.fromkeys(("PHONE", "IMEI", "MAC"), _digits),
    **dict.fromkeys(("CASE_ID", "ID_DOCUMENT", "LICENCE_PLATE", "POSTCODE"), _code),
    "BSN": _bsn,
    "CREDIT_CARD": _card,
    "HETU": _hetu,
    "IBAN": _iban,
    "ADDRESS": _street,
    "USERNAME": _login,
}
