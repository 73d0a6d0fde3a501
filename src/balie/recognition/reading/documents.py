"""Office documents (DOCX, XLSX, PPTX): every part of them, with the pictures, revisions and comments. No macro, no
formula and no link is followed. Source: ECMA-376, Open Packaging Conventions.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import replace

from balie.recognition.reading import xml
from balie.recognition.reading.findings import Findings, Over
from balie.recognition.reading.opening import look_into
from balie.recognition.reading.outcome import Place, Reason
from balie.recognition.reading.sheets import is_sheet, read_sheets
from balie.recognition.reading.taking_out import taken_out

_TYPES = "[Content_Types].xml"
_TEXTS = (".xml", ".rels", ".vml")
_LOOKS = ("/fonts/", "/printersettings/")  # no text of anybody: letters, and the paper that a printer holds
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_office(names: Sequence[str]) -> bool:
    """Whether a zip with these members is an office document."""
    return _TYPES in names


def read_office(found: Findings, archive: zipfile.ZipFile, place: Place) -> None:
    """All parts: sheets by their cells, other texts by their lines, pictures and files within as files."""
    names = [one for one in archive.infolist() if not one.is_dir() and one.filename != _TYPES]
    sheets = [one for one in names if is_sheet(one.filename)]
    if sheets:
        read_sheets(found, archive, place)
    for one in names:
        found.member()
        low = "/" + one.filename.lower()
        if one not in sheets and low != "/xl/sharedstrings.xml" and not any(map(low.__contains__, _LOOKS)):
            _part(found, archive, one, place)


def read_old_office(found: Findings, content: bytes, place: Place) -> None:
    """A compound file: an office document closed by a password ([MS-OFFCRYPTO] 2.3.2), or of an age that is not read here."""
    raise Over(Reason.CLOSED if _ENCRYPTED in content else Reason.UNKNOWN_KIND)


def _part(found: Findings, archive: zipfile.ZipFile, one: zipfile.ZipInfo, place: Place) -> None:
    content = taken_out(found, archive, one)
    if one.filename.lower().endswith(_TEXTS):
        found.text(xml.text_of(content), replace(place, part=_part_name(one.filename)))
        return
    inner = replace(place, inside=(*place.inside, one.filename))
    look_into(found, content, inner, media_type="", name=one.filename)


def _part_name(name: str) -> str:
    """`word/document.xml` is the text itself; any other part is named."""
    return "" if name == "word/document.xml" else name.removesuffix(".xml")
