"""Domains and names that resemble others: the tricks that are in use are named, and what is merely different is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balie.channels.mail.provenance import resembling

KNOWN = frozenset({"publications.test", "example.org", "citizens-advice.test", "abc.test"})


@pytest.mark.parametrize(
    "domain",
    [
        *("publicatlons.test", "publicati0ns.test", "pubiications.test", "public4tions.test"),  # signs of the same look
        "рublications.test",  # its first letter is Cyrillic
        "xn--ublications-foj.test",
        *(
            "publication.test",
            "publicationss.test",
            "publciations.test",
            "puplications.test",
        ),  # one letter's difference
        *("exarnple.org", "exampIe.org", "mail.examp1e.org"),
        *("example.net", "example.co.uk", "publications.example"),  # another ending
        *("example-org.test", "exampleorg.test", "example-helpdesk.test", "my-example.test", "login-example-org.test"),
        *("citizens-advice-office.test", "new-citizens-advice.test"),
        *("example.org.evil.test", "www.example.org.evil.test"),
        *("abc-test.example", "abctest.example"),
        "exámple.org",
    ],
)
def test_what_looks_like_a_known_domain_is_named(domain: str) -> None:
    assert resembling.domain(domain, KNOWN)


@pytest.mark.parametrize(
    "domain",
    [
        *(
            "example.org",
            "mail.example.org",
            "PUBLICATIONS.test.",
            "deep.down.publications.test",
        ),  # the known ones themselves
        *("other.test", "sample.test", "publishing.test", "examples-of-all-sorts.test", "counterexample.test"),
        *("abd.test", "abcd.test", "abc-shop.test"),  # too short a name for one letter, or a word, to mean anything
        *("advice.test", "citizens.test"),
        *("test", "org", ""),
        *("bücher.example", "ministry.example", "xn--80akhbyknj4f.example"),
    ],
)
def test_what_is_the_domain_itself_or_another_word_is_not(domain: str) -> None:
    assert not resembling.domain(domain, KNOWN)


@given(some.text(max_size=300), some.frozensets(some.text(max_size=40), max_size=3))
def test_any_domain_has_an_answer_and_none_resembles_itself(text: str, known: frozenset[str]) -> None:
    resembling.domain(text, known)
    assert not resembling.domain(text, frozenset({text}))


LETTERS = some.text("bdefghkoprstwz", min_size=6, max_size=20)


@given(LETTERS, some.data())
def test_one_letter_more_less_other_or_moved_is_always_named(label: str, data: some.DataObject) -> None:
    at = data.draw(some.integers(0, len(label) - 2))
    sign = data.draw(some.sampled_from("bdefghkoprstwz"))
    changed = [
        label[:at] + label[at + 1 :],
        label[:at] + sign + label[at:],
        label[:at] + sign + label[at + 1 :],
        label[:at] + label[at + 1] + label[at] + label[at + 2 :],
    ]
    for one in changed:
        assert resembling.domain(f"{one}.test", frozenset({f"{label}.test"})) is (one != label), one


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("Ѕervісe Dеѕk", "service desk"),
        ("SERVICE  DESK", "service desk"),
        ("Serv1ce-Desk", "service desk"),
        ("Sérvicé desk", "service desk"),
    ],
)
def test_names_of_one_look_are_the_same_words(shown: str, meant: str) -> None:
    assert resembling.words(shown) == resembling.words(meant)
