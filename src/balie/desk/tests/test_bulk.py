"""Many tickets at once: each by its own rule and with its own evidence, what cannot is named, and for a while it can be undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import bulk, closing, conversation, restricting, triage
from balie.desk.models import Ticket, Undo
from balie.desk.tests.coming_in import fresh, mail, ticket
from balie.evidence.models import Entry
from balie.kernel import Conflict, Invalid
from balie.people import accounts


@pytest.fixture
def three(advice: Any) -> list[Ticket]:
    return [ticket(advice, f"text {n}", sender=f"{n}@example.org") for n in range(3)]


def acts(act: str) -> list[str]:
    return [str(ref) for ref in Entry.objects.filter(act=act).order_by("id").values_list("ref", flat=True)]


def due(one: Ticket) -> list[Any]:
    return [(kept.handle, kept.erase_at, kept.happened_at) for kept in vault.describe(one.desk, held_by=[one.handle])]


def test_all_are_done_each_with_an_entry_of_its_own(advice: Any, three: list[Ticket]) -> None:
    done = bulk.close(three, actor=advice.bob)
    assert (done.done, list(done.left)) == ([one.number for one in three], [])
    assert {fresh(one).status for one in three} == {"closed"}
    assert sorted(acts("ticket.closed")) == sorted(str(one.handle) for one in three)


def test_what_cannot_is_left_out_and_named_with_the_rules_own_reason(advice: Any, three: list[Ticket]) -> None:
    closing.close(three[0], actor=advice.bob)
    restricting.restrict(three[1], actor=advice.door)
    done = bulk.close([fresh(one) for one in three], actor=advice.bob)
    assert list(done.done) == [three[2].number]
    assert [one.number for one in done.left] == [three[0].number, three[1].number]
    assert "closed" in str(done.left[0].reason)
    assert "objected" in str(done.left[1].reason)
    again = bulk.outcome(done.undo, actor=advice.bob) if done.undo else None
    assert again == done


def test_a_ticket_that_is_not_the_actors_is_left_as_it_is(advice: Any, three: list[Ticket]) -> None:
    done = bulk.close(three, actor=advice.bob)
    assert done.undo is not None
    assert bulk.outcome(done.undo, actor=advice.ada) is None
    with pytest.raises(Conflict):
        bulk.undo(done.undo, actor=advice.ada)
    with pytest.raises(Conflict):
        bulk.undo(done.undo, actor=advice.charlie)
    assert list(bulk.reopen([fresh(one) for one in three], actor=advice.charlie).done) == []


def test_undoing_a_closure_puts_status_and_clocks_back(advice: Any, three: list[Ticket]) -> None:
    conversation.answer(three[0], text="An answer", actor=advice.bob)
    before = [(fresh(one).status, fresh(one).assignee_id, fresh(one).closed_at, due(one)) for one in three]
    done = bulk.close([fresh(one) for one in three], actor=advice.bob)
    assert done.undo is not None
    back = bulk.undo(done.undo, actor=advice.bob)
    assert (list(back.done), list(back.left)) == ([one.number for one in three], [])
    assert [(fresh(one).status, fresh(one).assignee_id, fresh(one).closed_at, due(one)) for one in three] == before
    assert len(acts("ticket.put-back")) == 3


def test_undoing_a_reopening_closes_them_at_the_same_moment_with_the_same_terms(
    advice: Any, three: list[Ticket]
) -> None:
    bulk.close(three, actor=advice.bob)
    before = [(fresh(one).closed_at, due(one)) for one in three]
    done = bulk.reopen([fresh(one) for one in three], actor=advice.bob)
    assert done.undo is not None
    bulk.undo(done.undo, actor=advice.bob)
    assert [(fresh(one).closed_at, due(one)) for one in three] == before


def test_assigning_and_sorting_are_undone_too(advice: Any, three: list[Ticket]) -> None:
    before = [(fresh(one).status, fresh(one).assignee_id, fresh(one).kind) for one in three]
    given = bulk.assign(three, to=accounts.account_of(advice.bob), actor=advice.bob)
    assert {fresh(one).assignee_id for one in three} == {accounts.account_of(advice.bob).pk}
    assert {fresh(one).status for one in three} == {"open"}
    sorted_ = bulk.sort([fresh(one) for one in three], kind="incident", actor=advice.bob)
    assert {fresh(one).kind for one in three} == {"incident"}
    for done in (sorted_, given):
        assert done.undo is not None
        assert list(bulk.undo(done.undo, actor=advice.bob).left) == []
    assert [(fresh(one).status, fresh(one).assignee_id, fresh(one).kind) for one in three] == before


def test_where_something_happened_since_it_stays(advice: Any, three: list[Ticket]) -> None:
    done = bulk.close(three, actor=advice.bob)
    mail(advice, "One thing more", sender="0@example.org", subject=f"[{three[0].number}]")
    conversation.note(fresh(three[1]), text="A note", actor=advice.bob)
    assert done.undo is not None
    back = bulk.undo(done.undo, actor=advice.bob)
    assert list(back.done) == [three[2].number]
    assert [one.number for one in back.left] == [three[0].number, three[1].number]
    assert fresh(three[1]).status == "closed"


def test_it_is_undone_once_and_only_for_a_while(advice: Any, three: list[Ticket]) -> None:
    done = bulk.close(three[:1], actor=advice.bob)
    late = bulk.close(three[1:], actor=advice.bob)
    assert done.undo is not None
    assert late.undo is not None
    bulk.undo(done.undo, actor=advice.bob)
    with pytest.raises(Conflict):
        bulk.undo(done.undo, actor=advice.bob)
    Undo.objects.update(at=timezone.now() - bulk.UNDO - timedelta(seconds=6))
    with pytest.raises(Conflict, match="too late"):
        bulk.undo(late.undo, actor=advice.bob)
    assert {fresh(one).status for one in three[1:]} == {"closed"}
    assert bulk.forget_old(timezone.now() + bulk.SHOWN) == 1


def test_a_colleague_who_does_not_cover_them_gets_none(advice: Any, three: list[Ticket]) -> None:
    done = bulk.assign(three, to=accounts.account_of(advice.dora), actor=advice.bob)
    assert list(done.done) == []
    assert {str(one.reason) for one in done.left} == {
        "This colleague does not handle tickets of this kind: choose another."
    }


def test_at_most_two_hundred_and_something_to_say(advice: Any, three: list[Ticket], monkeypatch: Any) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    with pytest.raises(Invalid, match="more than 2"):
        bulk.close(three, actor=advice.bob)
    with pytest.raises(Invalid, match="Choose"):
        bulk.sort(three[:1], actor=advice.bob)
    assert {fresh(one).status for one in three} == {"new"}


def test_what_nobody_opened_is_unread_until_somebody_does(advice: Any) -> None:
    one = ticket(advice)
    assert one.unread
    triage.opened(one)
    assert not fresh(one).unread
    mail(advice, "Again", subject=f"[{one.number}]")
    assert fresh(one).unread
    triage.opened(fresh(one))
    mail(advice, "Out of office", subject=f"[{one.number}]", automatic=True)
    assert not fresh(one).unread
