"""PDFs: the text of each page, forms, notes, properties and the files within; pages that are pictures are named, to be
drawn and read. Nothing in them is run. Source: ISO 32000-1.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from balie.recognition.reading import bounds
from balie.recognition.reading.findings import Drawn, Findings, Over
from balie.recognition.reading.opening import look_into
from balie.recognition.reading.outcome import Place, Reason

SMALLEST = 24  # pixels of a picture's side in which a word can be read
_INLINE_PICTURE = re.compile(rb"\bBI\b[^\0]{1,500}?\bID\b")
_NESTED = 5
_DEEPEST = 20
_KEYS = ("/T", "/V", "/DV", "/TU", "/Contents", "/RC", "/URI", "/Title", "/Subj", "/Alt", "/ActualText")


def read_pdf(found: Findings, content: bytes, place: Place) -> None:
    """All of a PDF that is open to everybody; one that asks for a password is closed."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Over(Reason.CLOSED)
    _read_properties(found, reader, place)
    drawn = []
    count = len(reader.pages)
    if count == 0 or count != _counted(reader):
        found.leave(Reason.DAMAGED, place)  # pages that are named and are not there
    for number in range(1, count + 1):
        if not _goes_on(found, place):
            break
        if _read_page(found, reader.pages[number - 1], replace(place, page=number)):
            drawn.append(number)
    _read_files(found, reader, place)
    _draw(found, tuple(drawn), content, place)


def _draw(found: Findings, pages: tuple[int, ...], content: bytes, place: Place) -> None:
    """Name the pages that are to be drawn, as many as are looked at."""
    kept = pages[: max(0, found.pictures)]
    found.pictures -= len(kept)
    if kept:
        found.drawn.append(Drawn(place, kept, content))
    for number in pages[len(kept) :]:
        found.leave(Reason.TOO_MANY_PICTURES, replace(place, page=number))


def _read_page(found: Findings, page: PageObject, place: Place) -> bool:
    """Keep what the page says; whether it must be drawn to be read to its end."""
    text = page.extract_text()
    found.text(text, place)
    notes = "\n".join(_told(page.get("/Annots"), _DEEPEST))
    found.text(notes, replace(place, part="notes and forms"))
    resources = _resolved(page.get("/Resources"))
    if "\ufffd" in text or _has_pictures(resources, _NESTED) or _has_untold_letters(resources):
        return True
    contents = page.get_contents()
    if contents is None and page.get("/Contents"):
        found.leave(Reason.DAMAGED, place)
    drawn = contents.get_data() if contents is not None else b""
    return bool(_INLINE_PICTURE.search(drawn)) or (bool(drawn.strip()) and not text.strip())


def _goes_on(found: Findings, place: Place) -> bool:
    """Whether one page more is read; if not, it is said why, and what was found stands."""
    found.pages -= 1
    try:
        found.in_time()
        if found.pages >= 0:
            return True
        found.leave(Reason.TOO_MANY_PAGES, place)
    except Over as over:
        found.leave(over.reason, place)
    return False


def _counted(reader: PdfReader) -> int:
    """How many pages the PDF says that it has."""
    root: Any = reader.trailer["/Root"]
    return int(_resolved(_resolved(root["/Pages"])["/Count"]))


def _has_pictures(resources: Any, depth: int) -> bool:
    """Whether a picture is among what the page, or a form on it, may show."""
    for one in _values(resources, "/XObject"):
        kind = one.get("/Subtype")
        if kind == "/Image" and min(_number(one, "/Width"), _number(one, "/Height")) >= SMALLEST:
            return True
        if kind == "/Form" and (depth == 0 or _has_pictures(_resolved(one.get("/Resources")), depth - 1)):
            return True
    return bool(_values(resources, "/Pattern"))


def _has_untold_letters(resources: Any) -> bool:
    """Whether there are letters of which the PDF does not say which signs they are."""
    return any(
        one.get("/Subtype") in ("/Type0", "/Type3") and "/ToUnicode" not in one for one in _values(resources, "/Font")
    )


def _read_properties(found: Findings, reader: PdfReader, place: Place) -> None:
    told = [str(value) for value in (reader.metadata or {}).values()]
    catalogue: Any = reader.trailer["/Root"]
    described = _resolved(catalogue.get("/Metadata"))
    if described is not None:
        told.append(described.get_data().decode("utf-8", "replace"))
    told += _told(catalogue.get("/Outlines"), _DEEPEST)
    told += _told(catalogue.get("/AcroForm"), _DEEPEST)
    found.text("\n".join(told), replace(place, part="properties"))


def _read_files(found: Findings, reader: PdfReader, place: Place) -> None:
    for name, contents in reader.attachments.items():
        for content in contents:
            found.member()
            inner = replace(place, inside=(*place.inside, name))
            found.text(name, replace(inner, part="name"))
            look_into(found, content, inner, media_type="", name=name)


def _told(thing: Any, depth: int, seen: set[int] | None = None) -> Iterator[str]:
    """The texts of forms, notes, links and headings, as deep as they lie. Each object once."""
    seen = set() if seen is None else seen
    thing = _resolved(thing)
    if thing is None or id(thing) in seen or depth == 0:
        return
    seen.add(id(thing))
    if isinstance(thing, list):
        for one in thing:
            yield from _told(one, depth - 1, seen)
    elif isinstance(thing, DictionaryObject):
        yield from (str(_resolved(thing[key])) for key in _KEYS if isinstance(_resolved(thing.get(key)), str | bytes))
        for key in ("/Kids", "/Fields", "/First", "/A", "/Popup"):
            yield from _told(thing.get(key), depth - 1, seen)
        yield from _told(thing.get("/Next"), depth, seen)


def _values(resources: Any, key: str) -> list[Any]:
    held = _resolved(resources.get(key)) if isinstance(resources, DictionaryObject) else None
    found = (_resolved(one) for one in held.values()) if isinstance(held, DictionaryObject) else ()
    return [one for one in found if isinstance(one, DictionaryObject)]


def _number(thing: Any, key: str) -> int:
    value = _resolved(thing.get(key))
    return int(value) if isinstance(value, int) else bounds.PAGE_SIDE


def _resolved(thing: Any) -> Any:
    return thing.get_object() if hasattr(thing, "get_object") else thing
