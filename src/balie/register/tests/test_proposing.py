"""A proposal: written by one person, put in force by another, and obeyed only then."""

from dataclasses import replace
from typing import Any

import pytest

from balie.evidence.models import Entry
from balie.kernel import Actor, Conflict, Invalid, Refused
from balie.register import proposing, rules
from balie.register.models import Proposal
from balie.register.tests.desks_read import ANNEX, adopted, changed_text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DORA = Actor(kind="staff", handle="0198d0fa", desk=ANNEX, roles=frozenset({"privacy-officer"}))
ADA = replace(DORA, handle="0198ada0", roles=frozenset({"administrator"}))
BOB = replace(DORA, handle="0198b0bb", roles=frozenset({"agent"}))
SETTINGS = changed_text("publications.desk.yaml", ("desk: publications", f"desk: {ANNEX}"))
ANSWERS = changed_text("publications.answers.yaml")
SHORTER = ("keep: 1 year after ticket.closed", "keep: 6 months after ticket.closed")


def text(*changes: tuple[str, str]) -> str:
    return changed_text("publications.yaml", ("desk: publications", f"desk: {ANNEX}"), *changes)


def proposed(*changes: tuple[str, str], actor: Actor = ADA, **more: Any) -> Proposal:
    return proposing.propose(ANNEX, text(*changes or (SHORTER,)), SETTINGS, more.get("answers", ANSWERS), actor=actor)


def test_a_proposal_is_kept_and_nothing_is_obeyed_of_it() -> None:
    before = adopted()
    made = proposed()
    assert proposing.open_at(ANNEX) == made
    assert adopted() is before
    assert Entry.objects.get(act="register.proposed", desk=ANNEX).actor == str(ADA)


def test_agents_write_no_register_and_nobody_writes_another_desks() -> None:
    adopted()
    with pytest.raises(Refused, match="The privacy officer and the administrators"):
        proposed(actor=BOB)
    with pytest.raises(Refused, match="its own desk"):
        proposed(actor=replace(ADA, desk="citizens-advice"))


def test_what_says_the_same_as_what_holds_is_no_proposal() -> None:
    adopted()
    with pytest.raises(Invalid, match="in force already"):
        proposed(("format: 1", "format:  1"))


def test_what_cannot_be_read_is_refused_with_its_line_and_what_was_proposed_before_stays() -> None:
    adopted()
    made = proposed()
    with pytest.raises(Invalid, match=r"line \d+"):
        proposed(("format: 1", "format: [1"))
    assert proposing.open_at(ANNEX) == made


def test_a_fault_is_kept_and_told() -> None:
    adopted()
    made = proposed(("keep: handled\n    source", "keep: handeld\n    source"))
    (fault,) = proposing.in_the_way(made)
    assert "handeld" in str(fault.say)


def test_a_new_one_replaces_the_one_before_and_one_can_be_withdrawn() -> None:
    adopted()
    first = proposed()
    second = proposed(("keep: 1 year after ticket.closed", "keep: 3 months after ticket.closed"))
    first.refresh_from_db()
    assert (first.outcome, proposing.open_at(ANNEX)) == ("replaced", second)
    proposing.withdraw(second, actor=DORA)
    assert proposing.open_at(ANNEX) is None
    with pytest.raises(Conflict, match="decided about this proposal already"):
        proposing.withdraw(second, actor=DORA)


@pytest.mark.parametrize(
    ("author", "officer", "actor", "says"),
    [
        (DORA, True, DORA, "You wrote this"),
        (ADA, False, ADA, "You wrote this"),
        (ADA, False, replace(ADA, handle="0198ada1"), "so the privacy officer puts it in force"),
        (DORA, True, BOB, "The privacy officer or an administrator"),
        (DORA, True, replace(ADA, desk="citizens-advice"), "its own desk"),
        (ADA, False, DORA, None),
        (DORA, True, ADA, None),
        (DORA, True, replace(DORA, handle="0198d0fb"), None),
    ],
)
def test_four_eyes_and_two_of_them_the_officers(author: Actor, officer: bool, actor: Actor, says: str | None) -> None:
    found = rules.adopt(actor, ANNEX, rules.Author(str(author), officer))
    assert (found is None) if says is None else says in str(found)
