"""Addresses in a header: bare, and never taken from the display name, where a sender may write what he likes."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from balie.channels.mail.charsets import clean_line
from balie.channels.mail.parsing.headers import decoded

MOST = 1000  # addresses read from one field
NAME = 300  # signs of a display name that are kept

_TOKEN = re.compile(r'(?P<open>["(<])|(?P<end>[,;])|(?P<text>[^"(<,;]+)')
_CLOSED = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*)("?)', re.DOTALL),
    "<": re.compile(r"<([^<>]*)(>?)"),
    "(": re.compile(r"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)(\)?)", re.DOTALL),
}
_SIGN = r'[^\s<>()\[\],;:"\\@\x00-\x1f\x7f'
_LOCAL = rf'{_SIGN}]{{1,128}}|"(?:[^"\\\r\n]|\\[^\r\n]){{0,128}}"'
_DOMAIN = rf"{_SIGN}.]{{1,63}}(?:\.{_SIGN}.]{{1,63}}){{0,20}}|\[[0-9A-Za-z:.]{{3,60}}\]"
_ADDRESS = re.compile(f"({_LOCAL})@({_DOMAIN})\\.?")
_COMMENT = re.compile(r"\([^()]{0,300}\)")
_APART = re.compile(r"\s{0,9}([@.])\s{0,9}")  # RFC 822 let white space stand there
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def mailboxes(value: str) -> list[tuple[str, str]]:
    """Each (display name, address) of an address field. An entry in which nothing can be an address is left out;
    when none is left, the first one's name stands with an empty address.
    """
    found: list[tuple[str, str]] = []
    nameless, held = "", ""
    for entry in islice(_entries(value), 10 * MOST):
        name, address = entry.read()
        if not address:
            nameless = nameless or name
            held = f"{held}{name}, " if name and entry.end == "," and len(held) < NAME else ""
            continue
        # «Family, First <address>» without its quotes: the comma belongs to the name.
        found.append((clean_line(held + name if name else "", NAME), address))
        held = ""
        if len(found) == MOST:
            break
    return found or ([(nameless, "")] if nameless else [])


def bare(value: str) -> str:
    """The address in its bare form, domain in lower case; empty for what can be no address."""
    value = value.strip()
    if value.startswith("@"):  # a route, which RFC 5322 lets one write before the address and nobody uses
        value = value.rpartition(":")[2]
    if len(value) > 320 or "@" not in value:
        return ""
    match = _ADDRESS.fullmatch(value) or _ADDRESS.fullmatch(_APART.sub(r"\1", _COMMENT.sub("", value)).strip())
    if match is None:
        return bare(value[7:]) if value[:7].lower() == "mailto:" else ""
    local, domain = match[1], match[2].lower()
    if local.startswith('"') and _ADDRESS.fullmatch(f"{local[1:-1]}@x"):
        local = local[1:-1]
    return clean_line(unicodedata.normalize("NFC", f"{local}@{domain}"), 320)


@dataclass(slots=True)
class _Entry:
    """What stands between two commas. `whole` is as written, `loose` is what stands outside quotes."""

    whole: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: str | None = None
    named: int = 0  # how many pieces of the name stood before the angle
    end: str = ""

    def read(self) -> tuple[str, str]:
        if self.angle is not None:
            return self._named(), bare(self.angle)
        whole = "".join(self.whole).strip()
        address = bare(whole) or bare(whole.partition(":")[2])
        if not address:
            tries = [word for word in "".join(self.loose).split() if "@" in word]
            address = bare(tries[0].strip("<>")) if len(tries) == 1 else ""
            self.name = [one.replace(tries[0], " ") for one in self.name] if address else self.name
        elif "@" in whole:
            self.name = []
        return self._named(), address

    def is_followed(self) -> bool:
        """Whether words stand behind its address: those of a next one, before which a comma was forgotten."""
        words = any(one.strip() for one in self.name[self.named :])
        return words and self.angle is not None and bool(bare(self.angle))

    def rest(self) -> "_Entry":
        """What stands behind its address, as an entry of its own."""
        words = self.name[self.named :]
        del self.name[self.named :]
        return _Entry(list(words), list(words), words)

    def _named(self) -> str:
        return clean_line(decoded("".join(self.name)), NAME) or clean_line(decoded(" ".join(self.comments)), NAME)


def _entries(value: str) -> Iterator[_Entry]:
    entry, at = _Entry(), 0
    literal: set[str] = set()
    while at < len(value):
        match = _TOKEN.match(value, at)
        assert match is not None  # the three kinds of token hold every sign
        if match["end"]:
            entry.end = match["end"]
            yield entry
            entry = _Entry()
        if match["open"] and match["open"] not in literal:
            if match["open"] == "<" and entry.is_followed():
                entry, before = entry.rest(), entry
                yield before
            at = _enclosed(entry, value, at, literal)
            continue
        text = "" if match["end"] else match[0]
        for where in (entry.whole, entry.loose, entry.name):
            where.append(text)
        at = match.end()
    yield entry


def _enclosed(entry: _Entry, value: str, at: int, literal: set[str]) -> int:
    """Take in what is quoted, commented or between angles; without its end, that sign is a text like any other."""
    sign = value[at]
    match = _CLOSED[sign].match(value, at)
    assert match is not None  # the end is optional in each
    if not match[2] and sign != "<":
        literal.add(sign)
        return at
    if sign == '"':
        entry.whole.append(match[0])
        entry.name.append(_ESCAPED.sub(r"\1", match[1]))
    elif sign == "(":
        entry.comments.append(_ESCAPED.sub(r"\1", match[1]))
    elif entry.angle is None or bare(match[1]):
        entry.angle, entry.named = match[1], len(entry.name)  # of several the last: what stands before it is the name
    return match.end()
