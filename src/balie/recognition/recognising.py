"""Recognises the personal data in one message and tells whose they are: the participants' or somebody else's."""

from collections.abc import Iterator
from itertools import islice

from balie.recognition import candidates, dates, dwellings, persons, weighing, whose
from balie.recognition.addresses import emails
from balie.recognition.candidates import Candidate
from balie.recognition.cues import cue
from balie.recognition.known import known, words_of
from balie.recognition.lines import Line, lines_of
from balie.recognition.message import Message
from balie.recognition.persons import Reading
from balie.recognition.plain import Plain, plain
from balie.recognition.spans import Label, Role, Span
from balie.recognition.tokens import tokens_of
from balie.recognition.weighing import Choice, Weights
from balie.recognition.whose import Surroundings
from balie.recognition.words import Kind

NAMED = 0.35  # above this a word is looked at as a name; whether it is one is decided once more with whose it is
_COUNTRIES = {"nl": "NL", "fi": "FI", "sv": "FI"}
_BY_CUE = {"D": Label.ID_DOCUMENT, "C": Label.CASE_ID}
_ROLES = {"t": Role.THIRD_PARTY, "p": Role.PARTICIPANT}
NAME = 0.5  # a chance of being a person's name that is enough
PERSONAL = 0.35  # the same for what has a structure
ALIKE = 0.08  # the same, where another of its kind that looks alike was found in the text
LENIENT = 0.42  # a chance of being somebody else's that is enough: what leaks harms more than what is covered in vain


def recognise(message: Message) -> list[Span]:
    """Personal data in a message, in the order of the text, none overlapping, each with its label and whose it is
    (`participant` or `third_party`). Numbers of things, organisations and the desk are left out. Places are characters of
    the text as given. Time grows with the length only; never raises. Source: mission, S3.12.
    """
    seen = plain(message.text)
    if not seen.text.strip():
        return []
    names, choice = weighing.learned()
    around, spans, scores = read(message, seen, names)
    found = _decided(around, spans, scores, choice, message)
    return _placed(seen, found)


def read(
    message: Message, seen: Plain, names: Weights
) -> tuple[Surroundings, list[tuple[int, int, int, int]], list[float]]:
    """A message with its lines, words and what may be names in it."""
    reading = reading_of(message, seen)
    scores = persons.tag(reading, names)
    _again(reading, scores)
    spans = persons.spans(reading, scores, NAMED)
    return Surroundings(reading), spans, scores


def reading_of(message: Message, seen: Plain) -> Reading:
    who = known(message)
    lines = lines_of(seen.text, who)
    tokens = tokens_of(seen.text, lines)
    reading = Reading(seen.text, lines, tokens, who, _locals(seen.text), _heads(seen.text, lines))
    for token in tokens:
        if (token.kind & Kind.ORG and token.shape != "xx") or (
            token.kind & Kind.ORG and token.small in ("gemeente", "stichting", "kvk")
        ):
            reading.counts[f"{token.line}"] = reading.counts.get(f"{token.line}", 0) + 1
    return reading


def _locals(text: str) -> set[str]:
    """Words of the addresses in a text: who has an address there is likely named there."""
    found: set[str] = set()
    if "@" in text:
        for start, end, _ in list(islice(emails(text), 200)):
            found |= {word for word in words_of(text[start:end].partition("@")[0].casefold()) if len(word) > 3}
    return found


def _heads(text: str, lines: list[Line]) -> dict[int, list[str]]:
    """What the columns of each table are called, as classes of cues; the head itself is one line."""
    found: dict[int, list[str]] = {}
    for number in {line.head for line in lines if line.head >= 0}:
        line = lines[number]
        cells = text[line.body : line.end].casefold().split(line.cells)
        found[number] = [_class_of(cell) for cell in cells]
    return found


def _class_of(cell: str) -> str:
    for word in cell.replace("_", " ").strip(' "\t').split()[:3]:
        sign = cue(word.strip("\"'"))
        if sign:
            return sign
    return ""


def _again(reading: Reading, scores: list[float]) -> None:
    """What was surely a name once is one again in the same text, in any case."""
    tokens = reading.tokens
    sure = {
        tokens[number].small for number, score in enumerate(scores) if score > 0.8 and len(tokens[number].small) > 3
    }
    if not sure:
        return
    stems = {one[:-1] for one in sure}
    for number, token in enumerate(tokens):
        if 0 < scores[number] <= NAMED and (
            token.small in sure or any(token.small[:-less] in stems for less in range(1, 6))
        ):
            scores[number] = NAMED + 0.1


Decided = tuple[float, int, int, str, str]  # how surely, start, end, label, role


def _decided(
    around: Surroundings, spans: list[tuple[int, int, int, int]], scores: list[float], choice: Choice, message: Message
) -> list[Decided]:
    """Every finding with how surely it is one, its place, label and role."""
    found: list[Decided] = []
    for span in spans:
        personal, other = choice.chances(person_features(around, span, scores))
        if personal >= NAME:
            found.append((personal, span[2], span[3], Label.PERSON, role_of(other)))
    around.meet([(start, end, role) for _, start, end, _, role in found])
    unsure: list[tuple[Candidate, float]] = []
    alike: dict[tuple[str, str], str] = {}
    for one, called in gathered(around, message):
        personal, other = choice.chances(whose.features(around, one, called))
        if personal >= PERSONAL:
            found.append((personal + (one.looks == "proven"), one.start, one.end, one.label, role_of(other)))
            alike.setdefault(_alike(around, one), role_of(other))
        else:
            unsure.append((one, personal))
    for one, personal in unsure:
        role = alike.get(_alike(around, one))
        if role and personal > ALIKE:
            found.append((personal, one.start, one.end, one.label, role))
    return found


def _alike(around: Surroundings, one: Candidate) -> tuple[str, str]:
    """What findings of one kind share: how they look, or, where looks say little, what is written."""
    written = around.reading.text[one.start : one.end]
    same = one.label in (Label.CASE_ID, Label.LICENCE_PLATE, Label.DATE_OF_BIRTH, Label.ID_DOCUMENT)
    return one.label, one.looks if same else written


def person_features(around: Surroundings, span: tuple[int, int, int, int], scores: list[float]) -> list[str]:
    """The features of one name, its score the best of its words'."""
    return whose.person_features(around, span, max(scores[span[0] : span[1] + 1]))


def role_of(other: float) -> str:
    """p(articipant) or t(hird party)."""
    return "t" if other >= LENIENT else "p"


def gathered(around: Surroundings, message: Message) -> list[tuple[Candidate, tuple[str, str, str]]]:
    """Every finding with a structure that is worth weighing, with what it is called."""
    reading = around.reading
    text = reading.text
    country = (message.country or _COUNTRIES.get(message.language or "", "")).upper()
    found: list[tuple[Candidate, tuple[str, str, str]]] = []
    for one in (*candidates.structured(text, country), *dates.in_words(text, reading.tokens)):
        found.append((one, around.called(one)))
    for one in (*dwellings.addresses(text, reading.tokens), *dwellings.postcodes(text)):
        found.append((one, around.called(one)))
    taken = {one.start for one, _ in found if one.label in (Label.EMAIL, Label.HETU, Label.IBAN)}
    for one in candidates.codes(text):
        if one.start in taken:
            continue
        called = around.called(one)
        label = next((_BY_CUE[sign] for sign in (*called[0], called[2]) if sign in _BY_CUE), None)
        if label:
            found.append((Candidate(one.start, one.end, label, one.looks), called))
    found += _logins(around)
    return found


def _logins(around: Surroundings) -> list[tuple[Candidate, tuple[str, str, str]]]:
    """Words after one that says login, and the cells of a column that is called so."""
    reading = around.reading
    found = []
    for token in reading.tokens:
        if token.shape != "9" and around.cue(token.small) == "U":
            end = min(reading.lines[token.line].end, token.end + 60)
            after = list(islice(candidates.chunks(reading.text, token.end, end), 4))
            found += [
                Candidate(start, stop, Label.USERNAME, f"after{order}") for order, (start, stop) in enumerate(after)
            ]
    for number, line in enumerate(reading.lines):
        if "U" in reading.heads.get(line.head, ()) and number != line.head:
            found += list(_cells(reading, line))
    return [(one, around.called(one)) for one in found]


def _cells(reading: Reading, line: Line) -> Iterator[Candidate]:
    """The cells of a line that stand under «user»."""
    at = line.body
    heads = reading.heads[line.head]
    for index, cell in enumerate(reading.text[line.body : line.end].split(line.cells)):
        written = cell.strip(' "')
        if index < len(heads) and heads[index] == "U" and 0 < len(written) < 50:
            start = at + cell.index(written)
            yield Candidate(start, start + len(written), Label.USERNAME, "cell")
        at += len(cell) + len(line.cells)


def _placed(seen: Plain, found: list[Decided]) -> list[Span]:
    """Of findings in one place the surest stands, and of those as sure the longest."""
    taken = bytearray(len(seen.text))
    kept: list[Span] = []
    for _, start, end, label, role in sorted(found, key=lambda one: (-round(one[0], 2), one[1] - one[2], one[1])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(Span(*seen.given(start, end), label, _ROLES[role]))
    return sorted(kept, key=lambda one: one.start)
