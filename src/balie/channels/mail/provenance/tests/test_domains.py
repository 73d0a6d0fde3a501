"""Domains in one form, and by who holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balie.channels.mail.provenance import domains


@pytest.mark.parametrize(
    ("domain", "organisation", "label"),
    [
        ("mail.Example.ORG.", "example.org", "example"),
        ("example.org", "example.org", "example"),
        ("a.b.example.co.uk", "example.co.uk", "example"),
        ("co.uk", "co.uk", "co.uk"),
        ("test", "test", "test"),
        ("bücher.example", "xn--bcher-kva.example", "xn--bcher-kva"),
        ("", "", ""),
    ],
)
def test_what_an_organisation_holds(domain: str, organisation: str, label: str) -> None:
    assert domains.organisational(domain) == organisation
    assert domains.label(domain) == label


@pytest.mark.parametrize(
    ("one", "other", "relaxed", "strict"),
    [
        ("example.org", "EXAMPLE.org", True, True),
        ("mail.example.org", "example.org", True, False),
        ("a.example.org", "b.example.org", True, False),
        ("example.org", "example.net", False, False),
        ("one.co.uk", "other.co.uk", False, False),
        ("co.uk", "other.co.uk", False, False),
        ("example.org.evil.test", "example.org", False, False),
        ("", "", False, False),
        ("", "example.org", False, False),
        ("bücher.example", "xn--bcher-kva.example", True, True),
    ],
)
def test_whose_domains_are_the_same_organisations(one: str, other: str, relaxed: bool, strict: bool) -> None:
    assert domains.aligned(one, other) is domains.aligned(other, one) is relaxed
    assert domains.aligned(one, other, strict=True) is strict


@pytest.mark.parametrize(
    ("address", "domain"),
    [("a@Example.org", "example.org"), ("a@b@example.org", "example.org"), ("nobody", ""), ("", ""), ("a@", "")],
)
def test_the_domain_of_an_address(address: str, domain: str) -> None:
    assert domains.of_address(address) == domain


@given(some.text(max_size=400))
def test_any_text_has_an_answer(text: str) -> None:
    for ask in (domains.plain, domains.organisational, domains.label, domains.readable, domains.of_address):
        assert isinstance(ask(text), str)
    assert domains.aligned(text, text) is bool(domains.plain(text))
