"""The line above a quotation, "On Monday Anna wrote:", in whatever language and broken over however many lines."""

import re
from dataclasses import dataclass

from balie.channels.mail.parsing.replies.lines import TABLES, Lines

LINES = 4  # over which it may be broken
LENGTH = 700  # signs of it all
MOST = 1000  # lines that are tried for the end of one

_WROTE = frozenset(one.rpartition(" ")[2] for one in TABLES.wrote)
_ENDS = (":", "\uff1a", "-", "*", "_", ">", ".", *sorted(_WROTE))
_JOINED = tuple(sorted(one for one in _WROTE if ord(one[0]) >= 0x3000))  # written without spaces
_OPENS = tuple(f"{one} " for one in TABLES.opens if one.isalpha() or " " in one)
_OPENS_JOINED = tuple(one for one in TABLES.opens if not one.isascii() or one.isdigit())
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_ADDRESS = re.compile(r"[<(\[\"'][^<>()\[\]\s]{1,200}@[^<>()\[\]\s]{1,200}[>)\]\"']")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
# Where an announcement begins in a line that says something else before: with a short word and a date.
_AMID = re.compile(
    r"(?:(?<=\s)|(?<=--))-{0,9} {0,2}(?:On|Op|Am|Le|El|Il|Em|Den) (?:[\w\u00c0-\u024f]{2,12}[.,]{0,2} ){0,2}\d"
)
_INLINE = re.compile(r"(?:wrote|schreef|geschreven|schrieb|skrev|kirjoitti|\u00e9crit) ?: ")
_AROUND = " \t*_-\u2013\u2014~\u00a0"


@dataclass(frozen=True, slots=True)
class Announcement:
    """column: where in the first line it begins. sure: whether it is one also where no quotation marks follow."""

    first: int
    last: int
    column: int = 0
    sure: bool = True
    goes_on: bool = False  # what was written before begins in the same line


def announcements(lines: Lines) -> dict[int, Announcement]:
    """Those outside quotations, by the line in which they begin, up to one after which all is old."""
    found: dict[int, Announcement] = {}
    free = 0  # from which line on one may begin
    tried = 0
    for at, said in enumerate(lines.said):
        if not said or said.startswith(">"):
            free = at + 1 if said else free
            continue
        ends = tried < MOST and said.endswith(_ENDS)
        tried += ends
        one = _ending_at(lines, at, max(free, at - LINES + 1)) if ends else None
        one = one or _going_on(at, said)
        if one is not None:
            found[one.first] = one
            free = at + 1 if one.sure else free
            if one.sure and not follows_marked(lines, one):
                break
    return found


def follows_marked(lines: Lines, one: Announcement) -> bool:
    """Whether the next that is said after it carries quotation marks."""
    follows = lines.next_said(one.last + 1)
    return follows < len(lines) and lines.is_quoted(follows)


def _ending_at(lines: Lines, at: int, earliest: int) -> Announcement | None:
    """One that ends with this line: the shortest that begins as one does, else the shortest that can be one."""
    if (amid := _amid(lines, at)) is not None:
        return amid
    candidate = None
    joined = ""
    for first in range(at, earliest - 1, -1):
        said = lines.said[first]
        if not _joins(lines, first, at):
            break
        joined = f"{said}{joined}" if said.endswith("<") or not joined else f"{said} {joined}"
        if len(joined) > LENGTH:
            break
        sure, whole = _judge(joined)
        if whole:
            return Announcement(first, at, sure=bool(sure))
        if candidate is None and sure is not None:
            candidate = Announcement(first, at, sure=sure)
    return candidate


def _joins(lines: Lines, first: int, at: int) -> bool:
    said = lines.said[first]
    if said:
        return not said.startswith(">")
    # One program leaves an empty line before the address.
    return first < at and lines.said[first + 1].startswith("<")


def _amid(lines: Lines, at: int) -> Announcement | None:
    said = lines.said[at]
    starts = [match.start() for match in _AMID.finditer(said)]
    if not starts or not said[: starts[-1]].strip(_AROUND) or not _judge(said[starts[-1] :])[1]:
        return None
    line = lines.text[lines.starts[at] : lines.starts[at + 1] - 1]
    return Announcement(at, at, column=line.find(said) + len(said[: starts[-1]].rstrip(_AROUND)))


def _going_on(at: int, said: str) -> Announcement | None:
    """One after which the old text goes on in the same line."""
    if "@" not in said or (match := _INLINE.search(said)) is None:
        return None
    sure, _ = _judge(said[: match.end()].strip())
    return Announcement(at, at, goes_on=True) if sure and _ADDRESS.search(said) else None


def _judge(joined: str) -> tuple[bool | None, bool]:
    """Whether this announces a quotation: None for no, False for if quotation marks follow, True for yes; and whether
    it is one from its first word on.
    """
    core = joined.lstrip(">").strip(_AROUND)
    small = core.casefold()
    ended = small.rstrip(" :\uff1a.")
    colon = small.endswith((":", "\uff1a")) or (joined.startswith("--") and joined.endswith("--"))
    numbers = len(_NUMBER.findall(core[:300]))
    opened = numbers > 0 and (small.startswith(_OPENS) or small.startswith(_OPENS_JOINED))
    if colon and small.startswith(TABLES.quoting) and _ADDRESS.search(core):
        return True, True
    if not _says_wrote(small, ended):
        return _of_a_date(core, colon, numbers)
    last = ended.endswith(tuple(_WROTE))
    if opened and (colon or last):
        return colon, True
    if not (colon or last) or ended in _WROTE:
        return None, False
    return _without_opening(core, colon, numbers)


def _says_wrote(small: str, ended: str) -> bool:
    return not _WROTE.isdisjoint(_WORD.findall(small)) or ended.endswith(_JOINED)


def _without_opening(core: str, colon: bool, numbers: int) -> tuple[bool | None, bool]:
    """ "Anna <anna@example.org> wrote:", "Anna wrote on 5.3.2024 10.15:", "tis 5 mars 2024 kl. 10:15 skrev Anna:"."""
    dated = (numbers >= 3 and _TIME.search(core)) or (numbers >= 2 and _YEAR.search(core))
    if dated and colon and not core.startswith(("<", "(")):
        starts_well = core[0].isdigit() or core[:12].count(" ") > 0
        first_word_says = core.split(None, 1)[0].casefold() in _WROTE
        return True, starts_well and not first_word_says
    addressed = _ADDRESS.search(core) is not None or " via " in core
    if addressed and len(core) < 300:
        return colon, False
    return (False, False) if len(core) <= 120 else (None, False)


def _of_a_date(core: str, colon: bool, numbers: int) -> tuple[bool | None, bool]:
    """Without a word for writing that is known here: "2024-03-05 10:15 GMT+01:00 Anna <anna@example.org>:", or any
    line of another language that has a date, an address and a colon.
    """
    if len(core) > 300 or numbers < 2:
        return None, False
    if not _ADDRESS.search(core):
        return (False, core[0].isdigit()) if colon and _YEAR.search(core) and len(core) <= 120 else (None, False)
    timed = numbers >= 3 and _TIME.search(core) is not None
    if colon and timed:
        return True, not core.startswith(("<", "("))
    ends = core.rstrip(" :").endswith((">", ")", "]"))
    return (colon, True) if ends and numbers >= 3 and core[0].isdigit() else (None, False)
