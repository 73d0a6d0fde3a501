"""What a new version adds does not reach what was collected before it, but where that was decided."""

from dataclasses import replace
from typing import Any

import pytest

from balie.register import Decided, Facts, Version, may_disclose_older, may_see_older, may_use
from balie.register.reach import Scope, scope
from balie.register.tests.desks_read import draft_of

PURPOSE = (
    "      forward-feedback:\n",
    "      improve:\n"
    "        what: Palvelupyyntöihin vastaaminen.\n"
    "        includes: [questions]\n"
    "        basis: public-task\n"
    "        because: Neuvontavelvollisuus, hallintolaki (434/2003) 8 §.\n"
    "      forward-feedback:\n",
)
RECIPIENT = (
    "    related: none\n\n  agents:",
    "      - with: translators\n        items: [message]\n        when: Asia tai palaute koskee tätä viranomaista.\n"
    "    related: none\n\n  agents:",
)
NAMED = (
    "recipients:\n",
    "recipients:\n  translators: {who: The translators of the municipality, kind: authority, country: FI}\n",
)
MESSAGE = ("advice", "requester", "message")
CONFIRMED = Facts(confirmed=frozenset({"Asia tai palaute koskee tätä viranomaista."}))


def version(number: int, *changes: tuple[str, str]) -> Version:
    return replace(draft_of("citizens-advice", *changes), number=number)


OLD = version(1)
NEW = version(2, PURPOSE)
WIDER = version(3, PURPOSE, NAMED, RECIPIENT)


def decision(v: Version, purpose: str = "improve", **more: Any) -> Decided:
    weighed = scope(v, "advice", purpose)
    assert weighed is not None
    return Decided("advice", purpose, **{"before": v.number, "ground": "compatible", "scope": weighed, **more})


def test_what_it_was_collected_for_it_may_be_used_for() -> None:
    assert may_use(OLD, NEW, *MESSAGE, purpose="answer").yes
    assert may_use(NEW, NEW, *MESSAGE, purpose="improve").yes


def test_a_new_purpose_does_not_reach_it_and_the_refusal_names_the_decision() -> None:
    asked = may_use(OLD, NEW, *MESSAGE, purpose="improve")
    assert not asked.yes
    assert asked.need == ("decision: advice/improve",)
    assert "6(4)" in str(asked.clause)
    assert "decision of its own" in str(asked.say)


def test_what_it_is_not_kept_for_needs_no_decision_but_another_register() -> None:
    asked = may_use(OLD, NEW, *MESSAGE, purpose="advertise")
    assert (asked.yes, asked.need) == (False, ())


def test_decided_it_reaches_what_was_collected_before_and_nothing_else() -> None:
    decided = [decision(NEW)]
    assert may_use(OLD, NEW, *MESSAGE, purpose="improve", decided=decided).yes
    assert not may_use(OLD, NEW, *MESSAGE, purpose="improve", decided=[decision(NEW, before=1)]).yes
    other = replace(decided[0], activity="agents")
    assert not may_use(OLD, NEW, *MESSAGE, purpose="improve", decided=[other]).yes


def test_a_purpose_that_reads_otherwise_was_never_decided() -> None:
    other = version(3, (PURPOSE[0], PURPOSE[1].replace("public-task", "consent")))
    assert not may_use(OLD, other, *MESSAGE, purpose="improve", decided=[decision(NEW)]).yes


def test_an_item_that_was_not_weighed_is_not_reached() -> None:
    weighed = scope(NEW, "advice", "improve")
    assert weighed is not None
    less = replace(weighed, items=weighed.items - {"requester/message"})
    assert not may_use(OLD, NEW, *MESSAGE, purpose="improve", decided=[decision(NEW, scope=less)]).yes


def test_by_consent_it_reaches_only_whose_consent_is_recorded() -> None:
    decided = [decision(NEW, ground="consent")]
    asked = may_use(OLD, NEW, *MESSAGE, purpose="improve", decided=decided)
    assert asked.need == ("consent: person",)
    given = Facts(consent=frozenset({"person"}))
    assert may_use(OLD, NEW, *MESSAGE, purpose="improve", decided=decided, facts=given).yes


def test_a_team_of_the_new_purpose_sees_older_data_only_when_it_was_decided() -> None:
    covers = frozenset({"advice/improve"})
    assert may_see_older(NEW, NEW, *MESSAGE, covers=covers).yes
    assert not may_see_older(OLD, NEW, *MESSAGE, covers=covers).yes
    assert may_see_older(OLD, NEW, *MESSAGE, covers=covers, decided=[decision(NEW)]).yes
    assert not may_see_older(OLD, NEW, *MESSAGE, covers=frozenset({"agents/work"}), decided=[decision(NEW)]).yes
    assert may_see_older(OLD, NEW, *MESSAGE, covers=frozenset({"advice"})).yes


def test_a_new_recipient_gets_older_data_only_for_a_purpose_that_was_decided_with_it() -> None:
    asked = {"to": "translators", "party": None, "facts": CONFIRMED}
    assert may_disclose_older(WIDER, WIDER, *MESSAGE, **asked).yes  # type: ignore[arg-type]
    refused = may_disclose_older(NEW, WIDER, *MESSAGE, **asked)  # type: ignore[arg-type]
    assert refused.need == ("decision: advice/answer", "decision: advice/improve", "decision: advice/forward-feedback")
    with_it, without_it = decision(WIDER), decision(NEW)
    assert may_disclose_older(NEW, WIDER, *MESSAGE, decided=[with_it], **asked).yes  # type: ignore[arg-type]
    assert not may_disclose_older(OLD, WIDER, *MESSAGE, decided=[without_it], **asked).yes  # type: ignore[arg-type]


def test_a_recipient_of_then_still_gets_it_and_one_that_is_gone_does_not() -> None:
    asked = {"party": None, "facts": CONFIRMED}
    assert may_disclose_older(OLD, WIDER, *MESSAGE, to="competent-authority", **asked).yes  # type: ignore[arg-type]
    assert not may_disclose_older(WIDER, NEW, *MESSAGE, to="translators", **asked).yes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("items", "to", "within"), [(("a",), (), True), (("a", "b"), (), False), (("a",), ("x",), False)]
)
def test_a_scope_is_within_another_that_takes_in_as_much(items: Any, to: Any, within: bool) -> None:
    other = Scope("said", frozenset({"a"}), frozenset())
    assert Scope("said", frozenset(items), frozenset(to)).within(other) is within
    assert not Scope("otherwise", frozenset(items), frozenset(to)).within(other)
