"""Whose a finding is: nobody's, a participant's or somebody else's. What speaks for each is gathered here and weighed."""

import re
from bisect import bisect_right

from balie.recognition.candidates import Candidate
from balie.recognition.cues import cue
from balie.recognition.known import is_shared, words_of
from balie.recognition.persons import Reading, letters
from balie.recognition.spans import Label
from balie.recognition.tokens import Token
from balie.recognition.words import NAME, Kind

REACH = 7  # words that are looked back for what a number is called
_FAR = 16  # words that are looked back for whose it is
_BASE = re.compile("[a-z]{2,6}|[A9-]{1,3}")
_STOP = re.compile(r"[.!?;]\s|\n")


class Surroundings:
    """What one text's findings stand among: its words and lines, and the persons found in it with whose each is."""

    __slots__ = ("reading", "starts", "persons", "cues", "sum")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.starts = [token.start for token in reading.tokens]
        self.persons: list[tuple[int, int, str]] = []
        self.cues: dict[str, str] = {}
        self.sum = ""

    def meet(self, persons: list[tuple[int, int, str]]) -> None:
        """Take in the persons of the text: place and whose, `p` or `t`."""
        self.persons = persons
        third = sum(1 for one in persons if one[2] == "t")
        self.sum = f"{min(third, 2)}{self.reading.who.person}"

    def cue(self, word: str) -> str:
        found = self.cues.get(word)
        if found is None:
            found = self.cues[word] = cue(word)
        return found

    def line(self, place: int) -> int:
        number = bisect_right(self.starts, place) - 1
        lines, tokens = self.reading.lines, self.reading.tokens
        at = tokens[number].line if number >= 0 else 0
        while at + 1 < len(lines) and lines[at + 1].start <= place:
            at += 1
        return at

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
    label = _SHORT[one.label]
    cues, near, head = called
    nearest = cues[:1]
    owner = line.owner if reading.who.person or line.owner != "s" else "f"
    zone = line.zone if line.zone != "s" or line.owner != "s" else "S"
    base = _BASE.match(one.looks)
    basic = f"{label}L{base[0] if base else ''}"
    found = [basic, f"{basic}{nearest}", f"{basic}{head}", f"{basic}{owner}{zone}", f"{label}", f"{label}l{one.looks}", f"{label}l{one.looks}{nearest}", f"{label}c{nearest}{near}", f"{label}C{cues}", f"{label}h{head}"]
    said = head or nearest
    found += [f"{label}q{said}", f"{label}q{said}{owner}", f"q{said}{label in 'PIBHKXVCUAZD@'}{owner}", f"{label}l{one.looks}q{said}", f"{label}y{reading.style[0]}q{said}"]
    mine, far = _mine(around, number, one, line_number)
    found += [f"o{owner}", f"{label}o{owner}", f"M{mine}", f"M{mine}{owner}", f"{label}M{mine}", f"{label}z{zone}{owner}", f"z{zone}{owner}{mine}", f"{label}m{mine}{owner}", f"m{mine}{far}{owner}"]
    person = _person(around, one, line_number)
    short = person[:1] + person.partition(",")[2][:1]
    found += [f"Q{short}{owner}", f"{label}Q{short}", f"Q{short}{owner}{mine}", f"{label}p{person}", f"p{person}{owner}{mine}", f"P{person}{zone}{owner}", f"{label}s{around.sum}", f"s{around.sum}{owner}{zone}{mine}"]
    found += _beside(around, number, one, label)
    if _organised(reading, line_number):
        found += [f"{label}O", f"O{zone}{owner}"]
    if one.label == Label.EMAIL:
        found += _email(reading, one, owner)
    if one.label == Label.USERNAME:
        found += _login(around, one, nearest)
    if reading.who.whose(reading.text[one.start : one.end].lower()):
        found.append(f"{label}own")
    if not line.cells and not cues:
        found.append(f"{label}l{one.looks}0{zone}")
    return found


_SHORT = {
    Label.EMAIL: "@", Label.PHONE: "P", Label.IBAN: "I", Label.HETU: "H", Label.CREDIT_CARD: "K", Label.BSN: "B", Label.IP: "N",
    Label.MAC: "M", Label.IMEI: "E", Label.LICENCE_PLATE: "V", Label.DATE_OF_BIRTH: "D", Label.ID_DOCUMENT: "X", Label.USERNAME: "U",
    Label.CASE_ID: "C", Label.ADDRESS: "A", Label.POSTCODE: "Z", Label.PERSON: "F",
}  # fmt: skip


def _mine(around: Surroundings, number: int, one: Candidate, line_number: int) -> tuple[str, str]:
    """The nearest word that says whose: M(ine), T(heirs), K(in and other parts), looked for back and then a little ahead."""
    tokens = around.reading.tokens
    text = around.reading.text
    first = ""
    for back in range(number, max(-1, number - _FAR), -1):
        token = tokens[back]
        if token.line < line_number - 1:
            break
        if token.kind & (Kind.MINE | Kind.THEIRS | Kind.KIN):
            sign = "M" if token.kind & Kind.MINE else "T" if token.kind & Kind.THEIRS else "K"
            between = text[token.end : one.start]
            stop = _STOP.search(between) is not None
            far = f"{min((number - back) // 3, 3)}{stop}"
            if sign == "M" and first:
                return "MK" if first[0] == "K" else first[0], first[1:]
            if sign != "K":
                return sign, far
            first = first or "K" + far
    if first:
        return "K", first[1:]
    for ahead in range(number + 1, min(len(tokens), number + 6)):
        token = tokens[ahead]
        if token.start >= one.end and token.line == line_number and token.kind & (Kind.MINE | Kind.THEIRS | Kind.KIN):
            return ("m" if token.kind & Kind.MINE else "t" if token.kind & Kind.THEIRS else "k"), ""
    return "", ""


def _person(around: Surroundings, one: Candidate, line_number: int) -> str:
    """Whose is the person named last before, and how far before; and whether one follows on the line."""
    before, after = "", ""
    for start, end, whose in around.persons:
        if end <= one.start:
            between = around.reading.text[end : one.start] if one.start - end < 200 else "\n\n"
            lines = between.count("\n")
            far = "0" if len(between) < 25 and not lines else "1" if not lines else "2" if lines < 3 and "\n\n" not in between else "3"
            before = f"{whose}{far}"
        elif start >= one.end:
            if around.line(start) == line_number:
                after = f"{whose}{'0' if start - one.end < 12 else '1'}"
            break
    return f"{before},{after}"


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
    named = sum(1 for word in local if len(word) > 2 and around_kind(word))
    return [f"@shared{shared}", f"@own{min(own, 2)}{len(local)}", f"@named{min(named, 2)}{shared}{owner}"]


def around_kind(word: str) -> bool:
    from balie.recognition.words import lexicon

    return bool(lexicon().get(word, 0) & NAME)


def _login(around: Surroundings, one: Candidate, nearest: str) -> list[str]:
    written = around.reading.text[one.start : one.end]
    from balie.recognition.words import lexicon

    kind = lexicon().get(written.lower(), 0)
    sign = "9" if any(sign.isdigit() for sign in written) else "." if any(one in written for one in "._\\@") else ""
    low = "a" if written.islower() else "A"
    return [f"U{letters(kind)}{sign}{low}{nearest}", f"Ulen{min(len(written), 10)}{low}{sign}", f"U3{written[-3:].lower()}"]


def person_features(around: Surroundings, span: tuple[int, int, int, int], score: float, sender_seen: set[str]) -> list[str]:
    """What speaks for nobody, a participant or another, for a name."""
    reading = around.reading
    first, last, start, end = span
    tokens, who = reading.tokens, reading.who
    line = reading.lines[tokens[first].line]
    owner = line.owner if who.person or line.owner != "s" else "f"
    zone = line.zone if line.zone != "s" or line.owner != "s" else "S"
    own = _compared(tokens[first : last + 1], who)
    size = f"{min(sum(1 for one in tokens[first : last + 1] if not one.kind & Kind.PARTICLE), 3)}"
    found = ["F", f"F{own}", f"F{own}{zone}{owner}", f"F{zone}{owner}", f"F{size}{own}", f"Fs{int(score * 5)}", f"Fs{int(score * 5)}{own}"]
    kinds = "".join(sorted({letter for one in tokens[first : last + 1] for letter in letters(one.kind or one.form)}))
    found += [f"Fk{kinds}{tokens[first].shape}", f"Fw{who.person}{own}{zone}"]
    left = tokens[first - 1] if first and tokens[first - 1].line == tokens[first].line else None
    if left:
        kind = letters(left.kind)
        found += [f"F<{left.small}", f"F<{kind}{own}"]
    mine, far = _mine(around, first - 1, Candidate(start, end, Label.PERSON, ""), tokens[first].line)
    found += [f"Fm{mine}{own}", f"Fm{mine}{far}{owner}"]
    right = tokens[last + 1] if last + 1 < len(tokens) and tokens[last + 1].line == tokens[last].line else None
    if right:
        found += [f"F>{letters(right.kind)}{right.shape}{reading.text[end : end + 1]}", f"F>{right.small}"]
        if right.kind & Kind.ORG:
            found.append("Forg")
    found.append(f"Fb{reading.text[start - 1] if start else ''}{reading.text[end : end + 1]}")
    address = _address_after(reading, end)
    if address:
        found.append(f"F@{address in who.emails}")
    if _organised(reading, tokens[first].line):
        found.append(f"FO{zone}{owner}{own}")
    return found


def _address_after(reading: Reading, end: int) -> str:
    match = re.compile(r"[\"']?[ \t]{0,2}[<(\[](?:mailto:)?([\w.+'-]{1,64}@[\w.-]{1,90})").match(reading.text, end)
    return match[1].casefold() if match else ""


def _compared(tokens: list[Token], who: object) -> str:
    """How the words of a name compare with participants': `all` or `part` of them, the sender's or another's, or `none`."""
    sender = other = none = weak = 0
    for token in tokens:
        if token.kind & Kind.PARTICLE or token.shape == "9":
            continue
        if len(token.small) < 3 or token.shape in ("X.", "x.", "X"):
            whose = who.begins(token.small[:1])  # type: ignore[attr-defined]
            weak += 1
            none += not whose
            continue
        whose = who.whose(token.small)  # type: ignore[attr-defined]
        sender += whose == "s"
        other += whose == "o"
        none += not whose
    if not sender and not other:
        return "weak" if weak and not none else "none"
    return f"{'s' if sender else 'o'}{'part' if none else 'all'}"
