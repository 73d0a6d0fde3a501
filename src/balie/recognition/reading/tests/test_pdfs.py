"""PDFs: text, properties, files within, and pages that are pictures."""

import pytest

from balie.recognition.reading import Read, Reason, drawing, letters, read_texts
from balie.recognition.reading.tests.made import locked_pdf, pdf, pdf_with_file, scanned_pdf
from balie.recognition.reading.tests.programs import draws_pages


def read(content: bytes) -> Read:
    return read_texts(content, media_type="application/pdf", name_hint="x.pdf")


def texts(found: Read) -> dict[str, str]:
    return {piece.place.told(): piece.text for piece in found.pieces}


def test_each_page_is_read_and_told() -> None:
    found = read(pdf("Sanne van den Heuvel", "06-12345678", title="Dossier Kuipers"))
    assert found.whole
    assert texts(found) == {
        "page 1": "Sanne van den Heuvel",
        "page 2": "06-12345678",
        "properties": "Dossier Kuipers",
    }


def test_a_file_within_is_read() -> None:
    told = texts(read(pdf_with_file("brief.txt", b"van Joris Kuipers")))
    assert told["brief.txt"] == "van Joris Kuipers"


def test_one_that_asks_for_a_password_is_closed() -> None:
    found = read(locked_pdf("Sanne", "secret"))
    assert [one.reason for one in found.unread] == [Reason.CLOSED]
    assert found.pieces == ()


def test_one_that_may_not_be_printed_is_open_all_the_same() -> None:
    found = read(locked_pdf("Sanne van den Heuvel", "", owner="secret"))
    assert found.whole
    assert texts(found)["page 1"] == "Sanne van den Heuvel"


@draws_pages
def test_a_page_that_is_a_picture_is_drawn_and_read() -> None:
    found = read(scanned_pdf("Account of Charlotte Whitfield", "020 7946 0958"))
    assert found.whole
    (piece,) = (one for one in found.pieces if one.place.part == "picture")
    assert piece.place.page == 1
    assert "Charlotte Whitfield" in piece.text
    assert max(piece.size) == 2480


@pytest.mark.parametrize("missing", ["drawing", "letters"])
def test_without_the_programs_such_a_page_is_held_back(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    if missing == "drawing":
        monkeypatch.setattr(drawing, "installed", lambda: False)
    else:
        monkeypatch.setattr(letters, "language", lambda: "")
    found = read(scanned_pdf("Account of Charlotte Whitfield"))
    assert [(one.reason, one.place.page) for one in found.unread] == [(Reason.NO_READER, 1)]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_one_that_is_cut_off_is_damaged_or_read_by_what_is_left(cut: float) -> None:
    whole = pdf("Sanne van den Heuvel", "06-12345678")
    found = read(whole[: int(len(whole) * cut)])
    assert not found.whole or "Sanne" in "".join(texts(found).values())


def test_a_corrupt_one_is_damaged() -> None:
    assert [one.reason for one in read(b"%PDF-1.7\nnothing of what a PDF has").unread] == [Reason.DAMAGED]
    broken = pdf("Sanne").replace(b"/Kids[4 0 R]", b"/Kids[9 0 R]")
    assert [one.reason for one in read(broken).unread] == [Reason.DAMAGED]
    silent = pdf("Sanne", "Joris").replace(b"/Contents 3 0 R", b"/Contents 9 0 R")
    assert not read(silent).whole
