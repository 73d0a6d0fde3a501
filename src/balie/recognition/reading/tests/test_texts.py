"""Texts, tables and pages: all that stands in them is found, and where."""

import base64

import pytest

from balie.recognition.reading import Read, Reason, read_texts
from balie.recognition.reading.tests.made import saved, written
from balie.recognition.reading.tests.programs import reads_pictures

TEXT = "Väinö Hämäläinen, 040 123 4567"


def read(content: bytes, media_type: str = "", name: str | None = None) -> Read:
    return read_texts(content, media_type=media_type, name_hint=name)


def text_of(found: Read) -> str:
    return "\n".join(piece.text for piece in found.pieces)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    found = read(TEXT.encode(encoding), "text/plain")
    assert found.whole
    assert text_of(found) == TEXT


def test_nothing_in_a_file_is_nothing_to_hold_back() -> None:
    assert read(b"") == Read()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_text_tells_its_cells(separator: str) -> None:
    rows = f"naam{separator}telefoon\nSanne{separator}06-12345678\n".encode()
    (piece,) = read(rows, "text/csv").pieces
    at = piece.text.index("06-12345678")
    assert [one.cell for one in piece.marks_of(at, at + 3)] == ["B2"]
    assert [piece.text[one.start : one.end] for one in piece.marks] == ["naam", "telefoon", "Sanne", "06-12345678"]


def test_of_a_page_also_what_is_not_shown_is_read() -> None:
    page = """<!doctype html><title>Dossier</title><!-- bellen: 06-12345678 --><p>Beste <b>San</b>ne,</p>
        <a href="mailto:sanne%40example.org" title="van Sanne">schrijf</a><script>var naam = "Joris K";</script>"""
    found = read(page.encode(), "text/html", "x.html")
    assert found.whole
    for one in ("Dossier", "06-12345678", "Beste Sanne,", "sanne@example.org", "van Sanne", "Joris K"):
        assert one in text_of(found)


@reads_pictures
def test_a_picture_that_is_written_into_a_page_is_read() -> None:
    data = base64.b64encode(saved(written("Call Charlotte Whitfield"), "PNG")).decode()
    found = read(f'<html><img src="data:image/png;base64,{data}"></html>'.encode())
    assert "Charlotte Whitfield" in text_of(found)
    assert found.pieces[-1].place.told() == "data 1, picture"


def test_five_megabytes_in_one_line_are_read_to_the_end() -> None:
    line = "x" * 5_000_000 + " sanne@example.org"
    found = read(line.encode())
    assert found.whole
    assert text_of(found) == line


def test_more_text_than_is_looked_into_is_told() -> None:
    found = read(b"word " * 2_000_000)
    assert [one.reason for one in found.unread] == [Reason.TOO_MUCH_TEXT]
    assert text_of(found).startswith("word word")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(100), Reason.UNKNOWN_KIND),
        (b"{\\rtf1 Sanne}", Reason.UNKNOWN_KIND),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", Reason.UNKNOWN_KIND),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", Reason.CLOSED),
    ],
)
def test_what_cannot_be_looked_into_is_told_and_never_guessed(content: bytes, reason: Reason) -> None:
    assert [one.reason for one in read(content).unread] == [reason]


@reads_pictures
def test_what_the_sender_calls_it_does_not_hide_what_it_is() -> None:
    assert "Charlotte" in text_of(read(saved(written("Call Charlotte"), "PNG"), "text/plain", "note.txt"))
