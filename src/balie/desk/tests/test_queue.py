"""The queue: views that complete each other, lines that show nothing before it was looked through, and costs that do not grow."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import asking, closing, conversation, phone, queue, triage
from balie.desk.tests.coming_in import fresh, listed, mail, ticket
from balie.people import accounts


def counts(actor: Any) -> dict[str, int]:
    return {view.slug: view.count for view in queue.views(actor)}


def numbers(actor: Any, view: str) -> list[int]:
    return [one.number for one in queue.tickets(actor, view)]


def test_every_ticket_is_open_or_closed_and_each_view_holds_what_it_counts(advice: Any) -> None:
    new, mine, waiting, closed = (ticket(advice, sender=f"{n}@example.org") for n in range(4))
    triage.assign(mine, to=accounts.account_of(advice.bob), actor=advice.bob)
    conversation.answer(waiting, text="An answer", actor=advice.bob)
    closing.close(closed, actor=advice.bob)
    assert counts(advice.bob) == {"open": 3, "mine": 2, "unassigned": 1, "waiting": 1, "following": 0, "closed": 1}
    assert numbers(advice.bob, "open") == [new.number, mine.number, waiting.number]
    assert numbers(advice.bob, "mine") == [mine.number, waiting.number]
    assert numbers(advice.bob, "unassigned") == [new.number]
    assert numbers(advice.bob, "closed") == [closed.number]
    assert numbers(advice.bob, "no-such-view") == numbers(advice.bob, "open")


def test_charlie_counts_and_lists_nothing(advice: Any) -> None:
    ticket(advice)
    assert set(counts(advice.charlie).values()) == {0}
    assert listed(advice.charlie) == []


def test_who_waits_longest_stands_on_top_and_closed_last_closed_first(advice: Any) -> None:
    now = timezone.now()
    old, new = ticket(advice, at=now - timedelta(days=2)), ticket(advice, at=now - timedelta(days=1))
    assert numbers(advice.bob, "open") == [old.number, new.number]
    mail(advice, subject=f"[{old.number}]", at=now)
    assert numbers(advice.bob, "open") == [new.number, old.number]
    for one in (new, old):
        closing.close(fresh(one), actor=advice.bob)
    assert numbers(advice.bob, "closed") == [old.number, new.number]


def test_a_line_says_the_subject_and_who_or_the_beginning_of_what_was_asked(advice: Any) -> None:
    ticket(advice, "The text", subject="The\n  subject")
    ticket(advice, "word " * 100, subject="")
    phone.register_call(None, number="09 123 4567", email="", text="By phone", actor=advice.bob, close=False)
    (_, subject, who), (_, beginning, _), (_, spoken, nobody) = listed(advice.bob)
    assert (subject, who) == ("The subject", "alice@example.org")
    assert (len(beginning), beginning[:9]) == (120, "word word")
    assert (spoken, nobody) == ("By phone", "")


def test_a_line_of_an_erased_ticket_says_nothing(advice: Any) -> None:
    one = ticket(advice)
    vault.erase(
        [kept.handle for kept in vault.describe(advice.desk, held_by=[one.handle])], actor=advice.bob, why="asked"
    )
    assert listed(advice.bob) == [(one.number, "", "")]


@pytest.mark.parametrize("view", ["open", "closed"])
def test_ten_lines_cost_as_many_queries_as_one(advice: Any, django_assert_num_queries: Any, view: str) -> None:
    def make(many: int) -> None:
        for n in range(many):
            one = ticket(advice, f"text {n}", sender=f"{n}@example.org", subject=f"subject {n}" if n % 2 else "")
            triage.assign(one, to=accounts.account_of(advice.bob), actor=advice.bob)
            if view == "closed":
                closing.close(one, actor=advice.bob)

    make(1)
    listed(advice.bob, view)
    for _ in range(2):
        with django_assert_num_queries(4), django_assert_num_queries(1, using="keys"):
            assert listed(advice.bob, view)
        make(9)


@pytest.mark.parametrize("sort", ["oldest", "newest", "number"])
def test_pages_follow_each_other_in_either_direction_and_hold_each_ticket_once(advice: Any, sort: str) -> None:
    now = timezone.now()
    for n in range(7):  # two by two at the same moment
        ticket(advice, sender=f"{n}@example.org", at=now - timedelta(hours=n // 2))
    asked = asking.read(f"status:new,open,waiting sort:{sort}", actor=advice.bob)
    whole = [one.number for one in queue.of(asked, actor=advice.bob)]
    page = queue.stretch(asked, actor=advice.bob, size=3)
    pages = [page]
    while page.after:
        page = queue.stretch(asked, actor=advice.bob, place=page.after, size=3)
        pages.append(page)
    assert [line.number for one in pages for line in one.lines] == whole
    assert [(one.first, one.last) for one in pages] == [(1, 3), (4, 6), (7, 7)]
    back = queue.stretch(asked, actor=advice.bob, place=pages[-1].before, size=3)
    assert (back.lines, back.first) == (pages[1].lines, 4)
    first = queue.stretch(asked, actor=advice.bob, place=back.before, size=3)
    assert (first.lines, first.first, first.before) == (pages[0].lines, 1, "")


def test_closed_ones_are_paged_by_when_they_were_closed(advice: Any) -> None:
    for n in range(3):
        closing.close(ticket(advice, sender=f"{n}@example.org"), actor=advice.bob)
    asked = asking.read("status:closed", actor=advice.bob)
    page = queue.stretch(asked, actor=advice.bob, size=2)
    rest = queue.stretch(asked, actor=advice.bob, place=page.after, size=2)
    assert [line.number for line in (*page.lines, *rest.lines)] == [1003, 1002, 1001]


@pytest.mark.parametrize("place", ["", "900", "a.1.2", "x.1.2.3", "a.1.2.3.4", "b.99999999999999999.1.1", "a.-.0.0"])
def test_a_mark_that_is_none_or_leads_nowhere_breaks_nothing(advice: Any, place: str) -> None:
    one = ticket(advice)
    asked = asking.read("status:new", actor=advice.bob)
    assert [line.number for line in queue.stretch(asked, actor=advice.bob, place=place).lines] in ([one.number], [])


def test_the_next_of_a_view_is_the_one_behind_and_at_the_end_the_first(advice: Any) -> None:
    one, two, three = (ticket(advice, sender=f"{n}@example.org") for n in range(3))
    asked = asking.read("status:new", actor=advice.bob)
    assert queue.following(asked, one, actor=advice.bob) == two.number
    assert queue.following(asked, three, actor=advice.bob) == one.number
    for other in (one, two):
        closing.close(other, actor=advice.bob)
    assert queue.following(asked, three, actor=advice.bob) is None
