"""Office documents: every part of them is read, whether it is shown or not."""

from balie.recognition.reading import Read, Reason, read_texts
from balie.recognition.reading.tests.made import comments, document, paragraph, saved, workbook, written
from balie.recognition.reading.tests.programs import reads_pictures

SHEET = """<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>06-12345678</t></is></c></row>
<row r="2"><c r="C2" s="1"><v>29221</v></c><c r="D2" t="str"><f>"Dag "&amp;"Sanne"</f><v>Dag Sanne</v></c></row></sheetData>
<headerFooter><oddHeader>Dossier Kuipers</oddHeader></headerFooter>"""
STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'


def read(content: bytes) -> Read:
    return read_texts(content, media_type="application/octet-stream", name_hint="file")


def texts(found: Read) -> dict[str, str]:
    return {piece.place.told(): piece.text for piece in found.pieces}


def test_a_document_is_read_by_its_paragraphs() -> None:
    found = read(document(paragraph("Beste San", "ne,") + paragraph("bel 06-12345678")))
    assert found.whole
    assert texts(found)[""].split("\n")[:2] == ["Beste Sanne,", "bel 06-12345678"]


def test_what_was_deleted_and_what_was_remarked_stand_in_it_still() -> None:
    body = '<w:p><w:del w:author="Joris Kuipers"><w:r><w:delText>Fleur</w:delText></w:r></w:del></w:p>'
    found = read(document(body, {"word/comments.xml": comments("Dora Ask", "was Sanne hier?")}))
    told = "\n".join(texts(found).values())
    for one in ("Fleur", "Joris Kuipers", "Dora Ask", "was Sanne hier?"):
        assert one in told
    assert "was Sanne hier?" in texts(found)["word/comments"]


@reads_pictures
def test_a_picture_in_a_document_is_read() -> None:
    picture = saved(written("Account of Charlotte Whitfield"), "PNG")
    found = read(document(paragraph("zie"), {"word/media/image1.png": picture}))
    assert "Charlotte Whitfield" in texts(found)["word/media/image1.png, picture"]


def test_what_nobody_reads_in_a_document_is_told() -> None:
    found = read(document(paragraph("zie"), {"word/vbaProject.bin": b"\x00\x01macro"}))
    assert [(one.reason, one.place.told()) for one in found.unread] == [(Reason.UNKNOWN_KIND, "word/vbaProject.bin")]


def test_a_spreadsheet_tells_its_cells() -> None:
    found = read(workbook(SHEET, ["Sanne van den Heuvel", "gone: Joris"], styles=STYLES))
    assert found.whole
    sheet = next(piece for piece in found.pieces if piece.place.told() == "sheet Klanten")
    assert {one.cell: sheet.text[one.start : one.end] for one in sheet.marks} == {
        "A1": "Sanne van den Heuvel",
        "B1": "06-12345678",
        "C2": "1980-01-01",
        "D2": "Dag Sanne",
    }


def test_formulas_headers_and_texts_of_no_cell_are_read() -> None:
    told = texts(read(workbook(SHEET, ["Sanne", "gone: Joris"], styles=STYLES)))
    assert "Dossier Kuipers" in told["sheet Klanten, formulas, headers and footers"]
    assert '"Dag "&"Sanne"' in told["sheet Klanten, formulas, headers and footers"]
    assert told["texts of no cell"] == "gone: Joris"


def test_no_entity_is_ever_replaced() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert read(document(paragraph("zie"))).whole
    found = read(document(paragraph("zie"), {"word/footer1.xml": f"{laughs}<x>&b;</x>"}))
    assert [one.reason for one in found.unread] == [Reason.DAMAGED]
    assert "ha" not in "".join(texts(found).values())


def test_a_document_closed_by_a_password_is_closed() -> None:
    sealed = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    assert [one.reason for one in read(sealed).unread] == [Reason.CLOSED]
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
    assert [one.reason for one in read(old).unread] == [Reason.UNKNOWN_KIND]
