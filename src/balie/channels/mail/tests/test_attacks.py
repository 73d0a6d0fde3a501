"""Mail made to hurt, of every kind we know: read in a moment, nothing in it acts, leads astray or stands for another."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balie.channels.mail.html import MOST, sanitised
from balie.channels.mail.parsing import ReadMail, read
from balie.channels.mail.tests import attacks
from balie.channels.mail.tests.active import ACTIVE
from balie.channels.mail.tests.sound import fit, harmless

SECONDS = 3  # of the processor, for what takes a few tenths
BOMBS, FLOODS = attacks.bombs(), attacks.floods()


def timed(raw: bytes) -> ReadMail:
    start = time.process_time()
    mail = read(raw, with_html=True)
    assert time.process_time() - start < SECONDS
    fit(mail)
    return mail


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_does_not_go_off(raw: bytes) -> None:
    mail = timed(raw)
    assert len(mail.text) <= 6 * MOST
    assert len(mail.attachments) <= 2000
    assert sum(len(one.content) for one in mail.attachments) <= 2 * len(raw)


@pytest.mark.parametrize("raw", FLOODS.values(), ids=FLOODS.keys())
def test_a_flooded_head_hides_neither_sender_nor_text(raw: bytes) -> None:
    mail = timed(raw)
    assert (mail.from_address, mail.subject, mail.text) == ("alice@example.org", "x", "body")


@pytest.mark.parametrize("piece", attacks.SLOW, ids=repr)
def test_no_field_is_slow_to_read(piece: bytes) -> None:
    value = piece * (200_000 // len(piece))
    assert timed(b"From: " + value + b"\r\nSubject: x\r\n\r\nbody").subject == "x"
    fields = b"".join(name.encode() + b": " + value[:60_000] + b"\r\n" for name in attacks.SLOW_FIELDS)
    assert timed(attacks.FROM.encode() + fields + b"\r\nbody").from_address == "alice@example.org"


@pytest.mark.parametrize("piece", attacks.SLOW_TEXTS, ids=repr)
def test_no_text_is_slow_to_read(piece: bytes) -> None:
    assert timed(attacks.HEAD + b"\r\nhello\r\n" + piece * (500_000 // len(piece)) + b"\r\n\r\nbye").text


@pytest.mark.parametrize("piece", attacks.SLOW_PAGES, ids=repr)
def test_no_page_is_slow_to_read(piece: str) -> None:
    harmless(timed(attacks.page(piece * (500_000 // len(piece)))).html)


@pytest.mark.parametrize("written", attacks.SPOOFED)
def test_whom_a_name_claims_to_be_is_not_the_sender(written: str) -> None:
    mail = timed(f"From: {written}\r\nSubject: x\r\n\r\nbody".encode())
    assert mail.from_address == "x@evil.test"


@pytest.mark.parametrize("name", attacks.NAMES, ids=lambda name: repr(name[:20]))
def test_a_file_name_leads_nowhere(name: str) -> None:
    for raw in attacks.named(name):
        (attachment,) = timed(raw).attachments
        assert not attachment.name.startswith(".")
        assert ":" not in attachment.name.replace(": ", "")
        assert attachment.content == b"x"


@pytest.mark.parametrize("line", attacks.INJECTED)
def test_an_encoded_line_end_begins_no_line(line: str) -> None:
    timed(f"{line}\r\nReply-To: a@example.org\r\n\r\nbody".encode())


@pytest.mark.parametrize("source", ACTIVE)
def test_nothing_in_a_page_acts_or_is_loaded(source: str) -> None:
    mail = timed(attacks.page(source))
    harmless(mail.html)
    assert sanitised(mail.html) == mail.html


def test_all_that_acts_at_once_does_not_act() -> None:
    harmless(timed(attacks.page("\n".join(ACTIVE))).html)
    harmless(timed(attacks.page("<div>" * 500 + "\n".join(ACTIVE))).html)


def test_a_page_in_another_charset_acts_no_more() -> None:
    utf7 = b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-<p>hi</p>"
    for raw in (attacks.page(utf7, "utf-7"), attacks.page("<p>hi<img src=x onerror=alert(1)>", "utf-16-le")):
        mail = timed(raw)
        harmless(mail.html)
        assert mail.text == "hi"


def test_links_and_forms_of_a_page_stay() -> None:
    page = "<h1>T</h1><p>a <b>b</b> <a href='mailto:a@b.test'>m</a><table><tr><td colspan=2>c</table>"
    cleaned = read(attacks.page(page), with_html=True).html
    for piece in ("<h1>T</h1>", "<b>b</b>", 'href="mailto:a@b.test"', '<td colspan="2">c</td>'):
        assert piece in cleaned


PIECES = st.sampled_from(
    [
        *ACTIVE,
        *(
            "<",
            ">",
            "</",
            "/>",
            "'",
            '"',
            "`",
            "=",
            "&",
            ";",
            "\0",
            "\n",
            " ",
            "-->",
            "<!--",
            "]]>",
            "</style>",
            "</svg>",
        ),
        *(
            "<style>",
            "<svg>",
            "<math>",
            "<p>",
            "<b>",
            "<a href=",
            "javascript:",
            "&#",
            "x3a;",
            "<noscript>",
            "<select>",
        ),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=200))
def test_whatever_a_page_holds_nothing_of_it_acts(source: str) -> None:
    page = sanitised(source)
    harmless(page)
    page.encode("utf-8")
    assert "\0" not in page


MAIL_PIECES = st.sampled_from(
    [
        *(name.encode() + b": " for name in (*attacks.SLOW_FIELDS, "From")),
        *attacks.SLOW,
        *(
            b"multipart/mixed; boundary=b",
            b"--b\r\n",
            b"--b--",
            b"\r\n",
            b"\r\n\r\n",
            b"text/html",
            b"base64",
            b"\x30\x80",
        ),
        *(
            b"application/ms-tnef",
            b"\x78\x9f\x3e\x22\0\0",
            b"application/pkcs7-mime",
            b"text/calendar",
            b"BEGIN:VEVENT\n",
        ),
        *(
            b"quoted-printable",
            b"=C3",
            b"message/delivery-status",
            b"begin 644 a\n",
            b"charset=utf-7",
            b"+2AA-",
            b"<p>",
        ),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(MAIL_PIECES | st.binary(max_size=20), max_size=40).map(b"".join))
def test_whatever_a_mail_holds_it_is_read_and_fits(raw: bytes) -> None:
    for one in (raw, attacks.FROM.encode() + raw):
        mail = read(one, with_html=True)
        fit(mail)
        harmless(mail.html)
        assert all(0 <= fold.start < fold.end <= len(mail.text) for fold in mail.folds)
