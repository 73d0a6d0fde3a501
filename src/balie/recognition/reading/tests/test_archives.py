"""Archives and mails: what is in them is looked into, bit by bit, as deep and as far as the bounds go."""

from collections.abc import Callable

import pytest

from balie.recognition.reading import Read, Reason, bounds, read_texts
from balie.recognition.reading.tests.made import (
    bzipped,
    document,
    gzipped,
    locked_zip,
    mail,
    onion,
    paragraph,
    pdf,
    saved,
    tarred,
    workbook,
    written,
    zipped,
)
from balie.recognition.reading.tests.programs import reads_pictures

FILES = {"brief van Sanne.txt": b"bel 06-12345678", "map/dossier.pdf": pdf("Joris Kuipers")}


def read(content: bytes, media_type: str = "", name: str | None = None) -> Read:
    return read_texts(content, media_type=media_type, name_hint=name)


def texts(found: Read) -> dict[str, str]:
    return {piece.place.told(): piece.text for piece in found.pieces}


@pytest.mark.parametrize(
    "pack", [zipped, tarred, lambda files: gzipped(tarred(files)), lambda files: bzipped(tarred(files))]
)
def test_each_file_is_read_and_told_with_its_name(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    found = read(pack(FILES))
    assert found.whole
    told = {place.removeprefix("content › "): text for place, text in texts(found).items()}
    assert told["brief van Sanne.txt"] == "bel 06-12345678"
    assert told["map/dossier.pdf, page 1"] == "Joris Kuipers"
    assert told["brief van Sanne.txt, name"] == "brief van Sanne.txt"


def test_one_closed_by_a_password_gives_its_names_only() -> None:
    found = read(locked_zip("brief van Sanne.txt", b"bel 06-12345678", b"secret"))
    assert [(one.reason, one.place.told()) for one in found.unread] == [(Reason.CLOSED, "brief van Sanne.txt")]
    assert texts(found) == {"brief van Sanne.txt, name": "brief van Sanne.txt"}


def test_of_one_damaged_file_the_others_are_read() -> None:
    whole = bytearray(zipped({"a.txt": b"first " * 100, "b.txt": b"second"}))
    whole[40] ^= 0xFF
    found = read(bytes(whole))
    assert [(one.reason, one.place.told()) for one in found.unread] == [(Reason.DAMAGED, "a.txt")]
    assert texts(found)["b.txt"] == "second"


def test_files_in_files_are_read_as_deep_as_the_bound() -> None:
    assert "the innermost text" in texts(read(onion(bounds.DEPTH))).values()
    found = read(onion(bounds.DEPTH + 1))
    assert [one.reason for one in found.unread] == [Reason.TOO_DEEP]


def test_more_files_than_are_looked_into_are_told() -> None:
    found = read(zipped({f"{number}.txt": b"x" for number in range(bounds.MEMBERS + 10)}))
    assert [one.reason for one in found.unread] == [Reason.TOO_MANY_PARTS]


def test_a_gzip_that_is_cut_off_is_damaged() -> None:
    assert [one.reason for one in read(gzipped(b"some text that is long enough" * 9)[:-12]).unread] == [Reason.DAMAGED]


def test_a_mail_in_a_mail_in_a_zip_is_read() -> None:
    inner = mail("bel 06-12345678", subject="Dossier Käärinen", files={"brief van Sanne.txt": b"van Joris"})
    outer = mail("zie", files={"inner.eml": inner})
    found = read(zipped({"outer.eml": outer}))
    assert found.whole
    told = texts(found)
    assert told["outer.eml › inner.eml › part 1"] == "bel 06-12345678\n"
    assert told["outer.eml › inner.eml › brief van Sanne.txt"] == "van Joris"
    assert "Subject: Dossier Käärinen" in told["outer.eml › inner.eml, header"]
    assert "Väinö Hämäläinen <vaino@example.org>" in told["outer.eml › inner.eml, header"]


@reads_pictures
def test_what_a_mail_within_brings_is_looked_into() -> None:
    files = {
        "a.docx": document(paragraph("Sanne")),
        "b.xlsx": workbook('<sheetData><row><c r="A1"><v>7</v></c></row></sheetData>'),
        "c.png": saved(written("Call Charlotte Whitfield"), "PNG"),
        "d.bin": b"\x00\x01\x02",
    }
    found = read(mail("zie", files=files), "message/rfc822")
    assert [(one.reason, one.place.told()) for one in found.unread] == [(Reason.UNKNOWN_KIND, "d.bin")]
    told = texts(found)
    assert told["a.docx"].strip() == "Sanne"
    assert told["b.xlsx, sheet Klanten"].strip() == "7"
    assert "Charlotte Whitfield" in told["c.png, picture"]


def test_what_is_no_mail_is_damaged() -> None:
    assert [one.reason for one in read(b"\x00\x01\x02", "message/rfc822").unread] == [Reason.DAMAGED]
