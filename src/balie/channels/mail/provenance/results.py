"""Reads one Authentication-Results field (RFC 8601), strictly and under bounds: what does not fit its form tells nothing."""

import re
from dataclasses import dataclass, field

LONGEST = 4000  # signs of a field; what is longer may have lost its end, and is not read
MOST = 50  # results in one field

_ID = re.compile(r"[A-Za-z0-9!#$%&'*+./^_`{|}~-]+")
_DIGITS = re.compile(r"[0-9]+")
_KEYWORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
_PROPERTY = re.compile(r"[A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)?")
_PLAIN = re.compile(r'[^\s;"()\\\x00-\x1f\x7f]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]+")
_COMMENT = re.compile(r"\\.|[()]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Result:
    """What one method found: `spf`, `pass`, and what it looked at (`smtp.mailfrom`, `header.d`), all names in lower case."""

    method: str
    word: str
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the name of the server that wrote it, in lower case, and its results in their order."""

    server: str
    results: tuple[Result, ...]


class _Malformed(Exception):  # noqa: N818  says it better than MalformedError
    """The field breaks off, or holds what no field may hold."""


def parse(value: str) -> Field | None:
    """The field, or None for what is none. Never raises; takes time in proportion to the length. Source: RFC 8601, 2.2."""
    if len(value) >= LONGEST:
        return None
    try:
        return _field(_Scanner(value))
    except _Malformed:
        return None


class _Scanner:
    """A place in the field that moves on."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    @property
    def ended(self) -> bool:
        return self._at == len(self._text)

    def take(self, pattern: re.Pattern[str]) -> str:
        """What stands here, if it is of this form; else nothing, and nothing moves."""
        match = pattern.match(self._text, self._at)
        if match is None:
            return ""
        self._at = match.end()
        return match[0]

    def sign(self, sign: str) -> bool:
        """Whether this sign comes next, after space and comments; then it is passed."""
        self.space()
        found = self._text.startswith(sign, self._at)
        self._at += len(sign) if found else 0
        return found

    def space(self) -> None:
        """Pass what means nothing: white space, and comments within comments."""
        while self.take(_SPACE) or self._comment():
            pass

    def value(self) -> str:
        """A value: words and quoted strings without space between them. May be empty."""
        pieces = []
        while not self.ended:
            quoted = _QUOTED.match(self._text, self._at)
            if quoted is not None:
                self._at = quoted.end()
                pieces.append(_ESCAPED.sub(r"\1", quoted[1]))
            elif plain := self.take(_PLAIN):
                pieces.append(plain)
            else:
                break
        return "".join(pieces)

    def _comment(self) -> bool:
        if not self._text.startswith("(", self._at):
            return False
        depth = 0
        for match in _COMMENT.finditer(self._text, self._at):
            depth += {"(": 1, ")": -1}.get(match[0], 0)
            if depth == 0:
                self._at = match.end()
                return True
        raise _Malformed


def _field(scan: _Scanner) -> Field:
    scan.space()
    server = scan.take(_ID) or scan.value()
    scan.space()
    if not server or scan.take(_DIGITS) not in ("", "1"):  # of another version nobody knows what it means
        raise _Malformed
    results: list[Result] = []
    while scan.sign(";"):
        scan.space()
        if not scan.ended and (found := _result(scan)) is not None:
            results.append(found)
    if not scan.ended or len(results) > MOST:
        raise _Malformed
    return Field(server.lower().rstrip("."), tuple(results))


def _result(scan: _Scanner) -> Result | None:
    method = _word(scan)
    if scan.sign("/"):
        scan.space()
        if scan.take(_DIGITS) != "1":
            raise _Malformed
    if not scan.sign("="):
        if method == "none":
            return None
        raise _Malformed
    scan.space()
    word = _word(scan)
    return Result(method, word, _properties(scan))


def _properties(scan: _Scanner) -> dict[str, str]:
    found: dict[str, str] = {}
    scan.space()
    while name := scan.take(_PROPERTY):
        if not scan.sign("="):
            raise _Malformed
        scan.space()
        found.setdefault(_SPACE.sub("", name).lower(), scan.value())
        scan.space()
    return found


def _word(scan: _Scanner) -> str:
    word = scan.take(_KEYWORD)
    if not word:
        raise _Malformed
    return word.lower()
