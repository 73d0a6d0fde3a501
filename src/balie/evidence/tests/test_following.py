"""Following acts as they happen."""

from collections.abc import Callable

import pytest
from django.db import transaction

from balie import evidence
from balie.evidence import following
from balie.evidence.tests.conftest import DESK
from balie.kernel import Actor, handles

pytestmark = pytest.mark.usefixtures("db")


def act(actor: Actor, code: str = "ticket.closed", **facts: int) -> None:
    with transaction.atomic():
        evidence.record(code, actor, handles.new(), operation="use", facts=facts)


def test_what_was_done_is_news_once(bob: Actor) -> None:
    begin = evidence.place()
    act(bob, ticket=7)
    news = evidence.since(DESK, begin)
    assert [(one.act, one.ticket, one.actor) for one in news.deeds] == [("ticket.closed", 7, str(bob))]
    assert evidence.since(DESK, news.place) == evidence.News(news.place, [])


def test_looks_and_other_desks_are_no_news_but_the_place_goes_on(bob: Actor) -> None:
    act(bob)
    begin = evidence.place()
    with transaction.atomic():
        evidence.record("ticket.looked-at", bob, handles.new(), operation="consult", kind="look")
    act(Actor("staff", handles.new().hex, "citizens-advice"))
    act(bob, "draft.kept")
    news = evidence.since(DESK, begin, passing={"draft.kept"})
    assert (news.deeds, news.much) == ([], False)
    assert news.place == begin + 3


def test_whoever_is_far_behind_hears_that_it_is_much(bob: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    act(bob)
    begin = evidence.place()
    monkeypatch.setattr(following, "MOST", 2)
    for _ in range(3):
        act(bob)
    assert evidence.since(DESK, begin).much
    assert not evidence.since(DESK, begin + 1).much


def test_a_place_that_was_never_reached_is_none(bob: Actor) -> None:
    act(bob)
    assert evidence.since(DESK, evidence.place() + 50).much


def test_the_seal_takes_nothing_from_whoever_follows(bob: Actor, sealed: Callable[..., str]) -> None:
    begin = evidence.place()
    sealed(2)
    assert len(evidence.since(DESK, begin).deeds) == 2
