"""Mail made to hurt, generated: bombs, floods, spoofed names, paths in file names, script in HTML, injected lines."""

import base64
import random
import struct
from urllib.parse import quote

from balie.channels.mail.tests import wrapped
from balie.channels.mail.tests.wrapped import HEAD, coded, parts, pkcs7, tnef, winmail

FROM = "From: alice@example.org\r\n"
MEGA = 1_000_000


def page(source: str | bytes, charset: str = "utf-8") -> bytes:
    """A mail of nothing but this HTML."""
    data = source.encode(charset, "surrogatepass") if isinstance(source, str) else source
    return HEAD + coded(f"Content-Type: text/html; charset={charset}", data)


def multipart(body: bytes, kind: str = "mixed", boundary: bytes = b"b") -> bytes:
    return HEAD + b"Content-Type: multipart/%s; boundary=%s\r\n\r\n%s" % (kind.encode(), boundary, body)


def nested(depth: int, inner: bytes = b"innermost") -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (one, one) for one in range(depth))
    return HEAD + b"".join(levels) + b"\r\n" + inner


def bombs() -> dict[str, bytes]:
    """Mails that would take time or memory from a reader who does not watch both."""
    letters, digits = b"A" * 20 * MEGA, b"QQ=="
    return {
        "base64": HEAD + b"Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + letters,
        "base64 in pieces": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + digits * 4 * MEGA,
        "base64 that goes on": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nQUI=\r\n" + b"A" * MEGA + b"!",
        "uuencoded line ends": HEAD + b"Content-Transfer-Encoding: x-uuencode\r\n\r\n" + b"\r" * MEGA,
        "calendar of nothing": HEAD + b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\nSUMMARY" + b";" * 90_000,
        "base64 of spaces": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b" " * 20 * MEGA,
        "quoted spaces": HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"= " * 10 * MEGA,
        "zeros": HEAD + b"\r\n" + b"\0" * 20 * MEGA,
        "line ends": HEAD + b"\r\n" + b"\n" * 20 * MEGA,
        "carriage returns": b"From: a@example.org\rSubject: x\r\r" + b"x\r" * 10 * MEGA,
        "random": HEAD + b"Content-Type: text/plain; charset=gb18030\r\n\r\n" + random.Random(1).randbytes(2 * MEGA),
        "escapes": HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + b"\x1b$B\x1b(B\x1b$" * 200_000,
        "nesting": nested(30_000),
        "nesting with weight": nested(100, b"y" * 10 * MEGA),
        "same boundary": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 3000,
        "growing boundaries": HEAD
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n" % (b"b" * one, b"b" * one)
            for one in range(1, 150)
        ),
        "mails in mails": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 5000,
        "parts": multipart(b"--b\r\nContent-Type: application/x; name=a\r\n\r\nx\r\n" * 20_000),
        "empty parts": multipart(b"--b\r\n" * MEGA),
        "ends": multipart(b"--b--\r\n" * MEGA),
        "no boundaries": multipart(b"--b" * 5 * MEGA),
        "alternatives": multipart(b"--b\r\nContent-Type: text/html\r\n\r\n<div>x\r\n" * 900, "alternative"),
        "signatures": pkcs7(b"\x30\x80" * 300_000),
        "pieces of a signature": pkcs7(
            bytes.fromhex("308006092a864886f70d010702a080308002010131003080 06092a864886f70d010701a0802480")
            + b"\x04\x01x" * MEGA
        ),
        "calendar": HEAD + b"Content-Type: text/calendar\r\n\r\n" + b"BEGIN:VEVENT\r\n" * 60_000,
        "calendar parameters": HEAD
        + b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\nSUMMARY"
        + b';A="b"' * 100_000,
        "enriched": HEAD + b"Content-Type: text/enriched\r\n\r\n" + b"<param>" * 140_000,
        "uuencode": HEAD + b"\r\n" + b"begin 644 a\r\n" * 70_000,
        "reports": HEAD
        + b"Content-Type: message/delivery-status\r\n\r\n"
        + b"Final-Recipient: rfc822; a@b.example\r\n\r\n" * 20_000,
        "reports in words": b"From: MAILER-DAEMON@example.org\r\n\r\nnot delivered to\r\n"
        + b"<a@b.example>\r\n" * 60_000,
        **_winmails(),
    }


def _winmails() -> dict[str, bytes]:
    packed = struct.pack("<IIII", 170_000, 0xFFFFFFFF, 0x75465A4C, 0) + (b"\xff" + b"\x00\x0f" * 8) * 10_000
    rich = wrapped.properties((wrapped.RTF, wrapped.BYTES, packed))
    braces = wrapped.properties((wrapped.RTF, wrapped.BYTES, wrapped.rtf(b"{\\rtf1" + b"{" * MEGA)))
    contents = {
        "files": tnef(*[(wrapped.NEW_FILE, b""), (wrapped.DATA, b"x")] * 50_000),
        "random": b"\x78\x9f\x3e\x22" + random.Random(2).randbytes(500_000),
        "size": b"\x78\x9f\x3e\x22\0\0" + struct.pack("<BHHI", 1, wrapped.MESSAGE, 6, 0xFFFFFFFF),
        "count": tnef((wrapped.MESSAGE, struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HH", 0x1003, 5) * 200_000)),
        "values": tnef((wrapped.MESSAGE, struct.pack("<IHHI", 1, 0x1E, 5, 0xFFFFFFFF) + b"\0" * 40_000)),
        "packed": tnef((wrapped.MESSAGE, rich)),
        "braces": tnef((wrapped.MESSAGE, braces)),
    }
    return {f"winmail, {name}": parts(b"\r\nhi", winmail(one)) for name, one in contents.items()}


def floods() -> dict[str, bytes]:
    """Heads with more than anybody writes; the sender stands before or after it."""
    return {
        "lines": HEAD + b"X: y\r\n" * MEGA + b"\r\nbody",
        "lines before the sender": b"X-A: y\r\n" * 400_000 + HEAD + b"\r\nbody",
        "names": HEAD + b"".join(b"X-%d: y\r\n" % one for one in range(100_000)) + b"\r\nbody",
        "folds": HEAD + b"X: x" + b"\r\n y" * MEGA + b"\r\n\r\nbody",
        "recipients": HEAD + b"Cc: " + b"a@b.example," * 100_000 + b"\r\n\r\nbody",
        "fields of recipients": HEAD + b"Cc: a@b.example\r\n" * 40_000 + b"\r\nbody",
        "received": b"Received: from a by b; Tue, 3 Mar 2026 10:00:00 +0100\r\n" * 30_000 + HEAD + b"\r\nbody",
    }


SLOW = (
    *(b'"\\', b'"\\"', b"<", b"(", b"(()", b",", b"@", b"a.", b"=?utf-8?q?=41?= ", b"=?a?q?", b"=?", b" ", b";", b":"),
    *(b"g:a@b.c;", b"\\", b"<@", b"<a@b.c>", b"x <a@b.c> ", b"\0", b"\xff", b"a ", b"[", b"; a", b';a="', b"\t", b"(a"),
)
SLOW_FIELDS = (
    *("To", "Subject", "References", "Message-ID", "Date", "Content-Type", "Content-Disposition", "Auto-Submitted"),
    *("Authentication-Results", "Return-Path", "Content-Transfer-Encoding", "X-Failed-Recipients"),
)
SLOW_TEXTS = (
    *(b">", b"> ", b">\n", b"On ", b"On x wrote:\n", b"-", b"-- \n", b"_", b"From: \n", b" ", b"wrote:\n", b"<"),
    *(b"From: a\nTo: b\nSubject: c\nDate: d\n", b"-----Original Message-----\n", b"Sent from my iPhone\n", b"*", b":"),
    *(
        b"-----BEGIN PGP MESSAGE-----\n",
        b"a@b.example ",
        b"<a@b.c>",
        b"1",
        b"Op ma 3 mrt. 2026 om 10:00 schreef ",
        b"a",
    ),
)
SLOW_PAGES = (
    *(
        "<div>",
        "<",
        "<a",
        "&",
        "&lt",
        "<!--",
        "<table><tr><td>",
        "<blockquote>",
        "<b><i>",
        "<a href=http://x.example>y",
    ),
    *("<svg><math>", "<template><svg>", "<select><option>", "<b><i><u></b></i></u>", "<p><b>", "<a><b>", "<style>"),
    *("<![CDATA[", "&#x1F600;", "<plaintext>", "<dl><dt><dd>", "<form>", "<h1>", "<meta ", "<x a='", "<table><a>"),
)

# From fields in which another address is shown; the mail comes from x@evil.test.
SPOOFED = (
    '"ceo@bank.test" <x@evil.test>',
    "ceo@bank.test <x@evil.test>",
    '"CEO <ceo@bank.test>" <x@evil.test>',
    "CEO <ceo@bank.test> <x@evil.test>",
    "<ceo@bank.test><x@evil.test>",
    "=?utf-8?q?ceo=40bank.test?= <x@evil.test>",
    "=?utf-8?q?=22CEO=22_=3Cceo=40bank.test=3E=2C?= <x@evil.test>",
    "=?utf-8?q?ceo=40bank.test=00?= <x@evil.test>",
    f"=?utf-8?b?{base64.b64encode(b'CEO <ceo@bank.test>').decode()}?= <x@evil.test>",
    "(ceo@bank.test) x@evil.test",
    "x@evil.test (ceo@bank.test)",
    '"ceo@bank.test"\r\n <x@evil.test>',
    '"a\\"ceo@bank.test" <x@evil.test>',
    '"ceo@bank.test," <x@evil.test>',
    "ceo@bank.test\0 <x@evil.test>",
    "<@bank.test:x@evil.test>",
    '"ceo@bank.test" x@evil.test',
    "'ceo@bank.test' <x@evil.test>",
    "ceo@bank.test\u202e <x@evil.test>",
    "ceo＠bank.test <x@evil.test>",
    "<x@evil.test> ceo@bank.test",
    "[ceo@bank.test] <x@evil.test>",
    "ceo@bank.test\t<x@evil.test>",
)

NAMES = (
    *("../../etc/passwd", "..\\..\\win.ini", "C:\\x\\y.exe", "C:evil.exe", "a.txt:evil.exe", "a.txt::$DATA", "/abs/x"),
    *("\\\\srv\\share\\x", "con", "CON.txt", "nul.", "com1.log", "..", "...", ".", "", "a\0.exe", "\u202egpj.exe"),
    *("a\u2066b", "a\u200fb.exe", "a" * 5000 + ".pdf", "é" * 300 + ".pdf", "a\r\nX: y.pdf", "a\nb", "a\tb", "....//x"),
    *(
        "a/",
        "a/..",
        "a\u2028b",
        "a\x1bb",
        "a\x85b",
        "\ufeffx",
        "a.pdf" + " " * 300 + ".exe",
        "\ud800.txt",
        " .",
        ".. /x",
    ),
)


def named(name: str) -> list[bytes]:
    """Mails with an attachment of this name, in each way of writing it."""
    data = name.encode("utf-8", "surrogatepass")
    word = f'"=?utf-8?B?{base64.b64encode(data).decode()}?="'
    ways = [f"name={word}", f"name*=utf-8''{quote(data, safe='')}"]
    mails = [parts(b"\r\nhi", f"Content-Type: application/x; {way}\r\n\r\nx".encode()) for way in ways]
    disposition = b'Content-Type: application/x\r\nContent-Disposition: attachment; filename="' + data + b'"\r\n\r\nx'
    return [*mails, *([] if "\n" in name else [parts(b"\r\nhi", disposition)])]


INJECTED = (
    "Subject: =?utf-8?Q?hi=0D=0ABcc=3A_victim@x.test=0D=0A=0D=0Abody?=",
    "Subject: =?utf-8?B?YeKAqGINCkJjYzogeA==?=",
    "From: =?utf-8?Q?x=0D=0ABcc=3A_v@x.test?= <a@example.org>",
    "From: =?utf-8?Q?x=E2=80=A8y=C2=85z?= <a@example.org>",
    "To: =?utf-8?Q?a=0Ab?= <a@example.org>",
    "Message-ID: <a=?utf-8?Q?=0D=0A?=@example.org>",
    "Subject: =?utf-7?Q?+2AA-?= =?utf-16?B?2AA=?= =?utf-8?Q?=ED=A0=80=00?=",
    "In-Reply-To: <a\rb@example.org>",
)
