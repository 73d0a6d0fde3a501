"""Any file: what it is, who reads it, and how it is told when that fails."""

from collections.abc import Callable, Mapping
from importlib import import_module

from balie.recognition.reading import bounds
from balie.recognition.reading.findings import Findings, Over
from balie.recognition.reading.kinds import kind_of
from balie.recognition.reading.outcome import Place, Reason

Read = Callable[[Findings, bytes, Place], None]

# Who reads which kind. By name, since what lies in an archive is opened by the same hand again.
_READERS: Mapping[str, tuple[str, str]] = {
    "text": ("texts", "read_text"),
    "table": ("texts", "read_table"),
    "markup": ("markup", "read_markup"),
    "mail": ("mails", "read_mail"),
    "pdf": ("pdfs", "read_pdf"),
    "zip": ("archives", "read_zip"),
    "tar": ("archives", "read_tar"),
    "gzip": ("archives", "read_gzip"),
    "bzip2": ("archives", "read_bzip2"),
    "xz": ("archives", "read_xz"),
    "picture": ("pictures", "read_picture"),
    "old-office": ("documents", "read_old_office"),
}


def look_into(found: Findings, content: bytes, place: Place, *, media_type: str, name: str) -> None:
    """Gather what stands in one file. Raises nothing: what cannot be looked into is told in `found`, with where."""
    if not content:
        return
    kind = kind_of(content, media_type, name)
    try:
        _reader(kind, depth=len(place.inside))(found, content, place)
    except Over as over:
        found.leave(over.reason, place)
    except MemoryError:
        found.leave(Reason.TOO_MUCH_MEMORY, place)
    except Exception:  # noqa: BLE001 - whatever a parser makes of foreign bytes: the file is damaged, or pretends
        found.leave(Reason.DAMAGED, place)


def load() -> None:
    """Load every reader now: a confined process can open no file later."""
    for kind in _READERS:
        _reader(kind)


def _reader(kind: str, depth: int = 0) -> Read:
    """Who reads such a file. Raises Over where nobody does, or where it lies too deep in others."""
    if depth > bounds.DEPTH:
        raise Over(Reason.TOO_DEEP)
    if kind not in _READERS:
        raise Over(Reason.UNKNOWN_KIND)
    module, name = _READERS[kind]
    reader: Read = getattr(import_module(f"balie.recognition.reading.{module}"), name)
    return reader
