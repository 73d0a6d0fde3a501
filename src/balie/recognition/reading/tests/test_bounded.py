"""Files made to hurt: each takes no more time and memory than is given, and is told as not looked into."""

import time
from pathlib import Path

import pytest
from PIL import Image

from balie.recognition.reading import Read, Reason, bounds, read_texts
from balie.recognition.reading.reading import Looker
from balie.recognition.reading.tests.made import (
    bomb,
    bzipped,
    gzipped,
    large_picture,
    million_cells,
    pdf,
    saved,
    scanned_pdf,
    written,
    zipped,
)
from balie.recognition.reading.tests.programs import draws_pages, reads_pictures

BAD = {
    "ten thousand pixels each way": (large_picture, Reason.TOO_MANY_PIXELS),
    "a million cells": (million_cells, Reason.TOO_MANY_CELLS),
    "zips in zips in zips": (bomb, Reason.TOO_LARGE),
    "a gigabyte of zeros": (lambda: zipped({"0": b"\0" * (256 << 20)}, level=1), Reason.TOO_LARGE),
    "a gzip of the same": (lambda: gzipped(b"\0" * (256 << 20)), Reason.TOO_LARGE),
    "a bzip2 of the same": (lambda: bzipped(b"\0" * (256 << 20)), Reason.TOO_LARGE),
    "ten thousand files": (lambda: zipped({str(number): b"x" for number in range(10_000)}), Reason.TOO_MANY_PARTS),
    "three hundred pages": (lambda: pdf(*["Sanne"] * 300), Reason.TOO_MANY_PAGES),
    "more than is taken at all": (lambda: b"x" * (bounds.CONTENT + 1), Reason.TOO_LARGE),
    "tags in tags": (lambda: b"<html>" + b"<div a=b>" * 300_000, None),
    "an open tag without end": (lambda: b"<html><a " + b"x=' " * 500_000, None),
    "brackets": (lambda: b"<html>" + b"<![" * 300_000, None),
    "a PDF that refers to itself": (
        lambda: pdf("Sanne").replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"),
        Reason.DAMAGED,
    ),
    "a mail of boundaries": (
        lambda: b"From: a@example.org\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3000,
        None,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_bounded_in_time_and_told(name: str) -> None:
    make, reason = BAD[name]
    content = make()
    start = time.monotonic()
    found = read_texts(content, media_type="message/rfc822" if "mail" in name else "", name_hint=None)
    assert time.monotonic() - start < bounds.SECONDS + 2
    if reason:
        assert reason in {one.reason for one in found.unread}


def test_of_a_million_cells_those_within_the_bound_are_read() -> None:
    found = read_texts(million_cells(), media_type="", name_hint="x.xlsx")
    assert sum(len(piece.marks) for piece in found.pieces) == bounds.CELLS


@reads_pictures
def test_more_pictures_than_there_is_time_for_are_told_one_by_one() -> None:
    lines = ["Charlotte Whitfield lives in the third house of the street"] * 30
    picture = saved(written(*lines, size=(1600, 1200)), "PNG")
    pictures = {f"{number}.png": picture for number in range(bounds.PICTURES + 2)}
    with Looker(timeout=6) as looker:
        found = looker.read(zipped(pictures), "", "")
    reasons = [one.reason for one in found.unread]
    assert set(reasons) == {Reason.TOO_MANY_PICTURES, Reason.TOOK_TOO_LONG}
    assert sum(piece.place.part == "picture" for piece in found.pieces) + len(reasons) == len(pictures)


@draws_pages
def test_a_document_that_is_scanned_beyond_the_time_is_read_in_part() -> None:
    scanned = scanned_pdf(*["Charlotte Whitfield lives in the third house"] * 20, pages=20)
    with Looker(timeout=5) as looker:
        found = looker.read(scanned, "", "")
    assert {one.reason for one in found.unread} == {Reason.TOOK_TOO_LONG}
    read_ = {piece.place.page for piece in found.pieces if piece.place.part == "picture"}
    assert read_ | {one.place.page for one in found.unread} == set(range(1, 21))
    assert read_.isdisjoint(one.place.page for one in found.unread)


def test_a_child_without_memory_says_so_and_the_next_file_is_read() -> None:
    picture = saved(Image.new("RGB", (6000, 6000), "white"), "PNG")
    with Looker(memory=150 << 20) as looker:
        found = looker.read(picture, "", "")
        assert {one.reason for one in found.unread} <= {Reason.TOO_MUCH_MEMORY, Reason.READER_DIED}
        assert not found.whole
        assert looker.read(b"hello", "", "").pieces[0].text == "hello"


def test_the_child_is_confined() -> None:
    with Looker() as looker:
        assert looker.read(b"hello", "", "") != Read()
        assert looker._process is not None
        folder = Path(f"/proc/{looker._process.pid}")
        limits = {line[:26].strip(): line[26:].split()[0] for line in (folder / "limits").read_text().splitlines()}
        assert limits["Max address space"] == str(bounds.MEMORY)
        assert (limits["Max open files"], limits["Max file size"]) == ("3", "0")
        assert b"BALIE" not in (folder / "environ").read_bytes()
