"""Two versions side by side: every kind of change is one sentence in the reader's language, and what reads otherwise is a passage."""

import re

import pytest

from balie import register
from balie.register.tests.desks_read import draft_of

CHANGES = {
    "recipient": (
        "- with: suppliers\n",
        "- with: desk-staff\n",
        "no longer to: Suppliers with whom the office has a contract.",
    ),
    "term": (
        "keep: 1 year after ticket.closed",
        "keep: 6 months after ticket.closed",
        "Retention, Everyone who reports something",
    ),
    "basis": ("basis: legitimate-interest", "basis: public-task", "another basis for «Handling questions"),
    "item-new": (
        "usual: [phone, email, relation]",
        "usual: [phone, email, relation, function]",
        "now also kept: Function.",
    ),
    "items-gone": ("birth-name, title, ", "", "no longer kept: Birth name and title."),
    "need": (
        "usual: [phone, email, relation]",
        "usual: [phone, relation]\n        one-of: [email]",
        "E-mail address: was asked",
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_said_in_words_of_the_notice(kind: str) -> None:
    old, new, expected = CHANGES[kind]
    found = register.compared(draft_of("publications"), draft_of("publications", (old, new)), language="en")
    said = [text for _, text in found.meant]
    assert any(expected in text for text in said), said
    for text in said:
        assert not re.search(r"service-desk|handled|birth-name|legitimate-interest|{", text)


@pytest.mark.parametrize("language", ["nl", "fi", "sv", "en"])
def test_a_comparison_speaks_each_language(language: str) -> None:
    changed = draft_of("publications", ("keep: 1 year after ticket.closed", "keep: 2 years after ticket.closed"))
    found = register.compared(draft_of("publications"), changed, language=language)
    assert found.of("wider")
    assert found.of("narrower") == ()
    headings = {found.heading(part) for part in ("wider", "narrower", "changed", "passages", "nothing")}
    assert len(headings) == 5


def test_an_activity_that_comes_or_goes_is_named() -> None:
    whole = draft_of("publications")
    data = dict(whole.data)
    data["activities"] = {key: value for key, value in whole.data["activities"].items() if key != "account-requests"}
    fewer = register.Version("publications", 0, "x", data)
    assert ("wider", "New: Requests for accounts.") in register.compared(fewer, whole, language="en").meant
    gone = register.compared(whole, fewer, language="en")
    assert ("narrower", "Ended: Requests for accounts.") in gone.meant
    assert any(one.now == () for one in gone.passages)
