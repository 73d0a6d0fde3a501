"""What we check ourselves, with a name server of our own: whose signature holds, and whether that domain vouches for the mail."""

import time
from datetime import UTC, datetime

import pytest

from balie.channels.mail.provenance.ourselves import LARGEST, checked
from balie.channels.mail.provenance.resolver import Resolver
from balie.channels.mail.provenance.servers import Checks
from balie.channels.mail.provenance.tests.name_server import NameServer
from balie.channels.mail.provenance.tests.signing import LETTER, record, rsa_key, signed

NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def keys(names: NameServer) -> NameServer:
    """A name server with the keys of three domains, and what two of them ask of receivers."""
    for domain in ("example.org", "mail.example.org", "example.net"):
        names.texts[f"key1._domainkey.{domain}"] = [record(rsa_key())]
    names.texts["_dmarc.example.org"] = ["v=DMARC1; p=reject"]
    return names


def check(raw: bytes, names: NameServer, *, told: Checks | None = None, author: str = "example.org") -> Checks:
    return checked(raw, told or Checks(), author=author, resolver=Resolver(names.at), now=NOW)


def test_a_signature_of_the_senders_domain_vouches_for_the_mail(keys: NameServer) -> None:
    found = check(signed(), keys)
    assert (found.dkim, found.dmarc, found.spf, found.by) == ("pass", "pass", "", "ourselves")
    assert found.passed == {"example.org"}
    assert keys.asked == ["key1._domainkey.example.org", "_dmarc.example.org"]


def test_a_part_of_the_domain_vouches_too_unless_the_domain_is_strict(keys: NameServer) -> None:
    raw = signed(domain="mail.example.org")
    assert check(raw, keys).dmarc == "pass"
    keys.texts["_dmarc.example.org"] = ["v=DMARC1; p=none; adkim=s"]
    assert check(raw, keys).dmarc == "none"


def test_a_domain_within_the_organisation_follows_its_rule(keys: NameServer) -> None:
    assert check(signed(domain="mail.example.org"), keys, author="mail.example.org").dmarc == "pass"
    assert keys.asked[-2:] == ["_dmarc.mail.example.org", "_dmarc.example.org"]


def test_a_signature_of_another_domain_does_not_vouch(keys: NameServer) -> None:
    found = check(signed(domain="example.net"), keys)
    assert (found.dkim, found.dmarc, found.passed) == ("pass", "none", {"example.net"})


def test_the_envelope_counts_as_far_as_our_server_told_of_it(keys: NameServer) -> None:
    known = Checks(
        spf="pass", by="server", spf_passed=frozenset({"bounce.example.org"}), passed=frozenset({"bounce.example.org"})
    )
    found = check(LETTER, keys, told=known)
    assert (found.dkim, found.dmarc, found.by) == ("none", "pass", "server")
    other = Checks(spf="pass", by="server", spf_passed=frozenset({"example.net"}))
    assert check(LETTER, keys, told=other).dmarc == "fail"
    assert check(LETTER, keys, told=Checks(spf="softfail", by="server")).dmarc == "fail"


def test_what_our_server_told_is_not_asked_again(keys: NameServer) -> None:
    told = Checks(dmarc="fail", by="server")
    assert check(signed(), keys, told=told).dmarc == "fail"
    assert "_dmarc.example.org" not in keys.asked


def test_a_domain_that_asks_for_nothing_is_not_judged(keys: NameServer) -> None:
    del keys.texts["_dmarc.example.org"]
    assert check(signed(), keys).dmarc == "none"
    keys.texts["_dmarc.example.org"] = ["v=DMARC1; p=reject", "v=DMARC1; p=none"]
    assert check(signed(), keys).dmarc == "none"


def test_a_mail_without_a_signature_asks_for_no_key(keys: NameServer) -> None:
    assert check(LETTER, keys).dkim == "none"
    assert keys.asked == ["_dmarc.example.org"]


def test_a_mail_that_was_changed_has_failed(keys: NameServer) -> None:
    assert check(signed().replace(b"broken", b"fine"), keys).dkim == "fail"


def test_one_signature_that_holds_is_enough_and_the_senders_own_comes_first(keys: NameServer) -> None:
    strange = b"".join(
        b"DKIM-Signature: v=1; a=rsa-sha256; d=d%d.test; s=x; h=from; bh=AA==; b=AA==\r\n" % n for n in range(8)
    )
    assert check(strange + signed(), keys).dkim == "pass"
    assert [name for name in keys.asked if name.startswith("key1.")] == ["key1._domainkey.example.org"]
    assert len(keys.asked) == 4  # three keys and the domain's rule, however many signatures


def test_a_mail_with_two_senders_has_none_that_is_signed(keys: NameServer) -> None:
    """The one is signed and the other is shown: the oldest trick with signatures."""
    found = check(b"From: ceo@example.org\r\n" + signed(), keys)
    assert (found.dkim, found.dmarc, found.passed) == ("policy", "none", frozenset())


def test_a_resolver_that_cannot_answer_leaves_it_open(keys: NameServer) -> None:
    keys.broken = True
    found = check(signed(), keys)
    assert (found.dkim, found.dmarc) == ("temperror", "temperror")


def test_a_silent_resolver_costs_a_mail_few_seconds_and_the_next_none(keys: NameServer) -> None:
    keys.silent = True
    begun = time.monotonic()
    for _ in range(20):
        assert check(signed(), keys).dkim == "temperror"
    assert time.monotonic() - begun < 5


def test_a_mail_beyond_all_measure_is_not_checked(keys: NameServer) -> None:
    assert check(signed() + b"x" * LARGEST, keys).dkim == "neutral"


def test_a_large_mail_is_checked_in_time(keys: NameServer) -> None:
    begun = time.monotonic()
    assert check(signed() + b"a \t b\r\n" * 3_500_000, keys).dkim == "fail"
    assert time.monotonic() - begun < 10
