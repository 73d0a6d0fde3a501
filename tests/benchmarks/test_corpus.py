"""The made-up mails are the same everywhere, are lawful mail, and name nobody."""

import email
import email.policy
import hashlib
import re
from itertools import islice

import pytest
from benchmarks.corpus import mails, words

from balie.channels.mail.parsing import read

RESERVED = re.compile(r"(^|\.)(example\.(org|com|net)|example|test)$")


def test_a_seed_gives_the_same_mails_on_every_machine() -> None:
    """A change of the texts changes this sum: then measured figures no longer compare with older ones."""
    digest = hashlib.sha256(b"".join(mails(7, 300))).hexdigest()
    assert digest == "d6dbd2544238c0d300c8ffc3fc70cdccbfe69ed0efa8f95d434716b859e45e1f"


def test_a_longer_run_begins_as_a_shorter_one() -> None:
    assert list(islice(mails(3, 1000), 20)) == list(mails(3, 20))


def test_another_seed_gives_other_mails() -> None:
    assert not set(mails(1, 50)) & set(mails(2, 50))


def test_sizes_are_those_of_ordinary_mail() -> None:
    sizes = sorted(map(len, mails(5, 500)))
    assert 1_000 < sizes[0] < 2_500
    assert 3_000 < sizes[250] < 10_000
    assert sizes[-1] < 50_000


def test_the_standard_library_reads_in_them_what_we_read() -> None:
    for raw in mails(11, 200):
        ours, theirs = read(raw), email.message_from_bytes(raw, policy=email.policy.default)
        body = theirs.get_body(("plain",))
        assert body is not None
        assert ours.text.split() == body.get_content().split()
        assert ours.subject == theirs["subject"]
        assert ours.from_name == theirs["from"].addresses[0].display_name
        assert ours.from_address == theirs["from"].addresses[0].addr_spec
        files = [(part.get_filename(), part.get_payload(decode=True)) for part in theirs.iter_attachments()]
        assert [(one.name, one.content) for one in ours.attachments] == files
        assert not theirs.defects


def test_all_addresses_are_of_reserved_domains() -> None:
    for raw in mails(13, 300):
        mail = read(raw)
        found = re.findall(r"[\w.+-]+@([\w.-]+\w)", f"{mail.text} {mail.from_address} {' '.join(mail.to)}")
        assert all(RESERVED.search(domain) for domain in found)


@pytest.mark.parametrize("language", ["nl", "fi", "en"])
def test_one_language_can_be_had_alone_and_its_words_are_known(language: str) -> None:
    known = set(words(language))
    assert len(known) > 200
    sentence_words = {
        word for raw in mails(17, 20, (language,)) for word in re.findall(r"[^\W\d_]{2,}", read(raw).text.lower())
    }
    assert len(sentence_words & known) > 100


def test_each_kind_of_mail_is_among_them() -> None:
    read_mails = [read(raw) for raw in mails(19, 300)]
    assert any(mail.attachments for mail in read_mails)
    assert any(mail.in_reply_to for mail in read_mails)
    assert any("\n> " in mail.text for mail in read_mails)
    assert not any(mail.unreadable or mail.automatic for mail in read_mails)
