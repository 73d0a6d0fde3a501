"""Archives: what is in them is taken out bit by bit, counted as it comes out, and looked into in its turn."""

import bz2
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from balie.recognition.reading.documents import is_office, read_office
from balie.recognition.reading.findings import Findings, Over
from balie.recognition.reading.opening import look_into
from balie.recognition.reading.outcome import Place, Reason
from balie.recognition.reading.taking_out import ENCRYPTED, all_of, taken_out


def read_zip(found: Findings, content: bytes, place: Place) -> None:
    """A zip; one that is an office document is read as that."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        office = is_office(archive.namelist())
        if office:
            read_office(found, archive, place)
            return
        for one in members:
            found.member()
            inner = _within(found, place, one.filename)
            if one.flag_bits & ENCRYPTED:
                found.leave(Reason.CLOSED, inner)
                continue
            _look(found, lambda one=one: taken_out(found, archive, one), inner, one.filename)  # type: ignore[misc]


def read_tar(found: Findings, content: bytes, place: Place) -> None:
    """A tar that is not compressed. Links and devices have a name and nothing else."""
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for one in archive:
            if one.isdir():
                continue
            found.member()
            inner = _within(found, place, one.name)
            found.text(one.linkname, replace(inner, part="link"))
            file = archive.extractfile(one) if one.isreg() else None
            if file is not None:
                _look(found, lambda file=file: all_of(found, file), inner, one.name)  # type: ignore[misc]


def read_gzip(found: Findings, content: bytes, place: Place) -> None:
    _read_stream(found, content, place, lambda: zlib.decompressobj(31))


def read_bzip2(found: Findings, content: bytes, place: Place) -> None:
    _read_stream(found, content, place, bz2.BZ2Decompressor)


def read_xz(found: Findings, content: bytes, place: Place) -> None:
    _read_stream(found, content, place, lambda: lzma.LZMADecompressor(memlimit=128 * 1024 * 1024))


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _read_stream(found: Findings, content: bytes, place: Place, make: Callable[[], _Decompressor]) -> None:
    inner = replace(place, inside=(*place.inside, "content"))
    data = b"".join(_stream(found, content, make))
    look_into(found, data, inner, media_type="", name="")


def _stream(found: Findings, content: bytes, make: Callable[[], _Decompressor]) -> list[bytes]:
    """Each member of the stream one after the other, as such files may be strung together."""
    pieces = []
    while content:
        one = make()
        piece = one.decompress(content, found.inflated + 1)
        found.inflated -= len(piece)
        if found.inflated < 0:
            found.inflated = 0
            raise Over(Reason.TOO_LARGE)
        if not one.eof:
            raise EOFError("cut off")
        pieces.append(piece)
        content = one.unused_data.lstrip(b"\0")
    return pieces


def _within(found: Findings, place: Place, name: str) -> Place:
    inner = replace(place, inside=(*place.inside, name))
    found.text(name, replace(inner, part="name"))
    return inner


def _look(found: Findings, take: Callable[[], bytes], place: Place, name: str) -> None:
    """Take one file out and look into it; of one that is damaged the others are looked into all the same."""
    try:
        content = take()
    except Over as over:
        found.leave(over.reason, place)
        return
    except (
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
        zlib.error,
        lzma.LZMAError,
        zipfile.BadZipFile,
        tarfile.TarError,
    ):
        found.leave(Reason.DAMAGED, place)
        return
    look_into(found, content, place, media_type="", name=name)
