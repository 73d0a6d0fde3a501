"""Bytes become text whatever they claim to be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balie.channels.mail.charsets import CHARSETS, clean, decode, known


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *(
            ("UTF8", "utf-8"),
            ("utf-8mb4", "utf-8"),
            ("cp-850", "cp850"),
            ("ISO-8859-8-I", "iso8859-8"),
            ("l9", "iso8859-15"),
        ),
        *(("Windows-1252", "cp1252"), ("win-1251", "cp1251"), ("x-sjis", "cp932"), ("ISO_8859-1:1987", "iso8859-1")),
        *(('"koi8-r"', "koi8-r"), ("hz-gb-2312", "hz"), ("unicode-1-1-utf-7", "utf-7"), ("ANSI_X3.4-1968", "ascii")),
        *(
            ("x-unknown", ""),
            ("zip", ""),
            ("unicode_escape", ""),
            ("idna", ""),
            ("", ""),
            ("\0", ""),
            ("x" * 10_000, ""),
        ),
    ],
)
def test_charsets_are_known_by_the_names_that_mails_give_them(written: str, name: str) -> None:
    assert known(written) == name


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b"\x1b$B-!\x1b(B \x1b$B4]?t;z%F%9%H\x1b(B", "iso-2022-jp", "① 丸数字テスト"),
        ("10 €".encode("iso8859-15"), "iso-8859-15", "10 €"),
        ("Это обычное сообщение".encode("koi8-r"), "", "Это обычное сообщение"),
        ("Это обычное сообщение".encode("cp1251"), "utf-8", "Это обычное сообщение"),
        ("Größe über naïve café".encode("latin-1"), "", "Größe über naïve café"),
        ("één één één één één één".encode() + b"\xc3", "iso-8859-1", "één één één één één één\ufffd"),
        (b"a+b-c = d, 1+1", "utf-7", "a+b-c = d, 1+1"),
    ],
)
def test_what_a_charset_misses_or_a_mail_conceals_is_found(data: bytes, charset: str, text: str) -> None:
    assert decode(data, charset) == text


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from([b"\x1b$B", b"\x1b(B", b"\x1b$", b"\xff\xe9", b"+AO"])).map(b"".join)
)
def test_any_bytes_in_any_charset_are_a_text(data: bytes) -> None:
    for charset in ("", "x-unknown", *CHARSETS):
        clean(decode(data, charset)).encode("utf-8")
