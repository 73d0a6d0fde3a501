"""Whose a finding is: nobody's, a participant's or somebody else's. What speaks for each is gathered here and weighed."""

import re
from bisect import bisect_right

from balie.recognition.candidates import Candidate
from balie.recognition.cues import cue
from balie.recognition.known import Known, is_shared, words_of
from balie.recognition.persons import Reading, letters
from balie.recognition.spans import Label
from balie.recognition.tokens import Token
from balie.recognition.words import NAME, Kind, lexicon

REACH = 7  # words that are looked back for what a number is called
_FAR = 16  # words that are looked back for whose it is
_AFTER_NAME = re.compile(r"[\"']?[ \t]{0,2}[<(\[](?:mailto:)?([\w.+'-]{1,64}@[\w.-]{1,90})")
_BASE = re.compile("[a-z]{2,6}|[A9-]{1,3}")
_STOP = re.compile(r"[.!?;]\s|\n")


class Surroundings:
    """What one text's findings stand among: its words and lines, and the persons found in it with whose each is."""

    __slots__ = ("cues", "ends", "line_starts", "persons", "reading", "starts", "sum")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.starts = [token.start for token in reading.tokens]
        self.line_starts = [line.start for line in reading.lines]
        self.persons: list[tuple[int, int, str]] = []
        self.ends: list[int] = []
        self.cues: dict[str, str] = {}
        self.sum = ""

    def meet(self, persons: list[tuple[int, int, str]]) -> None:
        """Take in the persons of the text: place and whose, `p` or `t`."""
        self.persons = persons
        self.ends = [end for _, end, _ in persons]
        third = sum(1 for one in persons if one[2] == "t")
        self.sum = f"{min(third, 2)}{self.reading.who.person}"

    def cue(self, word: str) -> str:
        found = self.cues.get(word)
        if found is None:
            found = self.cues[word] = cue(word)
        return found

    def line(self, place: int) -> int:
        """The number of the line in which a place is."""
        return bisect_right(self.line_starts, place) - 1

    def called(self, one: Candidate) -> tuple[str, str, str]:
        """What the words before call a number: the nearest two classes with how near the first is, and the head of its column."""
        tokens, lines = self.reading.tokens, self.reading.lines
        number = bisect_right(self.starts, one.start - 1) - 1
        line = self.line(one.start)
        found = ""
        near = ""
        for back in range(number, max(-1, number - REACH), -1):
            token = tokens[back]
            if token.end > one.start:
                continue
            if token.line < line - (not found and self._begins(one, line)):
                break
            sign = self.cue(token.small)
            if sign and sign not in found:
                near = near or str(min(number - back, 4))
                found += sign
                if len(found) == 2:
                    break
        head = ""
        heads = self.reading.heads.get(lines[line].head)
        if heads and lines[line].head != line:
            index = self.reading.text.count(lines[line].cells, lines[line].body, one.start)
            head = heads[index] if index < len(heads) else ""
        return found, near, head

    def _begins(self, one: Candidate, line: int) -> bool:
        """Whether a finding begins its line, so that the line before may say what it is."""
        body = self.reading.lines[line].body
        return not self.reading.text[body : one.start].strip(" \t-*•|>([") and one.start - body < 12


def features(around: Surroundings, one: Candidate, called: tuple[str, str, str]) -> list[str]:
    """What speaks for nobody, a participant or another, for a finding with a structure."""
    reading = around.reading
    number = bisect_right(around.starts, one.start - 1) - 1
    line_number = around.line(one.start)
    line = reading.lines[line_number]
    owner = line.owner if reading.who.person or line.owner != "s" else "f"
    zone = line.zone if line.zone != "s" or line.owner != "s" else "S"
    mine, far = _mine(around, number, one.start, one.end, line_number)
    found = _looks(one, called, owner, zone, reading.style[0])
    found += _owned(around, one, (owner, zone, mine, far), line_number)
    found += _beside(around, number, one, _SHORT[one.label])
    found += _special(around, one, called[0][:1], owner)
    if _organised(reading, line_number):
        found += [f"{_SHORT[one.label]}O", f"O{zone}{owner}"]
    if not line.cells and not called[0]:
        found.append(f"{_SHORT[one.label]}l{one.looks}0{zone}")
    return found


def _looks(one: Candidate, called: tuple[str, str, str], owner: str, zone: str, language: str) -> list[str]:
    """How it is written and what it is called."""
    label = _SHORT[one.label]
    cues, near, head = called
    nearest = cues[:1]
    said = head or nearest
    base = _BASE.match(one.looks)
    basic = f"{label}L{base[0] if base else ''}"
    return [
        *(basic, f"{basic}{nearest}", f"{basic}{head}", f"{basic}{owner}{zone}", label),
        *(f"{label}l{one.looks}", f"{label}l{one.looks}{nearest}", f"{label}c{nearest}{near}", f"{label}C{cues}"),
        *(f"{label}h{head}", f"{label}q{said}", f"{label}q{said}{owner}", f"q{said}{owner}"),
        *(f"{label}l{one.looks}q{said}", f"{label}y{language}q{said}"),
    ]


def _owned(around: Surroundings, one: Candidate, place: tuple[str, str, str, str], line_number: int) -> list[str]:
    """Who wrote the line, who is meant by the words near, and who was named last."""
    owner, zone, mine, far = place
    label = _SHORT[one.label]
    person = _person(around, one, line_number)
    short = person[:1] + person.partition(",")[2][:1]
    return [
        *(f"o{owner}", f"{label}o{owner}", f"M{mine}", f"M{mine}{owner}", f"{label}M{mine}", f"{label}z{zone}{owner}"),
        *(f"z{zone}{owner}{mine}", f"{label}m{mine}{owner}", f"m{mine}{far}{owner}", f"Q{short}{owner}"),
        *(f"{label}Q{short}", f"Q{short}{owner}{mine}", f"{label}p{person}", f"p{person}{owner}{mine}"),
        *(f"P{person}{zone}{owner}", f"{label}s{around.sum}", f"s{around.sum}{owner}{zone}{mine}"),
    ]


def _special(around: Surroundings, one: Candidate, nearest: str, owner: str) -> list[str]:
    """What is known of one kind only."""
    reading = around.reading
    found: list[str] = []
    if one.label == Label.EMAIL:
        found += _email(reading, one, owner)
    if one.label == Label.USERNAME:
        found += _login(around, one, nearest)
    if one.end - one.start < 64 and reading.who.whose(reading.text[one.start : one.end].lower()):
        found.append(f"{_SHORT[one.label]}own")
    return found


_SHORT: dict[str, str] = {
    Label.EMAIL: "@", Label.PHONE: "P", Label.IBAN: "I", Label.HETU: "H", Label.CREDIT_CARD: "K", Label.BSN: "B", Label.IP: "N",
    Label.MAC: "M", Label.IMEI: "E", Label.LICENCE_PLATE: "V", Label.DATE_OF_BIRTH: "D", Label.ID_DOCUMENT: "X", Label.USERNAME: "U",
    Label.CASE_ID: "C", Label.ADDRESS: "A", Label.POSTCODE: "Z", Label.PERSON: "F",
}  # fmt: skip


def _mine(around: Surroundings, number: int, start: int, end: int, line_number: int) -> tuple[str, str]:
    """The nearest word that says whose: M(ine), T(heirs), K(in and other parts), looked for back and then a little ahead."""
    tokens = around.reading.tokens
    first = far = ""
    for back in range(number, max(-1, number - _FAR), -1):
        token = tokens[back]
        if token.line < line_number - 1:
            break
        sign = _sign(token.kind)
        if sign == "M" and first:
            return "MK", far
        if sign:
            near = f"{min((number - back) // 3, 3)}{_STOP.search(around.reading.text, token.end, start) is not None}"
            if sign != "K":
                return sign, near
            first, far = first or sign, far or near
    if first:
        return first, far
    ahead = (
        one
        for one in tokens[number + 1 : number + 6]
        if one.start >= end and one.line == line_number and _sign(one.kind)
    )
    following = next(ahead, None)
    return (_sign(following.kind).lower(), "") if following else ("", "")


def _sign(kind: int) -> str:
    if not kind & (Kind.MINE | Kind.THEIRS | Kind.KIN):
        return ""
    return "M" if kind & Kind.MINE else "T" if kind & Kind.THEIRS else "K"


def _person(around: Surroundings, one: Candidate, line_number: int) -> str:
    """Whose is the person named last before, and how far before; and whether one follows on the line."""
    at = bisect_right(around.ends, one.start)
    before = after = ""
    if at:
        _, end, whose = around.persons[at - 1]
        before = whose + _distance(around.reading.text, end, one.start)
    if at < len(around.persons):
        start, _, whose = around.persons[at]
        if start >= one.end and around.line(start) == line_number:
            after = f"{whose}{'0' if start - one.end < 12 else '1'}"
    return f"{before},{after}"


def _distance(text: str, end: int, start: int) -> str:
    between = text[end:start] if start - end < 200 else "\n\n"
    lines = between.count("\n")
    if not lines:
        return "0" if len(between) < 25 else "1"
    return "2" if lines < 3 and "\n\n" not in between else "3"


def _beside(around: Surroundings, number: int, one: Candidate, label: str) -> list[str]:
    tokens, text = around.reading.tokens, around.reading.text
    found = []
    if number >= 0 and tokens[number].end <= one.start:
        found += [f"{label}<{tokens[number].small}", f"{label}k{letters(tokens[number].kind)}"]
        if number:
            found.append(f"{label}<<{tokens[number - 1].small}")
    after = bisect_right(around.starts, one.end - 1)
    if after < len(tokens):
        token = tokens[after]
        found += [f"{label}>{token.small}", f"{label}K{letters(token.kind)}{token.shape}{text[one.end : one.end + 1]}"]
    before = text[one.start - 1] if one.start else "\n"
    found.append(f"{label}b{before}{text[one.end : one.end + 1]}")
    return found


def _organised(reading: Reading, line_number: int) -> bool:
    """Whether the line, or the one before it, names an organisation."""
    marks = reading.counts
    return marks.get(f"{line_number}", 0) > 0 or marks.get(f"{line_number - 1}", 0) > 0


def _email(reading: Reading, one: Candidate, owner: str) -> list[str]:
    address = reading.text[one.start : one.end].casefold()
    who = reading.who
    if address in who.emails:
        return ["@known", "@known"]
    local = words_of(address.partition("@")[0])
    own = sum(1 for word in local if word in who.sender or word in who.others)
    shared = is_shared(address)
    named = sum(1 for word in local if len(word) > 2 and lexicon().get(word, 0) & NAME)
    return [f"@shared{shared}", f"@own{min(own, 2)}{len(local)}", f"@named{min(named, 2)}{shared}{owner}"]


def _login(around: Surroundings, one: Candidate, nearest: str) -> list[str]:
    written = around.reading.text[one.start : one.end]
    kind = lexicon().get(written.lower(), 0)
    sign = "9" if any(sign.isdigit() for sign in written) else "." if any(one in written for one in "._\\@") else ""
    low = "a" if written.islower() else "A"
    return [
        f"U{letters(kind)}{sign}{low}{nearest}",
        f"Ulen{min(len(written), 10)}{low}{sign}",
        f"U3{written[-3:].lower()}",
    ]


def person_features(around: Surroundings, span: tuple[int, int, int, int], score: float) -> list[str]:
    """What speaks for nobody, a participant or another, for a name."""
    reading = around.reading
    first, last, start, end = span
    tokens, who = reading.tokens[first : last + 1], reading.who
    line = reading.lines[tokens[0].line]
    owner = line.owner if who.person or line.owner != "s" else "f"
    zone = line.zone if line.zone != "s" or line.owner != "s" else "S"
    own = _compared(tokens, who)
    size = f"{min(sum(1 for one in tokens if not one.kind & Kind.PARTICLE), 3)}"
    kinds = "".join(sorted({letter for one in tokens for letter in letters(one.kind or one.form)}))
    mine, far = _mine(around, first - 1, start, end, tokens[0].line)
    found = [
        *("F", f"F{own}", f"F{own}{zone}{owner}", f"F{zone}{owner}", f"F{size}{own}", f"Fs{int(score * 5)}"),
        *(
            f"Fs{int(score * 5)}{own}",
            f"Fk{kinds}{tokens[0].shape}",
            f"Fk{kinds}{size}{int(score * 5)}",
            f"Fw{who.person}{own}{zone}",
        ),
        *(f"Fm{mine}{own}", f"Fm{mine}{far}{owner}"),
    ]
    found += _about(reading, span, own)
    if _organised(reading, tokens[0].line):
        found.append(f"FO{zone}{owner}{own}")
    return found


def _about(reading: Reading, span: tuple[int, int, int, int], own: str) -> list[str]:
    """What stands directly before and after a name."""
    first, last, start, end = span
    tokens, text = reading.tokens, reading.text
    found = [f"Fb{text[start - 1] if start else ''}{text[end : end + 1]}"]
    left = tokens[first - 1] if first and tokens[first - 1].line == tokens[first].line else None
    if left:
        found += [f"F<{left.small}", f"F<{letters(left.kind)}{own}"]
    right = tokens[last + 1] if last + 1 < len(tokens) and tokens[last + 1].line == tokens[last].line else None
    if right:
        found += [f"F>{letters(right.kind)}{right.shape}{text[end : end + 1]}", f"F>{right.small}"]
    if right and right.kind & Kind.ORG:
        found.append("Forg")
    address = _AFTER_NAME.match(text, end)
    if address:
        found.append(f"F@{address[1].casefold() in reading.who.emails}")
    return found


def _compared(tokens: list[Token], who: Known) -> str:
    """How the words of a name compare with participants': `all` or `part` of them, the sender's or another's, or `none`."""
    sender = other = none = weak = 0
    for token in tokens:
        if token.kind & Kind.PARTICLE or token.shape == "9":
            continue
        if len(token.small) < 3 or token.shape in ("X.", "x.", "X"):
            whose = who.begins(token.small[:1])
            weak += 1
            none += not whose
            continue
        whose = who.whose(token.small)
        sender += whose == "s"
        other += whose == "o"
        none += not whose
    if not sender and not other:
        return "weak" if weak and not none else "none"
    return f"{'s' if sender else 'o'}{'part' if none else 'all'}"
