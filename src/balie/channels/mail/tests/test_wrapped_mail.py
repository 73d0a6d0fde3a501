"""Mail in wrappings: what Outlook, signers, calendars and old programs put around a mail comes out of it."""

import pytest

from balie.channels.mail.parsing import read
from balie.channels.mail.tests import wrapped
from balie.channels.mail.tests.wrapped import HEAD, parts, pkcs7, signed, tnef, winmail

FILE = tnef(
    (wrapped.BODY, b"From winmail\0"),
    (wrapped.NEW_FILE, b""),
    (wrapped.TITLE, b"SHORT~1.TXT\0"),
    (wrapped.DATA, b"hallo"),
    (
        wrapped.FILE,
        wrapped.properties(
            (wrapped.LONG_NAME, wrapped.UNICODE, "räport 1.txt\0".encode("utf-16-le")),
            (wrapped.KIND, wrapped.UNICODE, "text/plain\0".encode("utf-16-le")),
        ),
    ),
)


def test_the_files_in_a_winmail_are_given_instead_of_it() -> None:
    mail = read(parts(b"\r\nThe text.", winmail(FILE)))
    assert mail.text == "The text."
    assert [(one.name, one.media_type, one.content) for one in mail.attachments] == [
        ("räport 1.txt", "text/plain", b"hallo")
    ]


def test_the_text_in_a_winmail_is_read_where_there_is_no_other() -> None:
    assert read(HEAD + winmail(FILE)).text == "From winmail"


def test_the_html_and_the_rich_text_in_a_winmail_are_read() -> None:
    page = wrapped.properties((wrapped.HTML, wrapped.BYTES, b"<p>In <b>HTML</b></p>"))
    assert read(HEAD + winmail(tnef((wrapped.MESSAGE, page)))).text == "In HTML"
    rich = wrapped.rtf(rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}One\par caf\'e9 \u8364? {\*\unseen no}two}")
    mail = read(HEAD + winmail(tnef((wrapped.MESSAGE, wrapped.properties((wrapped.RTF, wrapped.BYTES, rich))))))
    assert mail.text == "One\ncafé € two"


def test_a_winmail_that_cannot_be_opened_stays_a_file() -> None:
    for content in (b"", b"\x78\x9f\x3e\x22", b"no tnef at all", FILE[:9]):
        (attachment,) = read(parts(b"\r\nx", winmail(content))).attachments
        assert (attachment.name, attachment.content) == ("winmail.dat", content)


def test_a_mail_in_a_winmail_is_one_file() -> None:
    inner = wrapped.properties((wrapped.CONTENT, wrapped.OBJECT, b"I" * 16 + FILE))
    mail = read(parts(b"\r\nx", winmail(tnef((wrapped.NEW_FILE, b""), (wrapped.FILE, inner)))))
    (attachment,) = mail.attachments
    assert (attachment.media_type, attachment.content) == ("application/ms-tnef", FILE)


SIGNED = b"Content-Type: text/plain; charset=utf-8\r\n\r\nSigned: \xc3\xa9\xc3\xa9n\r\n"


@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize("kind", ["", "signed-data"])
def test_what_stands_in_an_opaque_signature_is_read(kind: str, pieces: int) -> None:
    mail = read(pkcs7(signed(SIGNED, pieces=pieces), kind))
    assert (mail.text, mail.protection) == ("Signed: één", "signed")
    assert [one.name for one in mail.attachments] == ["smime.p7m"]


def test_signatures_around_signatures_are_opened_a_few_times_and_cost_little() -> None:
    content = SIGNED
    for _ in range(50):
        content = b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\n" + signed(content)
    mail = read(HEAD + content)
    assert (mail.text, mail.protection) == ("", "signed")
    assert sum(len(one.content) for one in mail.attachments) <= 2 * len(HEAD + content)


@pytest.mark.parametrize(
    ("raw", "protection"),
    [
        (pkcs7(wrapped.enveloped()), "encrypted"),
        (pkcs7(b"x", "enveloped-data"), "encrypted"),
        (pkcs7(b"\x30\x80" * 5000), ""),
        (pkcs7(b"\x30\x84\xff\xff\xff\xff"), ""),
        (parts(b"\r\nx", b"Content-Type: application/pkcs7-signature\r\n\r\ny", kind="signed"), "signed"),
        (parts(b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1", b"\r\ny", kind="encrypted"), "encrypted"),
        (HEAD + b"\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\nx", "signed"),
        (HEAD + b"\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nx", "encrypted"),
        (HEAD + b"\r\nwrite -----BEGIN PGP MESSAGE----- in a line", ""),
        (HEAD + b"\r\nplain", ""),
    ],
)
def test_signed_and_enciphered_mail_is_told_apart(raw: bytes, protection: str) -> None:
    assert read(raw).protection == protection


CALENDAR = (
    b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
    b"SUMMARY:Caf\xc3\xa9\\, with cake\r\nDTSTART;TZID=Europe/Helsinki:20260303T100000\r\nDTEND:20260303T090000Z\r\n"
    b'LOCATION:Room 1\r\nORGANIZER;CN="A: B":mailto:alice@example.org\r\nDESCRIPTION:One\\nt\r\n wo\r\nEND:VEVENT\r\n'
)


def test_an_invitation_without_any_text_is_told_in_a_few_lines() -> None:
    mail = read(HEAD + CALENDAR)
    assert mail.text == (
        "Café, with cake\n2026-03-03 10:00 Europe/Helsinki – 2026-03-03 09:00 UTC\nRoom 1\nalice@example.org\n\nOne\ntwo"
    )
    assert [one.media_type for one in mail.attachments] == ["text/calendar"]


def test_an_invitation_with_a_text_is_a_file() -> None:
    mail = read(parts(b"\r\nCome!", CALENDAR, kind="alternative"))
    assert (mail.text, [one.media_type for one in mail.attachments]) == ("Come!", ["text/calendar"])


def test_files_that_stand_uuencoded_in_the_text_come_out_of_it() -> None:
    mail = read(HEAD + b"\r\nbefore\r\nbegin 644 ../a b.txt\r\n%:&%L;&\\\r\n`\r\nend\r\nafter\r\nbegin 1 x\r\n")
    assert mail.text == "before\n\nafter\nbegin 1 x"
    assert [(one.name, one.content) for one in mail.attachments] == [("a b.txt", b"hallo")]


def test_a_text_that_only_says_it_is_base64_is_read_as_it_stands() -> None:
    text = b"This is a text with many words in it, and none of them was ever encoded."
    assert read(HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + text).text == text.decode()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"aGFsbG8h\r\naGFsbG8=\r\n____\r\nA list's own words.", "hallo!hallo"),
        (b"aGFsbG8=\r\naGFsbG8=\r\n", "hallohallo"),
        (b"aGFs\r\nbG8=", "hallo"),
    ],
)
def test_base64_in_several_pieces_or_with_words_behind_it_is_undone(data: bytes, text: str) -> None:
    assert read(HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + data).text == text


def test_a_multipart_that_is_encoded_as_a_whole_is_cut_all_the_same() -> None:
    body = b"--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>two</p>\r\n--b--\r\n"
    raw = HEAD + wrapped.coded("Content-Type: multipart/mixed; boundary=b", body)
    assert read(raw).text == "one\n\ntwo"


@pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/mixed; boundary=other"])
def test_a_boundary_that_is_not_named_rightly_is_found(kind: str) -> None:
    raw = HEAD + f"Content-Type: {kind}\r\n\r\n--real\r\nContent-Type: text/plain\r\n\r\none\r\n--real--\r\n".encode()
    assert read(raw).text == "one"


def test_a_boundary_ends_a_head_that_lost_its_empty_line() -> None:
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n \r\n--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b--"
    )
    assert read(raw).text == "one"


def test_of_several_mails_in_one_file_the_first_is_read() -> None:
    one = parts(b"\r\nfirst")
    assert read(b"From x\r\n" + one + b"\r\nFrom y\r\n" + one.replace(b"first", b"second")).text == "first"


def test_a_text_with_a_name_is_the_text_of_a_mail_that_has_no_other() -> None:
    mail = read(HEAD + b"Content-Type: text/plain; name=body.txt\r\n\r\nhallo")
    assert (mail.text, mail.attachments) == ("hallo", ())


def test_enriched_text_is_read_without_its_commands() -> None:
    raw = HEAD + b"Content-Type: text/enriched\r\n\r\n<bold>One</bold>\r\ntwo\r\n\r\n<param>x</param>three << four"
    assert read(raw).text == "One two\nthree < four"


def test_the_charset_that_a_page_names_itself_counts_where_the_mail_names_none() -> None:
    page = '<meta charset="koi8-r"><p>привет</p>'.encode("koi8-r")
    assert read(HEAD + b"Content-Type: text/html\r\n\r\n" + page).text == "привет"


def test_results_of_authentication_are_kept_topmost_first() -> None:
    rows = b"".join(b"Authentication-Results: mx%d.test;\r\n spf=pass\r\n" % number for number in range(20))
    results = read(rows + HEAD + b"\r\nx").authentication
    assert (len(results), results[0]) == (10, "mx0.test; spf=pass")
