"""Made-up mails as programs wrap them: winmail.dat, opaque signatures, calendars; small, and nobody's."""

import base64
import struct

HEAD = b"From: alice@example.org\r\nTo: desk@balie.test\r\nSubject: x\r\nMIME-Version: 1.0\r\n"

# TNEF attributes and MAPI properties, by their numbers in [MS-OXTNEF] and [MS-OXPROPS].
CODEPAGE, BODY, MESSAGE, NEW_FILE, TITLE, DATA, FILE = 0x9007, 0x800C, 0x9003, 0x9002, 0x8010, 0x800F, 0x9005
HTML, RTF, LONG_NAME, KIND, CONTENT = 0x1013, 0x1009, 0x3707, 0x370E, 0x3701
UNICODE, BYTES, OBJECT = 0x1F, 0x102, 0x0D


def parts(*inside: bytes, kind: str = "mixed") -> bytes:
    body = b"".join(b"--b\r\n" + one + b"\r\n" for one in inside)
    return HEAD + f"Content-Type: multipart/{kind}; boundary=b\r\n\r\n".encode() + body + b"--b--\r\n"


def coded(head: str, content: bytes) -> bytes:
    return f"{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(content)


def tnef(*attributes: tuple[int, bytes]) -> bytes:
    rows = (struct.pack("<BHHI", 1, number, 6, len(data)) + data + b"\0\0" for number, data in attributes)
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(rows)


def properties(*values: tuple[int, int, bytes]) -> bytes:
    rows = b""
    for number, kind, data in values:
        padded = data + b"\0" * (-len(data) % 4)
        rows += struct.pack("<HHII", kind, number, 1, len(data)) + padded
    return struct.pack("<I", len(values)) + rows


def winmail(content: bytes) -> bytes:
    return coded('Content-Type: application/ms-tnef; name="winmail.dat"', content)


def rtf(text: bytes) -> bytes:
    """RTF as Outlook keeps it, not packed."""
    return struct.pack("<IIII", len(text) + 12, len(text), 0x414C454D, 0) + text


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x84" + size.to_bytes(4, "big")
    return bytes([tag]) + length + content


def signed(content: bytes, *, pieces: int = 1) -> bytes:
    """SignedData without any signer: all that a reader needs to find what is in it. In pieces: as streams write it."""
    octets = der(0x04, content)
    if pieces > 1:
        step = len(content) // pieces + 1
        octets = (
            b"\x24\x80" + b"".join(der(4, content[at : at + step]) for at in range(0, len(content), step)) + b"\0\0"
        )
    inner = der(0x30, bytes.fromhex("06092a864886f70d010701") + der(0xA0, octets))
    data = der(0x30, b"\x02\x01\x01" + der(0x31, b"") + inner)
    return der(0x30, bytes.fromhex("06092a864886f70d010702") + der(0xA0, data))


def enveloped() -> bytes:
    return der(0x30, bytes.fromhex("06092a864886f70d010703") + der(0xA0, der(0x30, b"\x02\x01\x00")))


def pkcs7(content: bytes, kind: str = "") -> bytes:
    said = f"; smime-type={kind}" if kind else ""
    return HEAD + coded(f"Content-Type: application/pkcs7-mime{said}; name=smime.p7m", content)
