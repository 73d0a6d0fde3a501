"""Mail made to hurt: each is answered in a moment, says why it could not be read, and raises nothing."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balie.channels.mail.parsing import ReadMail, read
from balie.channels.mail.parsing.parts import DEPTH, PARTS, RAW

FROM = b"From: alice@example.org\r\nSubject: x\r\n"


def nested(depth: int) -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (one, one) for one in range(depth))
    return FROM + b"".join(levels) + b"\r\ninnermost"


def multipart(body: bytes, boundary: bytes = b"b") -> bytes:
    return FROM + b"Content-Type: multipart/mixed; boundary=" + boundary + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not-mail"),
        (b"\x00" * 1000, "not-mail"),
        (b"\r\n\r\n\r\n", "not-mail"),
        (b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", "not-mail"),
        (random.Random(1).randbytes(100_000), "not-mail"),
        (nested(2000), "too-deep"),
        (nested(DEPTH + 1), "too-deep"),
        (multipart(b"--b\r\n\r\nx\r\n" * 10_000), "too-many-parts"),
        (multipart(b"--a" * 1_000_000, b"a"), "too-many-parts"),
        (FROM + b"X: y\r\n" * 1_000_000, "header-too-large"),
        (b"Subject: " + b"a" * 2_000_000, "header-too-large"),
        (FROM + b"X:\r\n" * 300_000 + b"\r\nx", "header-too-large"),
        (multipart((b"--b\r\n" + b"X: " + b"y" * 800_000 + b"\r\n\r\nx\r\n") * 20), "header-too-large"),
        (FROM + b"\r\n" + b"A" * (RAW + 1), "too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_goes_over_a_bound_says_which(raw: bytes, code: str) -> None:
    assert timed(raw).unreadable == code


def test_of_a_mail_over_a_bound_its_sender_and_subject_are_known() -> None:
    for raw in (nested(2000), multipart(b"--b\r\n\r\nx\r\n" * 10_000), FROM + b"\r\n" + b"A" * (RAW + 1)):
        mail = read(raw)
        assert (mail.from_address, mail.subject) == ("alice@example.org", "x")


def test_of_a_mail_over_a_bound_what_was_read_is_given() -> None:
    many = read(multipart(b"--b\r\n\r\nx\r\n" * 10_000))
    assert len(many.text.split()) == PARTS
    flooded = read(FROM + b"X: y\r\n" * 1_000_000 + b"\r\nbody")
    assert (flooded.from_address, flooded.text) == ("alice@example.org", "body")
    (deep,) = read(nested(2000)).attachments
    assert (deep.name, deep.media_type) == ("", "application/octet-stream")


def test_what_stays_within_the_bounds_is_read() -> None:
    assert read(nested(DEPTH)).text == "innermost"
    assert len(read(multipart(b"--b\r\n\r\nx\r\n" * PARTS)).text.split()) == PARTS


LONG = 240_000
HEADS = {
    "quotes": b"To: " + b'"\\' * (LONG // 2),
    "escaped quotes": b"To: " + b'"\\"' * (LONG // 3),
    "angles": b"To: " + b"<" * LONG,
    "brackets": b"To: " + b"(" * LONG,
    "brackets in brackets": b"To: " + b"(()" * (LONG // 3),
    "commas": b"To: " + b"," * LONG,
    "at signs": b"To: " + b"@" * LONG,
    "dots": b"To: " + b"a." * (LONG // 2) + b"@example.org",
    "addresses": b"To: " + b"a@b.example," * (LONG // 12),
    "encoded words": b"To: " + b"=?utf-8?q?=41?= " * (LONG // 16),
    "unended words": b"To: " + b"=?a?q?" * (LONG // 6),
    "question marks": b"To: =?a?q?" + b"?" * LONG,
    "white space": b"To: " + b" " * LONG + b"x",
    "parameters": b"Content-Type: text/plain" + b"; a" * (LONG // 3),
    "quoted parameters": b"Content-Type: text/plain" + b';a="' * (LONG // 4),
    "pieces": b"Content-Type: text/plain" + b"".join(b"; a*%d*=b" % number for number in range(20_000)),
    "ids": b"References: " + b"<a@b>" * (LONG // 5),
    "id angles": b"References: " + b"<" * LONG,
    "folds": b"Subject: x" + b"\r\n y" * 3900,
    "date": b"Date: " + b"1 " * (LONG // 2),
    "date brackets": b"Date: Tue, 3 Mar 2026 " + b"(" * LONG,
    "dispositions": b"Content-Disposition: attachment" + b"; filename*0=a" * (LONG // 14),
}


@pytest.mark.parametrize("line", HEADS.values(), ids=HEADS.keys())
def test_a_field_made_to_take_time_takes_none(line: bytes) -> None:
    assert timed(FROM + line + b"\r\n\r\nbody").text in ("body", "")


BODIES = {
    "base64": b"Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"A" * 40_000_000,
    "base64 of nothing": b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * 20_000_000,
    "quoted-printable": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=" * 20_000_000,
    "soft ends": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n" * 7_000_000,
    "uuencode": b"Content-Transfer-Encoding: x-uuencode\r\n\r\n" + b"M\n" * 300_000,
    "line ends": b"\r\n" + b"\r\n" * 10_000_000,
    "flowed": b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"> x \r\n" * 1_000_000,
    "quotes": b"Content-Type: text/plain; format=flowed\r\n\r\n" + b">" * 10_000_000,
    "utf-7": b"Content-Type: text/plain; charset=utf-7\r\n\r\n" + b"+AAA-" * 2_000_000,
    "escapes": b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + b"\x1b$B\x1b(B" * 2_000_000,
    "html": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 2_000_000,
}


@pytest.mark.parametrize("rest", BODIES.values(), ids=BODIES.keys())
def test_a_body_made_to_take_time_takes_little(rest: bytes) -> None:
    mail = timed(FROM + rest)
    assert mail.unreadable == ""
    assert len(mail.text) <= 1_000_000


def test_a_text_too_long_to_show_is_kept_whole_as_an_attachment() -> None:
    mail = read(FROM + b"\r\n" + b"0123456789" * 200_000)
    assert len(mail.text) == 1_000_000
    assert [(one.name, len(one.content)) for one in mail.attachments] == [("message.txt", 2_000_000)]


def test_a_delivery_report_made_to_take_time_takes_none() -> None:
    fields = b"Final-Recipient: rfc822; a@b.example\r\n\r\n" * 20_000
    mail = timed(FROM + b"Content-Type: message/delivery-status\r\n\r\n" + fields)
    assert mail.bounce is not None
    assert len(mail.bounce.recipients) == 100


PIECES = [
    *(
        b"From: a@example.org",
        b"Subject: =?utf-8?q?=C3?=",
        b"Content-Type: multipart/mixed; boundary=b",
        b"--b",
        b"--b--",
        b"\r\n",
        b"\n",
    ),
    *(
        b"Content-Type: text/html; charset=utf-7",
        b"<p>x",
        b"Content-Transfer-Encoding: base64",
        b"aGk=",
        b"\r",
        b"\x00",
        b"\xff\xe9",
    ),
    *(
        b"Content-Type: multipart/report; boundary=b",
        b"Content-Type: message/delivery-status",
        b"Content-Type: message/rfc822",
    ),
    *(
        b"Final-Recipient: rfc822;x",
        b"Content-Disposition: attachment; filename*=utf-8''%00",
        b" folded",
        b": ",
        b"Date: x",
        b"+2AA-",
    ),
    *(
        b"Content-Type: multipart/alternative; boundary=b",
        b"Content-Transfer-Encoding: quoted-printable",
        b"=",
        b"References: <",
    ),
]


@settings(deadline=None, max_examples=300)
@given(
    st.binary()
    | st.lists(st.sampled_from([*PIECES, b"\r\n", b"\r\n"])).map(b"".join)
    | st.binary().map(lambda data: FROM + data)
)
def test_any_bytes_are_read_and_no_text_holds_half_a_character(raw: bytes) -> None:
    mail = read(raw)
    texts = [mail.from_name, mail.from_address, mail.subject, mail.text, mail.message_id, mail.in_reply_to, mail.date]
    texts += [*mail.to, *mail.cc, *mail.reply_to, *mail.references, *(one.name for one in mail.attachments)]
    for text in texts:
        text.encode("utf-8")
        assert "\x00" not in text
    assert not any("\n" in text for text in texts if text is not mail.text)


@settings(deadline=None)
@given(st.text(), st.text())
def test_what_is_written_in_a_mail_is_read_from_it(subject: str, text: str) -> None:
    words, body = " ".join(subject.split()), "\r\n".join(text.split())
    if any(not sign.isprintable() for sign in words + text):
        return
    mail = read(
        f"From: a@example.org\r\nSubject: {words}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()
    )
    assert mail.text.split() == body.split()
    if "=?" not in words:
        assert mail.subject == words[:1000].rstrip()


def timed(raw: bytes) -> ReadMail:
    start = time.process_time()
    mail = read(raw)
    assert time.process_time() - start < 3
    return mail
