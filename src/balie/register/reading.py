"""A file's text becomes plain data with the line of every key, or one sentence that says what to repair.

Pure: no database, no Django. The words are those of YAML 1.2, of which a register needs few: `true` and `false`, whole numbers,
and texts. What makes a file unreadable to people (anchors, tags, a key twice) is refused; what makes one dangerous to
programs (size, depth) is bounded, and the text is read event by event so that a bound stops it early.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from balie.kernel import Invalid, Sentence, sentence
from balie.register.mending import what_is_wrong

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]

LONGEST_FILE = 2 * 1024 * 1024  # bytes; a register of 500 activities and 20,000 items is a third of this
LONGEST_TEXT = 4_000  # characters of one sentence
MOST_VALUES = 100_000
LONGEST_LIST = 1_000
DEEPEST = 16

# The C reader is a hundred times faster; where PyYAML was built without it, the other gives the same events.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
# What YAML 1.2 lets no text hold: control signs, halves of pairs, the two that are no characters.
_NO_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass
class Document:
    """The plain data of one file, and for each path in it the line (from 1) on which it stands."""

    name: str
    data: Plain = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, at: Path) -> int:
        """The line of a path, or of the nearest thing above it."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)


def read(text: str | bytes, *, name: str) -> Document:
    """Read one file. `name` is how the sentences call it.

    Promises the data exactly as written: dates and `no` stay texts, a key stands once. Raises Invalid, whose sentence names file
    and line, for anything else. Source: the format, «Reading it safely» (docs/register-format.md).
    """
    found = _decoded(text, name)
    try:
        return _Reader(name).document(found)
    except yaml.MarkedYAMLError as stop:
        line, what = what_is_wrong(stop, found)
        raise _stop(name, line, what) from None


def _decoded(text: str | bytes, name: str) -> str:
    if len(text) > LONGEST_FILE:
        raise _stop(name, 0, sentence("the file is longer than {most} bytes; shorten it", most=LONGEST_FILE))
    try:
        found = text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError as stop:
        line = stop.object.count(b"\n", 0, stop.start)
        raise _stop(name, line, sentence("the file is not written in UTF-8; save it as UTF-8")) from None
    if odd := _NO_TEXT.search(found):
        line = found.count("\n", 0, odd.start())
        code = f"U+{ord(odd[0]):04X}"
        raise _stop(name, line, sentence("here stands a sign that no text holds ({code}); take it out", code=code))
    return found


def _stop(name: str, line: int, what: Sentence) -> Invalid:
    """An error at a line (from 0) of a file."""
    where = sentence("{file}, line {line}: {what}", file=name, line=line + 1, what=what)
    return Invalid(where, file=name, line=line + 1)


class _Reader:
    """Builds plain data from the events of one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values = 0
        self.lines: dict[Path, int] = {}

    def document(self, text: str) -> Document:
        events = iter(yaml.parse(text, Loader=LOADER))
        data: Plain = None
        seen = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    raise self.stop(event, sentence("a second document begins here; keep one register in one file"))
            elif isinstance(event, yaml.NodeEvent):
                data = self.value(event, events, ())
        if not seen or data is None:
            raise _stop(self.name, 0, sentence("the file is empty; begin with `format: 1`"))
        return Document(self.name, data, self.lines)

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], at: Path) -> Plain:
        self.allow(event, at)
        self.lines.setdefault(at, _line(event) + 1)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, at)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, at)
        return _scalar(event)

    def allow(self, event: yaml.Event, at: Path) -> None:
        """Refuse what a register has no use for, and stop before a file costs more than it can be worth."""
        self.values += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = sentence(
                "anchors and aliases (& and *) are not used; name a term, recipient or system and mention the name"
            )
            raise self.stop(event, what)
        if getattr(event, "tag", None):
            raise self.stop(event, sentence("tags (!) are not used; put the text in quotation marks"))
        if self.values > MOST_VALUES:
            raise self.stop(
                event, sentence("the file holds more than {most} values; split the register", most=MOST_VALUES)
            )
        if len(at) > DEEPEST:
            raise self.stop(
                event, sentence("this is nested deeper than {most} levels; no key asks for that", most=DEEPEST)
            )
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST_TEXT:
            what = sentence("this text is longer than {most} signs; say it more briefly", most=LONGEST_TEXT)
            raise self.stop(event, what)

    def mapping(self, events: Iterator[yaml.Event], at: Path) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            word = self.key(key, at)
            if word in found:
                raise self.stop(key, sentence("«{key}» stands twice; take one away", key=word))
            self.lines[*at, word] = _line(key) + 1
            found[word] = self.value(next(events), events, (*at, word))
        return found

    def key(self, event: yaml.Event, at: Path) -> str:
        self.allow(event, at)
        if not isinstance(event, yaml.ScalarEvent):
            raise self.stop(
                event, sentence("a key is one word; put the text in quotation marks if it begins with [ or {{")
            )
        return str(event.value)

    def sequence(self, events: Iterator[yaml.Event], at: Path) -> list[Plain]:
        found: list[Plain] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            if len(found) >= LONGEST_LIST:
                raise self.stop(event, sentence("this list is longer than {most}; shorten it", most=LONGEST_LIST))
            found.append(self.value(event, events, (*at, len(found))))
        return found

    def stop(self, event: yaml.Event, what: Sentence) -> Invalid:
        return _stop(self.name, _line(event), what)


def _line(event: yaml.Event) -> int:
    """The line of an event, from 0."""
    return int(event.start_mark.line) if event.start_mark else 0


def _scalar(event: yaml.Event) -> Plain:
    """A plain word may be a constant or a number; what stands in quotation marks or in a block is a text."""
    assert isinstance(event, yaml.ScalarEvent)
    text = str(event.value)
    if event.style:
        return text
    if text in CONSTANTS:
        return CONSTANTS[text]
    return int(text) if WHOLE.fullmatch(text) else text
