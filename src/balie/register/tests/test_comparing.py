"""What a new version changes for the people concerned."""

import pytest

from balie import register
from balie.register.tests.desks_read import draft_of


def changes(*replaced: tuple[str, str]) -> list[str]:
    return [str(one) for one in register.diff(draft_of("publications"), draft_of("publications", *replaced))]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("keep: 1 year after", "keep: 2 years after", "wider: term handled was 1 year after ticket.closed, is 2 years"),
        ("keep: 1 year after", "keep: 6 months after", "narrower: term handled"),
        ("keep: 1 year after ticket.closed", "keep: permanent", "wider: term handled"),
        ("keep: permanent", "keep: 9 years after ticket.closed", "narrower: term account-trail"),
        ("keep: 1 year after ticket.closed", "keep: 1 year after ticket.last-contact", "changed: term handled"),
        (
            "email, relation]",
            "email, relation, home-address]",
            "wider: service-desk/reporter may now hold home-address",
        ),
        (
            "usual: [phone, email, relation]",
            "usual: [email, relation]",
            "narrower: service-desk/reporter no longer holds phone",
        ),
        (
            "usual: [phone, email, relation]\n        allowed: [first-name",
            "usual: [email, relation]\n        allowed: [phone, first-name",
            "changed: phone of service-desk/reporter was usual, is allowed",
        ),
        ("basis: legitimate-interest", "basis: public-task", "changed: service-desk/support now rests on public-task"),
        (
            "family-name: {placeholder: dummy}",
            "family-name: {placeholder: dummy, keep: account-trail}",
            "wider: family-name of service-desk/reporter came under the term account-trail, was handled",
        ),
        (
            "family-name: {keep: account-trail, placeholder: dummy}",
            "family-name: {placeholder: dummy}",
            "narrower: family-name of account-requests/requester came under the term handled",
        ),
        ("related: [service-desk]", "related: none", ""),
    ],
)
def test_a_change_is_wider_narrower_or_merely_changed(old: str, new: str, said: str) -> None:
    found = changes((old, new))
    assert any(one.startswith(said) for one in found) if said else found == []


def test_another_spelling_is_no_change() -> None:
    assert changes(("keep: 1 year after ticket.closed", "keep: P1Y after ticket.closed")) == []


def test_activities_purposes_and_recipients_come_and_go() -> None:
    old, new = draft_of("publications"), draft_of("citizens-advice")
    found = [str(one) for one in register.diff(old, new)]
    assert "narrower: activity service-desk has ended" in found
    assert "wider: new activity advice" in found
    assert "narrower: agents no longer goes to desk-staff" in found
    back = [str(one) for one in register.diff(new, old)]
    assert "wider: agents may now go to desk-staff" in back
