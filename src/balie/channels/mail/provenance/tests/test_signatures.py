"""Signatures: those that another implementation makes hold, and whatever is changed, weak or hostile does not."""

import base64
import hashlib
import re
import time
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as some

from balie.channels.mail.provenance import canonical, signatures
from balie.channels.mail.provenance.signatures import Signed, Unfit
from balie.channels.mail.provenance.tests.signing import LETTER, ed25519_key, record, rsa_key, signed

NOW = datetime(2026, 11, 2, tzinfo=UTC)
NAME = "key1._domainkey.example.org"
TAGS = ("v", "a", "b", "bh", "c", "d", "h", "i", "l", "q", "s", "t", "x", "z")


def word(raw: bytes, *texts: str, now: datetime = NOW) -> str:
    """What checking the first signature of a mail says, when the name system has these texts for its key."""
    mail = signatures.read(raw)
    known = {NAME: [text.encode() for text in texts or (record(rsa_key()),)]}
    try:
        signatures.verify(mail, mail.signatures[0], lambda name: known.get(name, []), now)
    except Unfit as unfit:
        return unfit.word
    return "pass"


def with_tag(raw: bytes, name: str, value: str) -> bytes:
    """The same mail with another value in a tag of its signature."""
    changed = re.sub(
        rb"([;:]\s*" + name.encode() + rb"\s*=)[^;\r]*(?:\r\n [^;\r]*)*", rb"\g<1>" + value.encode(), raw, count=1
    )
    assert changed != raw
    return changed


@pytest.mark.parametrize("form", ["relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple"])
def test_what_another_implementation_signed_holds(form: str) -> None:
    assert word(signed(form=form)) == "pass"


@pytest.mark.parametrize(
    "body", [b"", b"\r\n", b"\r\n\r\n", b"x", b" \t \r\n", b"a\r\n.\r\nFrom here\r\n", b"\xff\x00" * 9]
)
@pytest.mark.parametrize("form", ["relaxed/relaxed", "simple/simple"])
def test_whatever_the_body(body: bytes, form: str) -> None:
    assert word(signed(LETTER.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body, form=form)) == "pass"


def test_relaxed_it_holds_when_spaces_and_folds_change_on_the_way() -> None:
    raw = signed().replace(b"The  printer\r\n\tis", b"The printer is").replace(b"is  broken. \r\n", b"is broken.\r\n")
    assert word(raw) == "pass"
    assert word(signed().replace(b"\r\n", b"\n")) == "pass"  # as a mailbox keeps it


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"is  broken. \r\n\r\nAlice", b"is  broken. \r\n\r\nMallory"),
        (b"The  printer", b"The  password"),
        (b"From: Alice", b"From: Malice"),
        (b"<alice@example.org>", b"<ceo@example.org>"),
        (b"Alice\t\r\n\r\n\r\n", b"Alice\t\r\n\r\n\r\nP.S. Pay at once.\r\n"),
    ],
)
def test_what_was_changed_on_the_way_does_not_hold(old: bytes, new: bytes) -> None:
    raw = signed()
    assert raw.count(old) == 1
    assert word(raw.replace(old, new)) == "fail"


@given(some.data())
@tried(max_examples=60)
def test_no_sign_of_the_signed_text_can_be_changed(data: some.DataObject) -> None:
    raw = signed(form="simple/simple")
    start = raw.index(b"From: Alice")
    at = data.draw(some.integers(start, len(raw) - 7))  # the empty lines at the end are nobody's words
    sign = data.draw(some.sampled_from([one for one in b"axZ09.@" if one != raw[at]]))
    assert word(raw[:at] + bytes([sign]) + raw[at + 1 :]) in ("fail", "permerror")


def test_another_key_is_another_hand() -> None:
    assert word(signed(), record(rsa_key(1024))) == "fail"


def test_what_stands_in_front_of_it_is_not_signed_and_what_was_signed_twice_is_read_from_below() -> None:
    assert word(b"X-Seen: yes\r\n" + signed()) == "pass"
    assert word(b"Subject: Another\r\n" + signed()) == "pass"
    assert word(signed().replace(b"Message-ID:", b"Subject: Another\r\nMessage-ID:")) == "fail"


def test_by_the_newer_kind_of_key_too() -> None:
    """Made here after RFC 8463, since dkimpy wants another library for it."""
    key = ed25519_key()
    hashed = base64.b64encode(
        hashlib.sha256(canonical.body(LETTER.partition(b"\r\n\r\n")[2], "relaxed")).digest()
    ).decode()
    own = f" v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.org; s=key1; h=from:subject; bh={hashed}; b="
    fields = [(b"From", b" Alice Example <alice@example.org>"), (b"Subject", b" The  printer\r\n\tis broken")]
    data = b"".join(canonical.header(*one, "relaxed") for one in fields)
    data += canonical.header(b"DKIM-Signature", own.encode(), "relaxed").removesuffix(b"\r\n")
    made = base64.b64encode(key.sign(hashlib.sha256(data).digest())).decode()
    raw = f"DKIM-Signature:{own}{made}\r\n".encode() + LETTER
    assert word(raw, record(key)) == "pass"
    assert word(raw.replace(b"broken", b"fine"), record(key)) == "fail"
    assert word(raw, record(rsa_key())) == "permerror"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], "permerror"),
        (["v=DKIM1; p="], "permerror"),
        (["v=DKIM1; p=AAAA"], "permerror"),
        (["v=DKIM1; p=not base64!"], "permerror"),
        (["v=spf1 -all"], "permerror"),
        (["nothing of the kind"], "permerror"),
        (["v=DKIM2; p=AAAA"], "permerror"),
        (["p=AAAA; p=BBBB"], "permerror"),
        (["\xff"], "permerror"),
    ],
)
def test_a_key_that_is_none(texts: list[str], said: str) -> None:
    raw = signed()
    mail = signatures.read(raw)
    with pytest.raises(Unfit) as unfit:
        signatures.verify(mail, mail.signatures[0], lambda name: [text.encode("latin-1") for text in texts], NOW)
    assert unfit.value.word == said


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ({"h": "sha256"}, "pass"),
        ({"h": "sha1"}, "permerror"),
        ({"s": "email"}, "pass"),
        ({"s": "other"}, "permerror"),
        ({"t": "s"}, "pass"),
        ({"t": "y"}, "neutral"),
        ({"t": "y:s"}, "neutral"),
        ({"n": "some note"}, "pass"),
        ({"k": "ed25519"}, "permerror"),
    ],
)
def test_what_a_key_says_of_its_use(tags: dict[str, str], said: str) -> None:
    assert word(signed(), record(rsa_key(), **tags)) == said


def test_two_keys_under_one_name_are_none() -> None:
    assert word(signed(), record(rsa_key()), record(rsa_key())) == "permerror"


def test_a_key_that_anybody_could_break_proves_nothing() -> None:
    assert word(signed(bits=1024), record(rsa_key(1024))) == "pass"
    weak = rsa.RSAPublicNumbers(65537, (1 << 767) + 9).public_key()  # it never signs: it is its size that is refused
    public = weak.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert word(signed(), f"v=DKIM1; p={base64.b64encode(public).decode()}") == "policy"


@pytest.mark.parametrize(
    ("tag", "value", "said"),
    [
        ("a", "rsa-sha1", "policy"),
        ("a", "rsa-md5", "policy"),
        ("i", "alice@example.net", "permerror"),
        ("h", "to : subject", "permerror"),
        ("c", "relaxed/nonsense", "permerror"),
        ("q", "http", "permerror"),
        ("b", "!!!", "permerror"),
        ("bh", "!!!", "permerror"),
        ("bh", "AAAA", "fail"),
        ("s", "other", "permerror"),
    ],
)
def test_a_signature_that_must_not_be_accepted(tag: str, value: str, said: str) -> None:
    raw = signed(identity=b"alice@example.org")
    assert word(with_tag(raw, tag, value)) == said


def test_a_signature_that_covers_only_the_beginning_of_the_text_is_not_accepted() -> None:
    raw = signed(length=True)
    assert b" l=" in raw
    assert word(raw) == "pass"  # it covers all
    assert word(raw + b"Pay at once.\r\n") == "policy"


def test_a_signature_that_has_expired_is_not_accepted() -> None:
    raw = signed().replace(b"DKIM-Signature: v=1;", b"DKIM-Signature: v=1; x=1790000000;")
    assert (
        word(raw, now=datetime(2026, 1, 1, tzinfo=UTC)) == "fail"
    )  # in its time, but the tag was not there when it was signed
    assert word(raw, now=datetime(2027, 1, 1, tzinfo=UTC)) == "policy"


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"v=1",
        b"v=2; a=rsa-sha256; b=AA==; bh=AA==; d=example.org; h=from; s=key1",
        b"v=1; a=rsa-sha256; b=AA==; bh=AA==; d=; h=from; s=key1",
        b"v=1; a=rsa-sha256; b=AA==; bh=AA==; d=a b; h=from; s=key1",
        b"v=1; a=rsa-sha256; b=AA==; bh=AA==; d=example.org; h=from; s=..",
        b"v=1; a=rsa-sha256; b=AA==; bh=AA==; d=example.org; h=from; s=" + b"a." * 120 + b"a",
        b"v=1; v=1; a=rsa-sha256; b=AA==; bh=AA==; d=example.org; h=from; s=key1",
        b"v=1; a=rsa-sha256; b=AA==; bh=AA==; d=example.org; h=from; s=key1; \xff=1",
        b"x" * 20_000,
    ],
)
def test_what_does_not_have_the_form_of_a_signature_is_none(value: bytes) -> None:
    mail = signatures.read(b"DKIM-Signature: " + value + b"\r\n" + LETTER)
    assert (mail.signatures, mail.unread) == ((), 1)


@given(some.binary(max_size=400))
def test_any_bytes_have_an_answer(raw: bytes) -> None:
    assert isinstance(signatures.read(raw), Signed)
    assert isinstance(signatures.read(b"DKIM-Signature: " + raw + b"\r\n" + LETTER), Signed)


@given(
    some.dictionaries(
        some.sampled_from(["v", "a", "b", "bh", "c", "d", "h", "i", "l", "q", "s", "t", "x", "z"]),
        some.text(max_size=20),
        max_size=14,
    )
)
def test_any_tags_are_refused_or_fail_and_nothing_else(tags: dict[str, str]) -> None:
    usual = {"v": "1", "a": "rsa-sha256", "b": "AA==", "bh": "AA==", "d": "example.org", "h": "from", "s": "key1"}
    value = "; ".join(f"{name}={text}" for name, text in (usual | tags).items()).replace("\n", " ").replace("\r", " ")
    mail = signatures.read(b"DKIM-Signature: " + value.encode("utf-8", "replace") + b"\r\n" + LETTER)
    for one in mail.signatures:
        with pytest.raises(Unfit):
            signatures.verify(mail, one, lambda name: [record(rsa_key()).encode()], NOW)


@pytest.mark.parametrize(
    "hostile",
    [
        b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=x; h=from; bh=AA=; b=AA" + b"\r\n " * 80_000 + b"!\r\n",
        b"DKIM-Signature: " + b";" * 200_000 + b"\r\n",
        b"DKIM-Signature: v=1; h=" + b"from:" * 40_000 + b"\r\n",
        b"DKIM-Signature: v=1\r\n" * 12_000,
        b"A" * 262_000,
        b" " * 262_000,
        b"a:b\r\n" * 50_000,
    ],
    ids=["folds", "semicolons", "names", "signatures", "no-colon", "spaces", "fields"],
)
def test_no_head_takes_long(hostile: bytes) -> None:
    begun = time.monotonic()
    mail = signatures.read(hostile + LETTER)
    for one in mail.signatures:
        with pytest.raises(Unfit):
            signatures.verify(mail, one, lambda name: [record(rsa_key()).encode()], NOW)
    assert time.monotonic() - begun < 2
