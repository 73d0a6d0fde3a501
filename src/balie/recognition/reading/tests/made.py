"""Small files made for tests: sound ones, and ones that are bad in one way each."""

import bz2
import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from email.message import EmailMessage

from benchmarks.screenshots import font
from PIL import Image, ImageDraw
from pypdf import PdfWriter

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(files: Mapping[str, bytes | str], *, level: int = 9) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w") as archive:
        for name, content in files.items():
            one = tarfile.TarInfo(name)
            one.size = len(content)
            archive.addfile(one, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return kept.getvalue()


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content)


def bzipped(content: bytes) -> bytes:
    return bz2.compress(content)


def locked_zip(name: str, content: bytes, password: bytes) -> bytes:
    """A zip closed by a password, as zip programs have closed them since 1993 (APPNOTE 6.1)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(value: int, byte: int) -> int:
        return zlib.crc32(bytes((byte,)), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def turn(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    def sealed(byte: int) -> int:
        mask = (keys[2] | 2) & 0xFFFF
        turned = byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF)
        turn(byte)
        return turned

    for byte in password:
        turn(byte)
    check = zlib.crc32(content)
    body = bytes(map(sealed, bytes(11) + bytes((check >> 24,)) + content))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, body)
    whole = bytearray(kept.getvalue())
    for head, flags, sum_, size in ((b"PK\x03\x04", 6, 14, 22), (b"PK\x01\x02", 8, 16, 24)):
        at = whole.index(head)
        whole[at + flags] |= 1
        whole[at + sum_ : at + sum_ + 4] = check.to_bytes(4, "little")
        whole[at + size : at + size + 4] = len(content).to_bytes(4, "little")
    return bytes(whole)


def document(body: str, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """A DOCX with this body."""
    whole = f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": whole, **(more or {})})


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def comments(author: str, text: str) -> str:
    inner = f'<w:comment w:author="{author}">{paragraph(text)}</w:comment>'
    return f'<w:comments xmlns:w="{_W}">{inner}</w:comments>'


def workbook(sheet: str, strings: Iterable[str] = (), *, name: str = "Klanten", styles: str = "") -> bytes:
    """An XLSX with one sheet of this content."""
    shared = "".join(f"<si><t>{one}</t></si>" for one in strings)
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>'
            f'<sheet name="{name}" sheetId="1" state="hidden" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{shared}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{_S}">{styles}</styleSheet>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_S}">{sheet}</worksheet>',
        }
    )


def million_cells() -> bytes:
    rows = (
        "<row>" + "".join(f'<c r="{letter}{row}"><v>{row}</v></c>' for letter in "ABCDEFGHIJ") + "</row>"
        for row in range(1, 100_001)
    )
    return workbook(f"<sheetData>{''.join(rows)}</sheetData>")


def bomb(levels: int = 4, wide: int = 10, size: int = 20_000_000) -> bytes:
    """Zips in zips, and zeros at the bottom: some kilobytes that become wide ** levels times size."""
    content = zipped({"0": b"\0" * size})
    for level in range(levels - 1):
        content = zipped({f"{level}-{number}.zip": content for number in range(wide)})
    return content


def onion(levels: int) -> bytes:
    content = b"the innermost text"
    for _ in range(levels):
        content = zipped({"in": content})
    return content


def pdf(*pages: str, title: str = "") -> bytes:
    """A PDF with one line of text on each page, written by hand."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    numbers = []
    for text in pages:
        stream = f"BT /F 14 Tf 60 700 Td ({text}) Tj ET".encode("cp1252")
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
        font_ = b"<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font%s>>>>"
            % (len(objects), font_)
        )
        numbers.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % one for one in numbers))
    objects.append(b"<</Title(%s)>>" % title.encode("cp1252"))
    return _written(objects)


def _written(objects: list[bytes]) -> bytes:
    whole, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(objects),
        len(whole),
    )
    return whole + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def locked_pdf(text: str, password: str, *, owner: str = "") -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(text)))
    writer.encrypt(password, owner or None, algorithm="AES-256")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def pdf_with_file(name: str, content: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf("see the file")))
    writer.add_attachment(name, content)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def scanned_pdf(*lines: str, pages: int = 1) -> bytes:
    """A PDF of pages that are pictures, all the same."""
    page = written(*lines, size=(1240, 1754), letters=30)
    return saved(page, "PDF", resolution=150, save_all=True, append_images=[page] * (pages - 1))


def written(
    *lines: str, size: tuple[int, int] = (900, 500), ground: str = "white", ink: str = "black", letters: int = 18
) -> Image.Image:
    """A picture with lines of text in it."""
    image = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((40, 40 + number * letters * 2), line, ink, font(letters))
    return image


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    kept = io.BytesIO()
    image.save(kept, kind, **how)
    return kept.getvalue()


def large_picture(side: int = 10_000) -> bytes:
    return saved(Image.new("L", (side, side), 255), "PNG")


def mail(text: str, *, subject: str = "Vraag", files: Mapping[str, bytes] | None = None) -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "Väinö Hämäläinen <vaino@example.org>", "desk@example.test"
    made["Subject"] = subject
    made.set_content(text)
    for name, content in (files or {}).items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()
