"""What each line of a message is: who wrote it, and whether it greets, closes, signs, heads or quotes."""

import re
from dataclasses import dataclass

from balie.recognition.known import Known
from balie.recognition.words import Kind, lexicon

_QUOTE = re.compile(r"[ \t]{0,8}((?:[>|][ \t]?){1,20})")
_SEPARATOR = re.compile(
    r"[-_*= \t]{0,40}(?:original message|forwarded message|oorspronkelijk bericht|doorgestuurd bericht|begin doorgestuurd"
    r"|begin forwarded|alkuperäinen viesti|välitetty viesti|ursprungligt meddelande|vidarebefordrat|_{10,60}$)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:from|van|lähettäjä|från|von|de)\*? ?:\*?[ \t]", re.IGNORECASE)
_HEAD = re.compile(
    r"\*?(?:to|aan|vastaanottaja|till|cc|bcc|kopio|sent|verzonden|lähetetty|skickat|date|datum|päiväys|päivämäärä|subject"
    r"|onderwerp|aihe|ämne|reply-to)\*? ?:",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\b(?:schreef|wrote|kirjoitti|skrev|writes|schrijft)\b", re.IGNORECASE)
_WHEN = re.compile(r"[0-9]{1,2}[.:][0-9]{2}|[0-9]{4}|[0-9]{1,2}\.[0-9]{1,2}\.|<[^<>\s]{1,90}@")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,90}")
_SPEAKER = re.compile(
    r"(?:\[?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?\]?[ \t]{1,3}-?[ \t]?)?<?([^\W\d_][\w .()'-]{0,30}?)>?:[ \t]"
)
_SIGNED = re.compile(r"(?:--|__|—)[ \t]*$")
_SHORT = 64
_CELLS = ("|", ";", "\t", ",")


@dataclass(slots=True)
class Line:
    """`start`, `end`: its place. `body`: where it begins behind signs of quotation. `owner`: who wrote it: s(ender), o(ther
    participant), t(hird). `zone`: b(ody), g(reeting), c(losing), s(ignature), h(eader), w(rote), k (chat).
    """

    start: int
    end: int
    body: int
    depth: int
    owner: str
    zone: str = "b"
    signed: bool = False
    cells: str = ""
    head: int = -1  # the line that heads its columns


def lines_of(text: str, who: Known) -> list[Line]:
    """Every line of a text, in order."""
    lines = _cut(text)
    _quoted(text, lines, who)
    _told(text, lines, who)
    _columns(text, lines)
    return lines


def _cut(text: str) -> list[Line]:
    lines, at = [], 0
    for part in text.split("\n"):
        end = at + len(part)
        depth, body = 0, at
        if part[:9].lstrip()[:1] in (">", "|"):
            quote = _QUOTE.match(part)
            if quote and ">" in quote[1]:
                depth, body = quote[1].count(">"), at + quote.end()
        lines.append(Line(at, end, body, depth, "s"))
        at = end + 1
    return lines


def _quoted(text: str, lines: list[Line], who: Known) -> None:
    """Who wrote each stretch: by header blocks and by lines that say who wrote what follows."""
    owners: dict[int, str] = {0: "s"}  # by depth of quotation; below a header the text itself is the quoted one's
    for number, line in enumerate(lines):
        line.owner = owners.setdefault(line.depth, "t")
        part = text[line.body : line.end] if line.end - line.body <= 400 else ""
        if _SEPARATOR.match(part):
            line.zone = "h"
            owners[line.depth] = "t"
        elif _FROM.match(part) and _is_block(text, lines, number):
            line.zone = "f"
            owners[line.depth] = _author(part, who)
        elif number and lines[number - 1].zone in "fh" and _HEAD.match(part):
            line.zone = "h"
        elif _WROTE.search(part) and (_WHEN.search(part) or part.rstrip().endswith(":")):
            line.zone = "w"
            owners[line.depth + 1] = _author(part, who)


def _is_block(text: str, lines: list[Line], number: int) -> bool:
    near = lines[number + 1 : number + 5]
    return any(_HEAD.match(text[one.body : min(one.end, one.body + 40)]) for one in near)


def _author(part: str, who: Known) -> str:
    address = _ADDRESS.search(part)
    if address:
        return who.owner("", address[0].casefold())
    name = _WROTE.split(part)[0] if _WROTE.search(part) and not part.lower().startswith(("op ", "on ")) else part
    words = re.findall(r"[^\W\d_]{2,}", name.casefold())
    if any(who.whose(word) == "s" for word in words):
        return "s"
    return "o" if any(who.whose(word) == "o" for word in words) else "t"


def _told(text: str, lines: list[Line], who: Known) -> None:
    speakers = _speakers(text, lines)
    signed: tuple[int, str] | None = None
    first = True
    for number, line in enumerate(lines):
        if line.zone != "b" or line.body >= line.end:
            signed = None if line.zone != "b" else signed
            first = first or line.zone != "b"
            continue
        if number in speakers:
            line.zone, line.owner = "k", _speaker(speakers[number], who)
            continue
        place = (line.depth, line.owner)
        if signed and signed == place:
            line.zone, line.signed = "s", True
            continue
        words = _small_words(text, line)
        if first and words and words[0][1] & Kind.GREETING and line.end - line.body < _SHORT:
            line.zone = "g"
        elif _closes(text, line, words):
            line.zone, signed = "c", place
            line.signed = True
        first = False
    _signed_without_words(text, lines, who)


def _small_words(text: str, line: Line) -> list[tuple[str, int]]:
    if line.end - line.body > _SHORT:
        return []
    known = lexicon()
    return [(word, known.get(word, 0)) for word in re.findall(r"[^\W\d_]+", text[line.body : line.end].casefold())]


def _closes(text: str, line: Line, words: list[tuple[str, int]]) -> bool:
    if _SIGNED.match(text[line.body : line.end]):
        return True
    if not words or len(words) > 8:
        return False
    leading = [kind for _, kind in words[:4]]
    return any(kind & Kind.CLOSING for kind in leading) or (words[0][0] in ("t", "tv", "-") and len(words) < 5)


def _signed_without_words(text: str, lines: list[Line], who: Known) -> None:
    """A last short line with the writer's name is a signature though nothing closes before it."""
    last: dict[int, int] = {}
    for number, line in enumerate(lines):
        if line.zone == "b" and line.body < line.end and line.depth == 0 and line.owner == "s":
            last[0] = number
    for number in last.values():
        for back in range(number, max(-1, number - 9), -1):
            line = lines[back]
            if line.zone != "b" or line.end - line.body > _SHORT:
                break
            words = [word for word, _ in _small_words(text, line)]
            if (words and len(words) <= 7 and who.whose(words[0]) == "s") or (
                len(words) in (2, 3, 4) and who.whose(words[-1]) == "s"
            ):
                for later in lines[back : number + 1]:
                    later.zone, later.signed = "s", True
                return


def _speakers(text: str, lines: list[Line]) -> dict[int, str]:
    """Lines of a chat with who says each; empty when the text is none."""
    found: dict[int, str] = {}
    for number, line in enumerate(lines):
        match = _SPEAKER.match(text, line.body, min(line.end, line.body + 60))
        if match and line.zone == "b":
            found[number] = match[1].casefold()
    often = (
        [name for name in found.values() if list(found.values()).count(name) > 1]
        if len(found) < 200
        else list(found.values())
    )
    return found if len(found) >= 3 and len(often) >= 3 else {}


def _speaker(name: str, who: Known) -> str:
    words = re.findall(r"[^\W\d_]+", name)
    for word in words:
        whose = who.whose(word)
        if whose:
            return whose
    return "t"


def _columns(text: str, lines: list[Line]) -> None:
    """Lines with as many cells as the ones above belong to a table; its first line heads it."""
    head, sign, count = -1, "", 0
    for number, line in enumerate(lines):
        part = text[line.body : line.end]
        if head >= 0 and part.count(sign) == count and len(part) < 2000:
            line.cells, line.head = sign, head
            lines[head].cells, lines[head].head = sign, head
            continue
        if head >= 0 and set(part) <= set("-|+: \t="):
            continue
        head = -1
        for sign_ in _CELLS:
            count_ = part.count(sign_)
            if count_ >= (2 if sign_ in ",|" else 1) and not (sign_ == "," and ", " in part) and len(part) < 2000:
                head, sign, count = number, sign_, count_
                break
