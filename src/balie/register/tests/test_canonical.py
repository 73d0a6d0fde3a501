"""The canonical form: what says the same is the same, what says something else is not."""

import pytest

from balie import register
from balie.register.canonical import canonical
from balie.register.tests.desks_read import changed_text, text_of
from balie.register.versions import Version


def digest_of(*changes: tuple[str, str]) -> str:
    return register.draft(changed_text("citizens-advice.yaml", *changes), name="x.yaml").digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 years after ticket.last-contact", "P2Y after ticket.last-contact"),
        ("when account.closed", "on account.closed"),
        ("latest: 3 years", "latest: P3Y"),
        ("backups: 14 days", "backups: P14D"),
        ("[email, phone]\n        required", "\n          - email\n          - phone\n        required"),
        ("when: Asia tai palaute koskee tätä viranomaista.", "when: [Asia tai palaute koskee tätä viranomaista.]"),
        ("stays-in: EEA\nautomated-decisions: none", "automated-decisions: none\nstays-in: EEA"),
        ("format: 1", "format: 1 # a remark"),
        ("desk: citizens-advice", 'desk: "citizens-advice"'),
    ],
)
def test_another_spelling_is_the_same_register(old: str, new: str) -> None:
    assert digest_of((old, new)) == digest_of()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 years after ticket.last-contact", "24 months after ticket.last-contact"),
        ("one-of: [email, phone]", "one-of: [phone, email]"),
        ("basis: public-task", "basis: consent"),
        ("latest: 3 years\n", ""),
    ],
)
def test_another_promise_is_another_register(old: str, new: str) -> None:
    assert digest_of((old, new)) != digest_of()


def test_a_short_line_of_sharing_is_its_long_form() -> None:
    short = Version("x", 0, "", {"activities": {"a": {"share": ["s"]}}})
    long = Version("x", 0, "", {"activities": {"a": {"share": [{"with": "s"}]}}})
    assert canonical(short.data) == canonical(long.data) == '{"activities":{"a":{"share":[{"with":"s"}]}}}'


def test_the_digest_is_a_sha_256() -> None:
    assert len(digest_of()) == 64
    assert int(digest_of(), 16) > 0
    assert register.draft(text_of("publications.yaml"), name="x.yaml").digest != digest_of()
