"""Who may not: Charlie of the other desk, Dora without the agent's role, the administrator, a requester, and the software."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from balie import vault
from balie.desk import closing, conversation, phone, reporter, rules, triage
from balie.desk.models import Call, Message, ReporterItem, Ticket
from balie.desk.tests.coming_in import fresh, ticket
from balie.evidence.models import Entry
from balie.kernel import SYSTEM_ACTS, Actor, Refused, handles
from balie.people import accounts

VERBS: dict[str, Callable[[Ticket, Any], Any]] = {
    "assign": lambda one, actor: triage.assign(one, to=None, actor=actor),
    "sort": lambda one, actor: triage.sort(one, service="feedback", kind="feedback", actor=actor),
    "answer": lambda one, actor: conversation.answer(one, text="An answer", actor=actor),
    "note": lambda one, actor: conversation.note(one, text="A note", actor=actor),
    "draft": lambda one, actor: conversation.keep_draft(one, kind="note", text="A draft", actor=actor),
    "write down": lambda one, actor: reporter.write(one, item="phone", value="09 123 4567", actor=actor),
    "strike": lambda one, actor: reporter.strike(one, item="email", actor=actor),
    "close": lambda one, actor: closing.close(one, actor=actor),
    "call": lambda one, actor: phone.register_call(None, number="09 123 4567", email="", text="x", actor=actor),
}
BUTTONS = {
    "assign": rules.assign,
    "answer": rules.answer,
    "note": rules.note,
    "write down": rules.write_down,
    "close": rules.close,
}


def strangers(cast: Any) -> dict[str, Actor]:
    return {
        "charlie": cast.charlie,
        "dora": cast.dora,
        "ada": cast.ada,
        "alice": Actor("requester", handles.new().hex, cast.desk),
        "another team": dataclasses.replace(cast.bob, covers=frozenset({"agents/work"})),
        **{act: Actor.system(act, cast.desk) for act in SYSTEM_ACTS},
    }


WHO = ["charlie", "dora", "ada", "alice", "another team", *sorted(SYSTEM_ACTS)]


def everything() -> tuple[int, ...]:
    from balie.vault.models import Record

    return tuple(model.objects.count() for model in (Ticket, Message, ReporterItem, Call, Record, Entry))


@pytest.mark.parametrize("who", WHO)
def test_no_verb_serves_whoever_is_no_agent_of_this_desk_and_team(advice: Any, who: str) -> None:
    one, actor = ticket(advice), strangers(advice)[who]
    before = everything()
    for name, verb in VERBS.items():
        if (who, name) == ("charlie", "call"):
            continue  # at the own desk a call is the own desk's
        with pytest.raises(Refused) as refused:
            verb(one, actor)
        assert str(refused.value).startswith(("Only an agent of this desk", "There is no such ticket")), name
    assert everything() == before
    assert fresh(one) == one


@pytest.mark.parametrize("who", WHO)
def test_the_button_says_no_with_the_sentence_of_the_verb(advice: Any, who: str) -> None:
    one, actor = ticket(advice), strangers(advice)[who]
    for name, button in BUTTONS.items():
        with pytest.raises(Refused) as refused:
            VERBS[name](one, actor)
        assert str(button(one, actor)) == str(refused.value)


def test_the_agent_who_may_is_told_no_reason_why_not(advice: Any) -> None:
    one = ticket(advice)
    assert [button(one, advice.bob) for button in BUTTONS.values()] == [None] * len(BUTTONS)
    assert str(rules.reopen(one, advice.bob)) == "This ticket is open."


def test_a_closed_ticket_is_opened_first_before_anything_but_a_note(advice: Any) -> None:
    one = ticket(advice)
    closing.close(one, actor=advice.bob)
    for name, button in BUTTONS.items():
        refusal = button(one, advice.bob)
        assert (refusal is None) == (name == "note"), name
        assert refusal is None or "open it again first" in str(refusal)
    for who in ("charlie", "dora", "prove"):
        assert rules.reopen(one, strangers(advice)[who]) is not None


def test_an_ended_colleague_writes_nothing_any_more(advice: Any) -> None:
    one = ticket(advice)
    accounts.end(accounts.account_of(advice.bob), actor=advice.ada)
    for name in ("answer", "note", "draft"):
        with pytest.raises(Refused, match="Only a member of staff"):
            VERBS[name](one, advice.bob)


def test_what_is_missing_says_what_follows_and_the_answer_waits_for_it(publications: Any) -> None:
    """S0.5."""
    one = ticket(publications)
    refusal = rules.answer(one, publications.bob)
    assert str(refusal) == "Without a name we cannot let you know what was done about your report."
    assert rules.note(one, publications.bob) is None
    assert rules.close(one, publications.bob) is None
    reporter.write(one, item="family-name", value="Voorbeeld", actor=publications.bob)
    assert rules.answer(one, publications.bob) is None
    reporter.strike(one, item="family-name", actor=publications.bob)
    assert rules.answer(one, publications.bob) is not None


def test_nobody_is_answered_without_an_address(advice: Any) -> None:
    one = phone.register_call(
        None, number="09 123 4567", email="", text="Asked by phone", actor=advice.bob, close=False
    )
    assert str(rules.answer(one, advice.bob)).startswith("There is no e-mail address to answer to")
    reporter.write(one, item="email", value="alice@example.org", actor=advice.bob)
    assert rules.answer(one, advice.bob) is None


def test_whoever_neither_wrote_nor_left_a_number_cannot_be_answered(advice: Any) -> None:
    one = ticket(advice, sender="")
    assert str(rules.answer(one, advice.bob)).startswith("At least one is needed")


def test_a_ticket_is_given_only_to_agents_who_cover_it(advice: Any) -> None:
    one = ticket(advice)
    assert rules.may_get(one) == [accounts.account_of(advice.bob)]
    accounts.end(accounts.account_of(advice.bob), actor=advice.ada)
    assert rules.may_get(one) == []


def test_what_is_known_of_the_requester_is_what_was_written_down_and_where_the_mail_came_from(advice: Any) -> None:
    one = ticket(advice)
    assert rules.items_given(one) == {"message", "email"}
    reporter.write(one, item="phone", value="09 123 4567", actor=advice.bob)
    assert rules.items_given(one) == {"message", "email", "phone"}
    assert rules.items_given(ticket(advice, sender="")) == {"message"}
    assert vault.describe(advice.desk, held_by=[one.handle])


def test_whom_a_ticket_can_be_given_to_costs_as_many_queries_for_many_colleagues_as_for_few(
    advice: Any, django_assert_num_queries: Any
) -> None:
    one = ticket(advice)
    for n in range(4):
        with django_assert_num_queries(2):
            assert len(rules.may_get(one)) == n + 1
        accounts.appoint(name="Eve", email=f"{n}@example.org", roles=["agent"], teams=["advisers"], actor=advice.ada)
