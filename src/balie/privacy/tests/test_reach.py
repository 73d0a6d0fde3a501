"""A new purpose and what was collected before it: who sees it, who decides that it reaches them, and what is written down of that."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import register, vault
from balie.desk import rules as of_tickets
from balie.desk.models import Ticket
from balie.evidence.models import Entry
from balie.kernel import Actor, Conflict, Invalid, Refused
from balie.people import accounts
from balie.people.models import Account
from balie.privacy import versions
from balie.privacy.tests.at_the_desk import TEXT, mail_in
from balie.register import in_use, reaching
from balie.register.tests.desks_read import answers_of, changed_text
from balie.register.tests.test_reach import PURPOSE

TEAM = ("teams:\n", "teams:\n  improvers: {name: Neuvojat, covers: [advice/improve]}\n")
REASONS = {name: f"Weighed: {name}." for name in reaching.FACTORS}


def in_force(cast: Any, *more: tuple[str, str]) -> register.Version:
    """The second version: with a purpose to improve, and a team that covers nothing else."""
    text = changed_text(f"{cast.desk}.yaml", PURPOSE, *more)
    settings = changed_text(f"{cast.desk}.desk.yaml", TEAM)
    given = {"actor": Actor.system("set-up", cast.desk), "answers": answers_of(cast.desk)}
    return versions.put_in_force(cast.desk, text, settings, **given)


def improver(cast: Any) -> Actor:
    """Bob as one of the team of the new purpose."""
    account = Account.objects.get(desk=cast.desk, handle=cast.bob.handle)
    account.known_teams = ["improvers"]
    return accounts.actor_of(account)


def propose(cast: Any, **more: Any) -> reaching.Reach:
    said = {"ground": "compatible", "reasons": REASONS, "told_on": timezone.now().date(), "actor": cast.dora}
    return reaching.propose(cast.desk, "advice", "improve", **{**said, **more})


def sees(actor: Actor, ticket: Ticket) -> tuple[bool, bool, bool]:
    """Whether somebody finds the ticket, may look at it, and reads what it says."""
    held = [one.handle for one in vault.describe(actor.desk, held_by=[ticket.handle]) if one.item == "message"]
    opened = vault.Reading(actor, "page.looked-at").open(held)
    found = Ticket.objects.visible_to(actor).filter(pk=ticket.pk).exists()
    return found, of_tickets.look(ticket, actor) is None, TEXT in str(list(opened.values()))


def test_a_new_purpose_reaches_nothing_that_was_collected_before_until_it_is_decided(advice: Any) -> None:
    old = mail_in(advice)
    in_force(advice)
    new = mail_in(advice, sender="new@example.org")
    assert sees(improver(advice), old) == (False, False, False)
    assert sees(improver(advice), new) == (True, True, True)
    made = propose(advice)
    assert sees(improver(advice), old) == (False, False, False)
    reaching.approve(made, actor=advice.ada)
    assert sees(improver(advice), old) == (True, True, True)
    reaching.end(reaching.known(advice.desk)[0], actor=advice.ada)
    assert sees(improver(advice), old) == (False, False, False)
    assert sees(advice.bob, old) == (True, True, True)
    written = Entry.objects.filter(desk=advice.desk, act__startswith="reach.").order_by("pk")
    assert [(one.act, one.actor) for one in written] == [
        ("reach.proposed", str(advice.dora)),
        ("reach.approved", str(advice.ada)),
        ("reach.ended", str(advice.ada)),
    ]
    assert written[0].facts["purpose"] == "improve"


def test_a_later_version_that_leaves_the_purpose_alone_changes_nothing(advice: Any) -> None:
    old = mail_in(advice)
    in_force(advice)
    reaching.approve(propose(advice), actor=advice.ada)
    in_force(advice, ("2 years after ticket.last-contact", "6 months after ticket.last-contact"))
    assert sees(improver(advice), old) == (True, True, True)


def test_by_consent_alone_nothing_opens_by_itself(advice: Any) -> None:
    old = mail_in(advice)
    in_force(advice)
    reaching.approve(propose(advice, ground="consent", because="Each is asked by letter."), actor=advice.ada)
    assert sees(improver(advice), old) == (False, False, False)


def test_who_wrote_it_does_not_approve_it_and_an_agent_neither(advice: Any) -> None:
    in_force(advice)
    made = propose(advice)
    with pytest.raises(Refused, match="You wrote this"):
        reaching.approve(made, actor=advice.dora)
    with pytest.raises(Refused):
        reaching.approve(made, actor=advice.bob)
    with pytest.raises(Refused, match="privacy officer"):
        propose(advice, actor=advice.ada)
    with pytest.raises(Refused):
        propose(advice, actor=replace(advice.dora, desk="publications"))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reasons": {**REASONS, "nature": " "}}, "none may be left out"),
        ({"ground": "law"}, "none may be left out"),
        ({"ground": "because I say so"}, "on what this rests"),
        ({"told_on": None}, "Tell people first"),
        ({"told_on": timezone.now().date() + timedelta(days=3)}, "still to come"),
        ({"reasons": {**REASONS, "link": "Ask alice@example.org."}}, "without anybody’s number or address"),
        ({"reasons": {**REASONS, "link": "x" * 2001}}, "2000 signs at most"),
    ],
)
def test_what_is_missing_is_asked_for(advice: Any, more: dict[str, Any], says: str) -> None:
    in_force(advice)
    with pytest.raises(Invalid, match=says):
        propose(advice, **more)
    assert not reaching.known(advice.desk)


def test_a_law_with_its_number_is_no_telephone(advice: Any) -> None:
    in_force(advice)
    made = propose(advice, ground="law", because="Hallintolaki (434/2003) 8 §; wet van 2026-11-24, artikel 12, lid 3.")
    assert made.because


def test_one_waits_at_a_time_and_is_decided_once(advice: Any) -> None:
    in_force(advice)
    made = propose(advice)
    with pytest.raises(Conflict, match="a decision already"):
        propose(advice)
    reaching.approve(made, actor=advice.ada)
    with pytest.raises(Conflict, match="decided about this already"):
        reaching.approve(made, actor=advice.ada)
    again = reaching.known(advice.desk)[0]
    reaching.end(again, actor=advice.dora)
    with pytest.raises(Conflict):
        reaching.end(again, actor=advice.dora)


def test_what_is_wider_and_what_was_decided_about_it_is_listed(advice: Any) -> None:
    assert reaching.wider(advice.desk) == []
    number = in_force(advice).number
    assert reaching.wider(advice.desk) == [reaching.Wider("advice", "improve", number, "")]
    made = propose(advice)
    assert [one.state for one in reaching.wider(advice.desk)] == ["proposed"]
    reaching.approve(made, actor=advice.ada)
    assert [one.state for one in reaching.wider(advice.desk)] == ["approved"]


def test_where_the_purpose_reads_otherwise_by_then_it_is_weighed_again(advice: Any) -> None:
    in_force(advice)
    made = propose(advice)
    text = changed_text(f"{advice.desk}.yaml", (PURPOSE[0], PURPOSE[1].replace("public-task", "legal-obligation")))
    settings = changed_text(f"{advice.desk}.desk.yaml", TEAM)
    given = {"actor": Actor.system("set-up", advice.desk), "answers": answers_of(advice.desk)}
    versions.put_in_force(advice.desk, text, settings, **given)
    with pytest.raises(Conflict, match="Weigh it again"):
        reaching.approve(made, actor=advice.ada)
    assert in_use.decided(advice.desk) == frozenset()
