"""Street addresses and postcodes: a name of a street with the number of a house, with or without an ending that says street."""

import re
from collections.abc import Iterator

from balie.recognition.candidates import Candidate
from balie.recognition.spans import Label
from balie.recognition.tokens import Token
from balie.recognition.words import NAME, Kind

_STREET = re.compile(
    r"(?:straat|str|laan|weg|plein|kade|gracht|singel|dijk|hof|pad|dreef|steeg|markt|plantsoen|park|baan|wal|haven|veld|akker|erf|ring"
    r"|boulevard|zijde|einde|eind|horst|brink|kamp|dam|sluis|werf|tuin|heide|hoeve|dwarsstraat|allee|bocht|burg|rak|stede|weide|poort|hoek"
    r"|(?P<f>katu|kadun|tie|tien|kuja|polku|kaari|raitti|rinne|ranta|tori|väylä|aukio|penger|mäki|kulma|bulevardi|esplanadi|puisto|taival"
    r"|kierto|porras|vainio|rannantie|laita|gatan|vägen|gränd|stigen|kadulla|kadulta|tiellä|tieltä|kujalla|kujalta))$"
)
_ENGLISH = frozenset(
    [
        "street",
        "st",
        "road",
        "rd",
        "avenue",
        "ave",
        "lane",
        "ln",
        "close",
        "drive",
        "dr",
        "way",
        "court",
        "ct",
        "crescent",
        "terrace",
        "place",
        "pl",
        "gardens",
        "square",
        "sq",
        "mews",
        "row",
        "walk",
        "grove",
        "hill",
        "park",
        "view",
        "rise",
        "green",
        "boulevard",
        "blvd",
        "parade",
        "quay",
        "wharf",
    ]
)
_NUMBER = re.compile(
    r"[0-9]{1,4}(?![0-9]|[.,:][0-9]|[ ]?(?:%|€|euro|kpl|uur|jaar|kg|cm|mm|km|GB|MB|min))(?:[a-zA-Z](?![\w]))?"
    r"(?:(?:(?: ?[-/] ?)[0-9]{1,4}(?![\w.])"
    r"|(?: ?- ?)(?:I{1,3}|IV|V|hs|huis|bis|rood|zw|[A-Za-z])(?![\w])"
    r"|(?: )(?:I{1,3}|hs|bis|rood|zwart|zw|[A-Z]|as\.?|bus|flat|apt|rappu|lt|[a-h](?=[ ,.\n)]))(?![\w]))"
    r"(?: ?[0-9]{1,4}(?![\w]|\.[0-9]))?){0,3}"
)
_DUTCH = re.compile(r"[1-9](?<![\w.,-][1-9])[0-9]{3} ?[A-Za-z]{2}(?![\w])")
_BRITISH = re.compile(r"(?<![\w])[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}(?![\w])")
_FIVE = re.compile(r"(?<![\w.,+-])(?:FI-|SE-|S-|F-|B-)?[0-9]{4,5}(?![\w.,:/-]|\.[0-9])")
_SWEDISH = re.compile(r"(?<![\w.,+-])[0-9]{3} [0-9]{2}(?= [^\W\d_])")


def addresses(text: str, tokens: list[Token]) -> Iterator[Candidate]:
    """Places with the number of a house."""
    for number, token in enumerate(tokens):
        if token.shape != "9" or token.end - token.start > 20:
            continue
        match = _NUMBER.match(text, token.start)
        if not match or text[token.start - 1 : token.start] not in (" ", "\xa0"):
            if match and number + 2 < len(tokens):
                yield from _english(text, tokens, number)
            continue
        found = _street(text, tokens, number)
        if found:
            first, looks = found
            yield Candidate(tokens[first].start, match.end(), Label.ADDRESS, looks)
        yield from _english(text, tokens, number)


def _street(text: str, tokens: list[Token], number: int) -> tuple[int, str] | None:
    """The first word of the street before a house number, and how it looks."""
    at = number - 1
    if at < 0 or tokens[at].line != tokens[number].line or tokens[number].start - tokens[at].end > 2:
        return None
    last = tokens[at]
    if text[last.end : tokens[number].start].strip(" \xa0") or last.kind & (Kind.MONTH | Kind.THING):
        return None
    if last.shape == "9":
        return None
    suffix = _STREET.search(last.small)
    looks = "none" if not suffix or (len(last.small) < 6 and not suffix["f"]) else "fi" if suffix["f"] else "nl"
    if looks == "none" and last.shape == "xx" and last.kind & (Kind.WORD | Kind.TITLE | Kind.PARTICLE):
        return None
    first = at
    while first and at - first < 4 and _belongs(text, tokens, first):
        first -= 1
    while first < at and tokens[first].kind & Kind.PARTICLE and tokens[first].shape == "xx":
        first += 1
    kind = (
        "w"
        if last.kind & Kind.WORD
        else "n"
        if last.name
        else "p"
        if last.kind & Kind.PLACE
        else "o"
        if last.kind & Kind.ORG
        else ""
    )
    return first, f"{looks}{last.shape}{kind if looks == 'none' else ''}"


def _belongs(text: str, tokens: list[Token], first: int) -> bool:
    """Whether the word before is of the street's name too."""
    before, token = tokens[first - 1], tokens[first]
    if before.line != token.line or text[before.end : token.start] not in (" ", "-", "'", " '") or before.shape == "9":
        return False
    if before.kind & Kind.PARTICLE:
        return True
    if before.kind & (Kind.GREETING | Kind.KIN) and not before.kind & NAME:
        return False
    return (before.shape in ("Xx", "X.", "X-X", "XxX") and token.shape != "xx") or (before.small == "rue")


def _english(text: str, tokens: list[Token], number: int) -> Iterator[Candidate]:
    token = tokens[number]
    for ahead in (2, 3, 4):
        if number + ahead >= len(tokens):
            return
        last = tokens[number + ahead]
        if last.line != token.line or last.end - token.start > 60 or last.shape == "9":
            return
        if (
            last.small in _ENGLISH
            and last.shape == "Xx"
            and not text[token.end : tokens[number + 1].start].strip(" ,abcd")
        ):
            end = last.end
            yield Candidate(token.start, end, Label.ADDRESS, f"en{ahead}")
            return


def postcodes(text: str) -> Iterator[Candidate]:
    """Codes of places, in the forms of the Netherlands, Britain, Finland and those that look like it."""
    for match in _DUTCH.finditer(text):
        yield Candidate(*match.span(), Label.POSTCODE, f"nl{match[0][-2:].isupper()}{' ' in match[0]}")
    for match in _BRITISH.finditer(text):
        yield Candidate(*match.span(), Label.POSTCODE, "gb")
    for match in _FIVE.finditer(text):
        yield Candidate(*match.span(), Label.POSTCODE, f"n{len(match[0])}")
    for match in _SWEDISH.finditer(text):
        yield Candidate(*match.span(), Label.POSTCODE, "se")
