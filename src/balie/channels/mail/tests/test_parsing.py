"""What one mail says: who wrote, to whom, in which conversation, and what."""

import base64

import pytest

from balie.channels.mail.parsing import ReadMail, read


def mail(*lines: str | bytes, body: str | bytes = "Hallo", end: bytes = b"\r\n") -> ReadMail:
    """Read a mail of these header lines and this body."""
    head = [line.encode() if isinstance(line, str) else line for line in lines]
    text = body.encode() if isinstance(body, str) else body
    return read(end.join([*head, b"", text]))


def multipart(kind: str, *parts: str, head: str = "From: alice@example.org") -> ReadMail:
    inside = "".join(f"--xyz\r\n{part}\r\n" for part in parts)
    return read(
        f"{head}\r\nContent-Type: multipart/{kind}; boundary=xyz\r\n\r\npreamble\r\n{inside}--xyz--\r\n".encode()
    )


PLAIN = "Content-Type: text/plain\r\n\r\nplain text"
HTML = "Content-Type: text/html\r\n\r\n<p>html <b>text</b></p>"
PDF = 'Content-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\naGFsbG8='


def test_an_ordinary_mail_is_read_whole() -> None:
    read_mail = mail(
        "From: Alice Jansdochter <Alice@Example.org>",
        "To: Desk <desk@balie.test>, bob@example.net",
        "Cc: carol@example.com",
        "Reply-To: answers@example.org",
        "Subject: A question",
        "Date: Tue, 3 Mar 2026 10:00:00 +0100",
        "Message-ID: <1@example.org>",
        "In-Reply-To: <0@balie.test>",
        "References: <a@balie.test> <0@balie.test>",
        body="Good morning,\r\n\r\nit does not work.\r\n",
    )
    assert read_mail == ReadMail(
        from_name="Alice Jansdochter",
        from_address="Alice@example.org",
        reply_to=("answers@example.org",),
        to=("desk@balie.test", "bob@example.net"),
        cc=("carol@example.com",),
        subject="A question",
        date="2026-03-03T09:00:00+00:00",
        text="Good morning,\n\nit does not work.",
        message_id="1@example.org",
        in_reply_to="0@balie.test",
        references=("a@balie.test", "0@balie.test"),
    )


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("alice@example.org", "", "alice@example.org"),
        ("<alice@example.org>", "", "alice@example.org"),
        ("alice@example.org (Alice)", "Alice", "alice@example.org"),
        ('"Jansdochter, Alice" <alice@example.org>', "Jansdochter, Alice", "alice@example.org"),
        ("Jansdochter, Alice <alice@example.org>", "Jansdochter, Alice", "alice@example.org"),
        ("=?utf-8?q?V=C3=A4in=C3=B6?= <v@example.org>", "Väinö", "v@example.org"),
        ("=?utf-8?b?VsOkaW7D?= =?utf-8?b?tg==?= <v@example.org>", "Väinö", "v@example.org"),
        ('"=?iso-8859-1?Q?V=E4in=F6?=" <v@example.org>', "Väinö", "v@example.org"),
        ('"boss@example.com" <alice@example.org>', "boss@example.com", "alice@example.org"),
        ("boss@example.com <alice@example.org>", "boss@example.com", "alice@example.org"),
        ("=?utf-8?q?boss=40example=2Ecom?= <alice@example.org>", "boss@example.com", "alice@example.org"),
        ('"<boss@example.com>" <alice@example.org>', "<boss@example.com>", "alice@example.org"),
        ('"Alice \\"Al\\" J" <alice@example.org>', 'Alice "Al" J', "alice@example.org"),
        ('"Alice <alice@example.org>', '"Alice', "alice@example.org"),
        ("Alice <alice@example.org", "Alice", "alice@example.org"),
        ('"alice.j"@example.org', "", "alice.j@example.org"),
        ('"alice j"@example.org', "", '"alice j"@example.org'),
        ("Alice", "Alice", ""),
        ("Alice <>", "Alice", ""),
        ("Alice <not an address>", "Alice", ""),
        ("a@b@example.org", "a@b@example.org", ""),
        ("jörg@bücher.example", "", "jörg@bücher.example"),
        ("<@relay.test:alice@example.org>", "", "alice@example.org"),
        ("alice@[192.0.2.1]", "", "alice@[192.0.2.1]"),
        ("alice@example.org.", "", "alice@example.org"),
        ("Team: alice@example.org, bob@example.org;", "", "alice@example.org"),
        ("A\x00lice\u202e <alice@example.org>", "Alice", "alice@example.org"),
    ],
)
def test_the_address_is_bare_and_never_taken_from_the_name(written: str, name: str, address: str) -> None:
    read_mail = mail(f"From: {written}", "Subject: x")
    assert (read_mail.from_name, read_mail.from_address) == (name, address)


def test_an_encoded_name_that_holds_an_address_gives_no_address() -> None:
    read_mail = mail("From: =?utf-8?q?Boss_=3Cboss=40example=2Ecom=3E?=", "Subject: x")
    assert (read_mail.from_name, read_mail.from_address) == ("Boss <boss@example.com>", "")


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        (b"Subject: =?utf-8?Q?Vraag_over_=C3=A9=C3=A9n?=\r\n =?utf-8?Q?_ticket?=", "Vraag over één ticket"),
        (b"Subject: =?utf-8?Q?v=C3?= =?utf-8?Q?=A4?=", "vä"),
        (b"Subject: Re: =?iso-8859-1*nl?Q?caf=E9?= today", "Re: café today"),
        ("Subject: één".encode(), "één"),
        ("Subject: één".encode("latin-1"), "één"),
        (b"Subject: =?nonsense?Q?caf=C3=A9?=", "café"),
        (b"Subject: =?utf-8?X?caf=C3=A9?=", "=?utf-8?X?caf=C3=A9?="),
        (b"Subject: =?utf-8?Q?What?no?=", "What?no"),
        (b"Subject: =?utf-8?B?w6k", "=?utf-8?B?w6k"),
        (b"Subject: =?utf-8?B?w6k?=", "é"),
        (b"Subject: =?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        (b"Subject: one\r\n\ttwo\r\n three", "one two three"),
        (b"Subject: a\x00b\rc", "ab c"),
        (b"Subject: =?utf-7?Q?+AOk-?=", "é"),
        ("Subject: 日本".encode("iso2022_jp"), "日本"),
        (b"Subject: =?zip?B?eJwDAAAAAAE=?=", "x\x9c".replace("\x9c", "œ")),
        (b"subject : spaced", "spaced"),
        (b"SUBJECT:tight", "tight"),
        (b"Subject:", ""),
    ],
)
def test_subjects_are_decoded_as_one_line(line: bytes, subject: str) -> None:
    assert mail("From: a@example.org", line).subject == subject


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "één €".encode(), "één €"),
        ("utf-8", "één".encode("latin-1"), "één"),  # it lies
        ("iso-8859-1", "één".encode(), "één"),  # it lies the other way
        ("us-ascii", "één".encode(), "één"),
        ("iso-8859-1", b"\x80 5", "€ 5"),
        ("windows-1252", b"\x93x\x94", "“x”"),
        ("gb2312", "中国€".encode("gb18030"), "中国€"),
        ("ks_c_5601-1987", "한국".encode("cp949"), "한국"),
        ("iso-2022-jp", "日本".encode("iso2022_jp"), "日本"),
        ("", "日本".encode("iso2022_jp"), "日本"),
        ("koi8-r", "привет".encode("koi8-r"), "привет"),
        ("utf-7", b"+AOk-+AOk-n", "één"),
        ("utf-16le", "één".encode("utf-16-le"), "één"),
        ("utf-8", b"\xff\xfe" + "één".encode("utf-16-le"), "één"),
        ("x-unknown", "één".encode(), "één"),
        ("unicode_escape", b"\\u0041", "\\u0041"),
        ("zip", b"x\x9c\x03\x00", "xœ\x03".replace("\x03", "")),
        ("punycode", b"abc-", "abc-"),
        ("utf-7", b"+2AA-x", "x"),
        ('"utf-8"', "één".encode(), "één"),
    ],
)
def test_charsets_that_are_wrong_missing_or_lie(charset: str, data: bytes, text: str) -> None:
    kind = f"Content-Type: text/plain; charset={charset}" if charset else "Content-Type: text/plain"
    coded = base64.b64encode(data)
    assert mail("From: a@example.org", kind, "Content-Transfer-Encoding: base64", body=coded).text == text


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        ("quoted-printable", b"=C3=A9=C3=A9n =\r\nline=20", "één line"),
        ("quoted-printable", b"100=% =ZZ =", "100=% =ZZ"),
        ("QUOTED-PRINTABLE ", b"=C3=A9", "é"),
        ("base64", b"aGFsbG8", "hallo"),
        ("base64", b"aGFs\r\nbG8=\r\n-- \r\n", "hallo"),
        ("base64", b"a GF\tsb!G8", "hallo"),
        ("base64", b"aGFsbG8hI", "hallo!"),
        ("x-uuencode", b"begin 644 a\r\n%:&%L;&\\\r\n`\r\nend\r\n", "hallo"),
        ("8bit", "één".encode(), "één"),
        ("nonsense", b"hallo", "hallo"),
    ],
)
def test_transfer_encodings_are_undone_as_far_as_they_go(encoding: str, data: bytes, text: str) -> None:
    assert mail("From: a@example.org", f"Content-Transfer-Encoding: {encoding}", body=data).text == text


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_every_kind_of_line_end_is_one(end: bytes) -> None:
    read_mail = mail("From: a@example.org", "Subject: x", body=end.join([b"one", b"two"]), end=end)
    assert read_mail.subject == "x"
    assert [line for line in read_mail.text.split("\n") if line] == ["one", "two"]


def test_soft_line_ends_are_whole_again() -> None:
    read_mail = mail(
        "From: a@example.org",
        "Content-Type: text/plain; format=flowed; delsp=no",
        body="A long \r\nline.\r\n\r\n> quoted \r\n> too\r\n-- \r\nAlice",
    )
    assert read_mail.text == "A long line.\n\n> quoted too\n-- \nAlice"


def test_of_two_forms_of_a_text_the_plain_one_is_read() -> None:
    assert multipart("alternative", PLAIN, HTML).text == "plain text"
    assert multipart("alternative", HTML, PLAIN).text == "plain text"


def test_a_blank_plain_form_gives_way_to_the_other() -> None:
    assert multipart("alternative", "Content-Type: text/plain\r\n\r\n \r\n", HTML).text == "html text"


def test_texts_beside_each_other_are_read_one_after_the_other() -> None:
    read_mail = multipart("mixed", PLAIN, PDF, HTML)
    assert read_mail.text == "plain text\n\nhtml text"
    assert [(one.name, one.media_type, one.content) for one in read_mail.attachments] == [
        ("a.pdf", "application/pdf", b"hallo")
    ]


def test_pictures_of_an_html_text_are_inline_attachments() -> None:
    picture = "Content-Type: image/png\r\nContent-ID: <p1>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO"
    (attachment,) = multipart("related", HTML, picture).attachments
    assert (attachment.name, attachment.media_type, attachment.inline) == ("", "image/png", True)


def test_a_forwarded_mail_is_one_attachment_and_stays_closed() -> None:
    inner = "Content-Type: message/rfc822\r\n\r\nFrom: bob@example.net\r\nSubject: inner\r\n\r\ninner text"
    read_mail = multipart("mixed", PLAIN, inner)
    assert read_mail.text == "plain text"
    assert read_mail.attachments[0].media_type == "message/rfc822"
    assert read_mail.attachments[0].content.endswith(b"inner text")


def test_a_digest_is_a_row_of_mails() -> None:
    read_mail = multipart("digest", "\r\nSubject: one\r\n\r\nx", "\r\nSubject: two\r\n\r\ny")
    assert [one.media_type for one in read_mail.attachments] == ["message/rfc822", "message/rfc822"]


def test_a_calendar_and_a_winmail_are_attachments() -> None:
    calendar = "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR"
    tnef = 'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+Ig=='
    read_mail = multipart("mixed", PLAIN, calendar, tnef)
    assert [(one.name, one.media_type) for one in read_mail.attachments] == [
        ("", "text/calendar"),
        ("winmail.dat", "application/ms-tnef"),
    ]


def test_a_text_with_a_file_name_is_an_attachment() -> None:
    named = "Content-Type: text/plain; name=log.txt\r\nContent-Disposition: inline; filename=log.txt\r\n\r\nlog"
    read_mail = multipart("mixed", PLAIN, named)
    assert read_mail.text == "plain text"
    assert [(one.name, one.inline) for one in read_mail.attachments] == [("log.txt", True)]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ('filename="a b.pdf"', "a b.pdf"),
        ("filename=a.pdf", "a.pdf"),
        ("filename*=utf-8''r%C3%A4.pdf", "rä.pdf"),
        ("filename*0*=utf-8''r%C3%A4; filename*1=port; filename*2=.pdf", "räport.pdf"),
        ('filename="=?utf-8?b?csOkLnBkZg==?="', "rä.pdf"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="C:\\\\dir\\\\a.doc"', "a.doc"),
        ('filename="..."', ""),
        ('filename=".htaccess"', "htaccess"),
        ('filename="a\x00b\x07.pdf"', "ab.pdf"),
        ("filename*=utf-8''gpj%E2%80%AEexe.pdf", "gpjexe.pdf"),
        ("filename*=utf-8''a%0D%0ABcc%3A%20x.pdf", "aBcc: x.pdf"),
        ('filename="a.pdf:hidden.exe"', "a.pdfhidden.exe"),
        ('filename="C:evil.exe"', "Cevil.exe"),
        ('filename="C:\\dir\\b.doc"', "b.doc"),
        ('filename="con.txt"', "_con.txt"),
        ("filename*=utf-8''a.pdf; filename=b.pdf", "a.pdf"),
        ("filename=b.pdf; filename*=utf-8''a.pdf", "a.pdf"),
        ("filename*=utf-8''%2E%2E%2Fa.pdf", "a.pdf"),
        ('filename="' + "x" * 400 + '.pdf"', "x" * 251 + ".pdf"),
        ('filename="unclosed.pdf', "unclosed.pdf"),
    ],
)
def test_file_names_are_safe(given: str, name: str) -> None:
    part = f"Content-Type: application/pdf\r\nContent-Disposition: attachment; {given}\r\n\r\nx"
    assert multipart("mixed", part).attachments[0].name == name


def test_a_boundary_within_a_line_or_a_longer_one_cuts_nothing() -> None:
    inner = "Content-Type: text/plain\r\n\r\nsee --xyz here\r\n--xyzzy\r\nend"
    assert multipart("mixed", inner).text == "see --xyz here\n--xyzzy\nend"


def test_a_last_part_without_its_end_is_read() -> None:
    raw = b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\n\nlast"
    assert read(raw).text == "first\n\nlast"


@pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/mixed; boundary=never", 'multipart/mixed; boundary=""'])
def test_a_multipart_without_its_boundary_is_a_text(kind: str) -> None:
    assert mail("From: a@example.org", f"Content-Type: {kind}", body="still here").text == "still here"


def test_a_head_that_ends_without_an_empty_line_loses_no_text() -> None:
    assert read(b"From: a@example.org\nSubject: x\nHello there\nbye").text == "Hello there\nbye"


def test_a_stray_line_in_the_head_hides_no_fields_after_it() -> None:
    read_mail = read(b"From: a@example.org\nstray line\nSubject: x\n\nbody")
    assert (read_mail.subject, read_mail.text) == ("x", "body")


def test_what_stands_before_the_first_field_is_passed_over() -> None:
    assert read(b"\r\n\r\nFrom: a@example.org\r\n\r\nx").from_address == "a@example.org"
    assert read(b"From a@example.org Tue Mar  3\nFrom: a@example.org\n\nx").text == "x"
    assert read(b"\xef\xbb\xbfFrom: a@example.org\n\nx").text == "x"


def test_message_ids_stand_without_their_angles() -> None:
    read_mail = mail(
        "From: a@example.org",
        "Message-ID: 1@example.org",
        "References: <a@b>,<c@d>\r\n <e@f>",
        "In-Reply-To: your mail",
    )
    assert (read_mail.message_id, read_mail.references, read_mail.in_reply_to) == (
        "1@example.org",
        ("a@b", "c@d", "e@f"),
        "",
    )


def test_of_a_long_conversation_the_first_and_the_last_ids_are_kept() -> None:
    references = " ".join(f"<{number}@example.org>" for number in range(500))
    found = mail("From: a@example.org", f"References: {references}").references
    assert (len(found), found[0], found[-1]) == (100, "0@example.org", "499@example.org")


@pytest.mark.parametrize(
    "date",
    ["", "yesterday", "32 Mar 2026 10:00", "Tue, 3 Mar 99999 10:00:00 +0100", "x" * 500],
)
def test_a_senseless_date_is_none(date: str) -> None:
    assert mail("From: a@example.org", f"Date: {date}").date == ""
