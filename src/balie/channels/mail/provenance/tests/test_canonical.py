"""The forms in which mails are signed: as another implementation makes them, and never slow."""

import time

import pytest
from dkim.canonicalization import CanonicalizationPolicy
from hypothesis import given
from hypothesis import strategies as some

from balie.channels.mail.provenance import canonical

PIECES = some.lists(some.sampled_from([b" ", b"\t", b"\r\n", b"x", b"  y", b"\r\n\r\n", b" \r\n"]), max_size=30)
THEIRS = {form: CanonicalizationPolicy.from_c_value(f"{form}/{form}".encode()) for form in ("simple", "relaxed")}


@given(PIECES, some.sampled_from(["simple", "relaxed"]))
def test_bodies_have_the_form_that_others_give_them(pieces: list[bytes], form: str) -> None:
    data = b"".join(pieces)
    if data and not data.endswith(b"\r\n"):
        data += b"\r\n"
    assert canonical.body(data, form) == THEIRS[form].canonicalize_body(data)


@given(
    some.lists(some.sampled_from([b" ", b"\t", b"\r\n ", b"x", b"y:z"]), max_size=20),
    some.sampled_from(["simple", "relaxed"]),
)
def test_fields_have_the_form_that_others_give_them(pieces: list[bytes], form: str) -> None:
    value = b"".join(pieces)
    (theirs,) = THEIRS[form].canonicalize_headers([(b"Subject", value + b"\r\n")])
    assert canonical.header(b"Subject", value, form) == b":".join(theirs)


@pytest.mark.parametrize("piece", [b" ", b"\t", b"\r\n", b"\r", b"\n", b" \r\n", b"\r\n ", b"a ", b"\r\n\r", b" \t"])
@pytest.mark.parametrize("form", ["simple", "relaxed"])
def test_no_body_takes_long(piece: bytes, form: str) -> None:
    data = canonical.lines_ended((piece * 8_000_000)[:8_000_000] + b"x")
    begun = time.monotonic()
    canonical.body(data, form)
    canonical.body(data[:-1], form)
    assert time.monotonic() - begun < 5


def test_a_mail_of_a_mailbox_gets_the_line_ends_under_which_it_was_signed() -> None:
    assert canonical.lines_ended(b"a: b\n\nc\r\nd\r") == b"a: b\r\n\r\nc\r\nd\r"
