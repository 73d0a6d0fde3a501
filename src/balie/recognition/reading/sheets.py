"""Spreadsheets (XLSX): each sheet as one text in which the cells are marked, hidden ones too. Source: ECMA-376, 18.3."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from balie.recognition.reading import xml
from balie.recognition.reading.findings import Findings, Over
from balie.recognition.reading.outcome import Mark, Place, Reason
from balie.recognition.reading.taking_out import taken_out

_SHEET = re.compile(r"xl/(?:worksheets|chartsheets|dialogsheets|macrosheets)/[^/]+\.xml")
_DAYS = frozenset(
    {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
)  # number formats that are dates (18.8.30)
_DATE_FORMAT = re.compile(r"[dmy]", re.IGNORECASE)
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[Gg]eneral')
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_VALUES = frozenset({"v", "t"})


def is_sheet(name: str) -> bool:
    return _SHEET.fullmatch(name) is not None


def read_sheets(found: Findings, archive: zipfile.ZipFile, place: Place) -> None:
    """Every sheet, and the strings that no cell uses any more: what was deleted may still stand there."""
    strings = _strings(_member(found, archive, "xl/sharedStrings.xml"))
    days = _date_styles(_member(found, archive, "xl/styles.xml"))
    names = _names(found, archive)
    used: set[int] = set()
    try:
        for one in archive.infolist():
            if is_sheet(one.filename):
                where = replace(place, sheet=names.get(one.filename, one.filename.rpartition("/")[2]))
                _read_sheet(taken_out(found, archive, one), where, _Sheet(found, strings, days, used))
    finally:
        left = [text for number, text in enumerate(strings) if number not in used]
        found.text("\n".join(left), replace(place, part="texts of no cell"))


@dataclass
class _Sheet:
    """One sheet while it is read."""

    found: Findings
    strings: list[str]
    days: frozenset[int]
    used: set[int]
    texts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    at: int = 0
    cell: dict[str, str] = field(default_factory=dict)
    value: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def opened(self, name: str, given: dict[str, str]) -> None:
        """An element opens. Raises Over for one cell too many."""
        self.within.append(name)
        if name == "c":
            self.found.cells -= 1
            if self.found.cells < 0:
                raise Over(Reason.TOO_MANY_CELLS)
            self.cell, self.value = given, []

    def closed(self, name: str) -> None:
        self.within.pop()
        if name == "c":
            self._keep(self._shown("".join(self.value)))
        elif name == "row":
            self.texts.append("\n")
            self.at += 1

    def said(self, text: str) -> None:
        if self.within[-1] in _VALUES and "c" in self.within:
            self.value.append(text)
        elif text.strip():
            self.others.append(text)

    def _keep(self, text: str) -> None:
        if text:
            self.marks.append(Mark(self.at, self.at + len(text), self.cell.get("r", "")))
            self.texts.append(text + "\t")
            self.at += len(text) + 1

    def _shown(self, value: str) -> str:
        kind = self.cell.get("t", "n")
        if kind == "s" and value.strip().isdecimal() and int(value) < len(self.strings):
            self.used.add(int(value))
            return self.strings[int(value)]
        if kind == "n" and value and self.cell.get("s", "").isdecimal() and int(self.cell["s"]) in self.days:
            return _day(value)
        return value


def _read_sheet(data: bytes, place: Place, sheet: _Sheet) -> None:
    try:
        xml.walk(data, opened=sheet.opened, closed=sheet.closed, said=sheet.said)
    finally:
        sheet.found.text("".join(sheet.texts), place, sheet.marks)
        sheet.found.text("\n".join(sheet.others), replace(place, part="formulas, headers and footers"))


def _member(found: Findings, archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        member = archive.getinfo(name)
    except KeyError:
        return b""
    return taken_out(found, archive, member)


def _strings(data: bytes) -> list[str]:
    """The texts that cells name by number, each put together from its runs."""
    texts: list[str] = []
    runs: list[str] = []

    def closed(name: str) -> None:
        if name == "si":
            texts.append("".join(runs))
            runs.clear()

    if data:
        xml.walk(data, opened=lambda name, given: None, closed=closed, said=runs.append)
    return texts


def _date_styles(data: bytes) -> frozenset[int]:
    """The numbers of the styles under which a number is a day."""
    own: dict[str, str] = {}
    formats: list[str] = []
    within: list[str] = []

    def opened(name: str, given: dict[str, str]) -> None:
        within.append(name)
        if name == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "xf" and "cellXfs" in within:
            formats.append(given.get("numFmtId", ""))

    if data:
        xml.walk(data, opened=opened, closed=lambda name: _drop(within), said=lambda text: None)
    return frozenset(number for number, format in enumerate(formats) if _is_date(format, own))


def _is_date(number: str, own: dict[str, str]) -> bool:
    if number in own:
        return _DATE_FORMAT.search(_NOT_FORMAT.sub("", own[number])) is not None
    return number.isdecimal() and int(number) in _DAYS


def _day(value: str) -> str:
    """A day as it is counted there, as ISO 8601; what is none as it stands."""
    try:
        return (_EPOCH + timedelta(days=float(value))).isoformat(" ", "minutes").removesuffix(" 00:00")
    except (ValueError, OverflowError):
        return value


def _names(found: Findings, archive: zipfile.ZipFile) -> dict[str, str]:
    """What each sheet's file is called in the workbook."""
    files = dict(_pairs(_member(found, archive, "xl/_rels/workbook.xml.rels"), "Relationship", ("Id", "Target")))
    sheets = _pairs(_member(found, archive, "xl/workbook.xml"), "sheet", ("id", "name"))
    return {"xl/" + files.get(key, "").removeprefix("/xl/"): name for key, name in sheets}


def _pairs(data: bytes, element: str, wanted: tuple[str, str]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []

    def opened(name: str, given: dict[str, str]) -> None:
        if name == element:
            pairs.append((given.get(wanted[0], ""), given.get(wanted[1], "")))

    if data:
        nothing: Callable[[str], None] = lambda text: None  # noqa: E731
        xml.walk(data, opened=opened, closed=nothing, said=nothing)
    return pairs


def _drop(within: list[str]) -> None:
    within.pop()
