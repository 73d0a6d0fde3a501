"""Persons' names: each word that may be of one is scored by what it is and by what stands around it."""

from balie.recognition.cues import cue
from balie.recognition.known import Known
from balie.recognition.lines import Line
from balie.recognition.tokens import Token
from balie.recognition.weighing import Weights
from balie.recognition.words import NAME, Kind

_K = {
    Kind.FIRST: "F",
    Kind.LAST: "L",
    Kind.WORD: "w",
    Kind.PLACE: "p",
    Kind.ORG: "o",
    Kind.TITLE: "t",
    Kind.PARTICLE: "v",
}
_K |= {Kind.KIN: "k", Kind.GREETING: "g", Kind.CLOSING: "c", Kind.MONTH: "m", Kind.THING: "h"}
_LETTERS: dict[int, str] = {}
_CODE_BEFORE, _CODE_AFTER = frozenset("/\\@_=#$&%"), frozenset("/\\@_=(")
_NO_NAME = Kind.MONTH | Kind.GREETING | Kind.CLOSING | Kind.MINE | Kind.THEIRS
_JOINED = frozenset({" ", "  ", ". ", " - ", "-", "\xa0", ""})


def letters(kind: int) -> str:
    """The kinds of a word as a few letters, kept for each combination."""
    found = _LETTERS.get(kind)
    if found is None:
        found = _LETTERS[kind] = "".join(sign for one, sign in _K.items() if kind & one)
    return found


class Reading:
    """One text, read: its words, lines, and what its addresses and participants are called."""

    __slots__ = ("counts", "heads", "lines", "locals", "style", "text", "tokens", "who")

    def __init__(
        self,
        text: str,
        lines: list[Line],
        tokens: list[Token],
        who: Known,
        local: set[str],
        heads: dict[int, list[str]],
    ) -> None:
        self.text, self.lines, self.tokens, self.who, self.locals, self.heads = text, lines, tokens, who, local, heads
        self.counts: dict[str, int] = {}
        self.style = _style(text, tokens)


def _style(text: str, tokens: list[Token]) -> str:
    """How a text is written: its language as its small words tell it, and whether it uses capitals."""
    some = tokens[:400]
    told = {"n": 0, "e": 0, "f": 0}
    for token in some:
        language = _TELLING.get(token.small)
        if language:
            told[language] += 1
    language = max(told, key=lambda one: told[one])
    big = sum(token.shape == "Xx" for token in some)
    loud = sum(token.shape == "XX" for token in some)
    words = sum(token.shape != "9" for token in some) or 1
    return language + ("c" if loud * 2 > words else "" if big * 25 > words else "l")


_TELLING = {
    word: language
    for language, words in {
        "n": "de het een en van ik niet is dat op te voor met aan die er maar ook heb naar bij zijn wordt kan mijn je u geen om uit",
        "e": "the a and of i to is not that on for with at which there but also have by are be can my you no from it this was in your",
        "f": "ja on ei ole että se hän minun mutta myös kun jos ovat oli olen en mikä joka tai vielä nyt kiitos hei voiko sen onko ole",
    }.items()
    for word in words.split()
}


def may_be_name(reading: Reading, number: int, before: bool) -> bool:
    """Whether a word is worth a score. `before`: whether the word before it is of a name."""
    token = reading.tokens[number]
    shape = token.shape
    if shape == "9" or token.end - token.start > 40:
        return False
    if shape != "xx" and shape != "x.":
        return not (token.kind and not token.kind & NAME and token.kind & _NO_NAME and shape != "XX")
    kind = token.kind
    if kind & Kind.PARTICLE:
        return False
    if before or token.small in reading.locals:
        return not kind & Kind.WORD or bool(kind & NAME) or token.small in reading.locals
    if kind & NAME or token.form & NAME:
        return True
    if not kind and number:
        last = reading.tokens[number - 1]
        return bool(last.kind & (Kind.TITLE | Kind.KIN | Kind.PARTICLE)) and last.line == token.line
    return False


def features(reading: Reading, number: int, tagged: list[bool]) -> list[str]:
    """What speaks for or against a word's being of a name."""
    tokens, text = reading.tokens, reading.text
    token = tokens[number]
    line = reading.lines[token.line]
    kind = letters(token.kind) or ("~" + letters(token.form) if token.form else "")
    shape = token.shape
    own = f"{shape}{kind}"
    before = text[token.start - 1] if token.start else "\n"
    starts = _starts(text, tokens, number)
    found = ["b", f"o{own}", f"z{line.zone}{own}", f"l{min(len(token.small), 8)}{shape}", f"e{token.small[-3:]}"]
    found += [
        f"E{token.small[-4:]}{shape}",
        f"S{starts}{own}",
        f"L{reading.style}{own}",
        f"Y{reading.style}{starts}{own}",
        f"R{line.owner}{line.zone}{shape}",
    ]
    after = text[token.end] if token.end < len(text) else "\n"
    found += _left(tokens, number, line, tagged, own, before)
    found += _right(tokens, number, token, own, after, text)
    if before in _CODE_BEFORE or after in _CODE_AFTER:
        found.append(f"x{before if before in _CODE_BEFORE else ''}{after if after in _CODE_AFTER else ''}")
    whose = reading.who.whose(token.small)
    found.append(f"W{whose}{line.zone}{'' if whose else shape}")
    if token.small in reading.locals:
        found.append("Q" + kind)
    if line.head >= 0:
        found += _column(reading, token, line, shape)
    elif line.body == token.start and line.end == token.end + (after in ",.:!"):
        found.append(f"a{line.zone}{own}")
    return found


def _left(tokens: list[Token], number: int, line: Line, tagged: list[bool], own: str, before: str) -> list[str]:
    token = tokens[number]
    last = tokens[number - 1] if number else None
    if last is None or last.line != token.line:
        return [f"<{line.zone}{own}", f"1{before if before in '<(«' else ''}{own}"]
    name = tagged[number - 1]
    kind = letters(last.kind) if last.kind else f"~{letters(last.form)}"
    gap = token.start - last.end
    stop = gap > 1 and before == " "
    called = cue(last.small)
    beside = f"{called}{gap > 1}"
    found = [
        f"G{kind}{name}{token.shape}{gap == 1}",
        f"H{beside}{token.shape}",
        f"H{beside}{own}",
        f"2{kind}{name}{own}",
        f"3{last.small}",
        f"3{last.small}{token.shape}",
        f"4{last.shape}{name}{token.shape}{before if before != ' ' else ''}",
        f"5{before}{token.shape}",
    ]
    if stop:
        found.append(f"s{own}")
    found.append(f"n{name}{own}{gap == 1}")
    if number > 1 and tokens[number - 2].line == token.line:
        second = tokens[number - 2]
        found += [f"6{second.small}", f"7{letters(second.kind)}{tagged[number - 2]}{kind}{token.shape}"]
    return found


def _starts(text: str, tokens: list[Token], number: int) -> str:
    """Whether a sentence (`s`), a line (`l`) or a part of one (`p`) begins with a word."""
    token = tokens[number]
    if not number or tokens[number - 1].line != token.line:
        return "l"
    between = text[tokens[number - 1].end : token.start]
    if any(sign in between for sign in ".!?"):
        return "s"
    return "p" if len(between) > 1 or between not in " -" else ""


def _right(tokens: list[Token], number: int, token: Token, own: str, after: str, text: str) -> list[str]:
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    if following is None or following.line != token.line:
        return [f">{own}", f"A{after if after != ' ' else ''}{own}"]
    kind = letters(following.kind) if following.kind else f"~{letters(following.form)}"
    found = [
        f"J{kind}{following.shape}{token.shape}",
        f"8{kind}{following.shape}{own}",
        f"9{following.small}",
        f"A{after}{own}",
        f"B{following.shape}{token.shape}{after}",
    ]
    if number + 2 < len(tokens) and tokens[number + 2].line == token.line:
        second = tokens[number + 2]
        found += [f"C{letters(second.kind)}{second.shape}{kind}{token.shape}", f"D{second.small}"]
    return found


def _column(reading: Reading, token: Token, line: Line, shape: str) -> list[str]:
    heads = reading.heads.get(line.head)
    if not heads or token.line == line.head:
        return [f"T{token.line == line.head}{shape}"]
    index = reading.text.count(line.cells, line.body, token.start)
    head = heads[index] if index < len(heads) else ""
    return [f"t{head}", f"t{head}{shape}", "T"]


def tag(reading: Reading, weights: Weights) -> list[float]:
    """For each word how surely it is of a name, from 0 to 1; 0 for those that cannot be."""
    tagged: list[bool] = []
    scores: list[float] = []
    for number in range(len(reading.tokens)):
        before = _before(reading, number, tagged)
        score = weights.chance(features(reading, number, tagged)) if may_be_name(reading, number, before) else 0.0
        scores.append(score)
        tagged.append(score > 0.5 or goes_on(reading.tokens, number, tagged))
    return scores


def goes_on(tokens: list[Token], number: int, tagged: list[bool]) -> bool:
    """Whether a small word stands within a name: a name's word is before it."""
    token = tokens[number]
    return bool(
        number
        and token.kind & Kind.PARTICLE
        and token.shape != "9"
        and tagged[number - 1]
        and tokens[number - 1].line == token.line
    )


def _before(reading: Reading, number: int, tagged: list[bool]) -> bool:
    """Whether a name stands directly before, small words of names between them or not."""
    back = number - 1
    tokens = reading.tokens
    while back >= 0 and number - back < 4 and tokens[back].line == tokens[number].line:
        if tagged[back]:
            return tokens[number].start - tokens[back].end < 16
        if not tokens[back].kind & Kind.PARTICLE:
            return False
        back -= 1
    return False


def spans(reading: Reading, scores: list[float], threshold: float) -> list[tuple[int, int, int, int]]:
    """Names as (first word, last word, start, end): words side by side, with the small words that belong to them."""
    tokens, text = reading.tokens, reading.text
    found: list[tuple[int, int, int, int]] = []
    number = 0
    while number < len(tokens):
        if scores[number] <= threshold:
            number += 1
            continue
        first = last = number
        number += 1
        while number < len(tokens) and tokens[number].line == tokens[first].line:
            step = _next(tokens, text, scores, last, number, threshold)
            if step < 0:
                break
            last, number = step, step + 1
        first = _leading(tokens, text, first)
        found.append((first, last, tokens[first].start, tokens[last].end))
        number = last + 1
    return found


def _next(tokens: list[Token], text: str, scores: list[float], last: int, number: int, threshold: float) -> int:
    """The word to which a name goes on after word `last`; -1 when it ends there."""
    place = number
    while place < len(tokens) and place - number < 4:
        gap = text[tokens[place - 1].end : tokens[place].start]
        if gap not in _JOINED and gap.strip("()\"' ") and gap != ", ":
            return -1
        if gap == ", " and tokens[place].shape != "X.":
            return -1
        if scores[place] > threshold:
            return place
        if not tokens[place].kind & Kind.PARTICLE:
            return -1
        place += 1
    return -1


def _leading(tokens: list[Token], text: str, first: int) -> int:
    """Small words before a surname belong to it: after a title, or when they cannot be anything else."""
    start = first
    while start and tokens[start - 1].kind & Kind.PARTICLE and tokens[start - 1].line == tokens[first].line:
        if text[tokens[start - 1].end : tokens[start].start] not in (" ", "", "'"):
            break
        start -= 1
        if first - start == 3:
            break
    if start == first:
        return first
    if tokens[first].kind & Kind.FIRST and not tokens[first].kind & Kind.LAST and tokens[start].shape == "xx":
        return first
    return start
