"""Holds: only the privacy officer's, with a reason and a day; what is held does not go, and what comes to it is held too."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import conversation
from balie.kernel import Invalid, Refused
from balie.privacy import holding, objections, retention
from balie.privacy.tests.at_the_desk import mail_in

LATER = timezone.now() + timedelta(days=365 * 6)


def in_a_month() -> Any:
    return timezone.now().date() + timedelta(days=30)


def held(cast: Any, ticket: Any, reason: str = "legal-claim") -> int:
    return holding.hold(ticket, reason=reason, until=in_a_month(), actor=cast.dora)


def test_what_is_held_outlives_its_term_and_goes_once_the_hold_has_ended(advice: Any) -> None:
    ticket = mail_in(advice)
    assert held(advice, ticket) >= 2
    retention.run(advice.desk, now=LATER)
    assert vault.describe(advice.desk, held_by=[ticket.handle])
    assert holding.of(ticket) == [holding.Held("legal-claim", in_a_month())]
    holding.release(ticket, reason="legal-claim", actor=advice.dora)
    retention.run(advice.desk, now=LATER)
    assert not vault.describe(advice.desk, held_by=[ticket.handle])


def test_what_is_said_on_it_later_is_held_too(advice: Any) -> None:
    ticket = mail_in(advice)
    held(advice, ticket)
    conversation.note(ticket, text="Called by the lawyer.", actor=advice.bob)
    assert all(one.on_hold for one in vault.describe(advice.desk, held_by=[ticket.handle]))
    assert not any(
        one.on_hold for one in vault.describe(advice.desk, held_by=[mail_in(advice, sender="b@example.org").handle])
    )


def test_an_agent_holds_nothing_and_nobody_without_a_reason_and_a_day_to_come(advice: Any) -> None:
    ticket = mail_in(advice)
    with pytest.raises(Refused, match="Only the privacy officer"):
        holding.hold(ticket, reason="legal-claim", until=in_a_month(), actor=advice.bob)
    with pytest.raises(Invalid, match="Choose why"):
        holding.hold(ticket, reason="because", until=in_a_month(), actor=advice.dora)
    for day in (None, timezone.now().date()):
        with pytest.raises(Invalid, match="which day to come"):
            holding.hold(ticket, reason="legal-claim", until=day, actor=advice.dora)
    held(advice, ticket)
    with pytest.raises(Invalid, match="already"):
        held(advice, ticket)


def test_two_reasons_are_two_holds_and_an_objection_that_is_upheld_erases_nothing_of_it(advice: Any) -> None:
    ticket = mail_in(advice)
    held(advice, ticket)
    held(advice, ticket, "information-request")
    objection = objections.record(ticket, actor=advice.bob)
    receipt = objections.decide(objection, outcome="upheld", reason="person-prevails", text="", actor=advice.dora)
    assert (receipt.lines, receipt.kept > 0) == ((), True)
    holding.release(ticket, reason="legal-claim", actor=advice.dora)
    assert [one.reason for one in holding.of(ticket)] == ["information-request"]
    assert all(one.on_hold for one in vault.describe(advice.desk, held_by=[ticket.handle]))
