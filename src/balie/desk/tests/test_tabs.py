"""Tabs: what is open stays open on whatever machine, for each alone, twelve at most."""

from typing import Any

import pytest

from balie import vault
from balie.desk import tabs
from balie.desk.models import Tab, Ticket
from balie.desk.tests.coming_in import BSN, said, ticket
from balie.desk.tests.test_presence import colleague
from balie.kernel import Refused
from balie.register import in_use


def numbers(actor: Any) -> list[int]:
    return [one.number for one in tabs.open_of(actor)]


def test_a_ticket_that_was_opened_stays_open_in_its_place_for_its_reader_alone(advice: Any) -> None:
    one, two = ticket(advice), ticket(advice, sender="carol@example.org")
    for each in (two, one, two):
        tabs.open_(each, actor=advice.bob)
    assert numbers(advice.bob) == [two.number, one.number]
    assert numbers(colleague(advice)) == []


def test_a_tab_that_is_closed_is_gone(advice: Any) -> None:
    one = ticket(advice)
    tabs.open_(one, actor=advice.bob)
    tabs.close(one, actor=advice.bob)
    tabs.close(one, actor=advice.bob)
    assert numbers(advice.bob) == []


def test_with_the_thirteenth_the_first_is_closed(advice: Any) -> None:
    many = [ticket(advice, sender=f"somebody{n}@example.org") for n in range(tabs.MOST + 1)]
    for one in many:
        tabs.open_(one, actor=advice.bob)
    assert numbers(advice.bob) == [one.number for one in many[1:]]


def test_a_tab_shows_the_subject_as_the_ticket_does(publications: Any) -> None:
    one = ticket(publications, subject=f"About {BSN} again")
    tabs.open_(one, actor=publications.bob)
    reading = vault.Reading(publications.bob, "page.looked-at")
    assert [said(each.gist) for each in tabs.shown(tabs.open_of(publications.bob), reading)] == ["About [BSN] again"]


def test_what_may_not_be_seen_is_no_tab_and_is_none_any_more(advice: Any) -> None:
    one = ticket(advice)
    with pytest.raises(Refused):
        tabs.open_(one, actor=advice.charlie)
    tabs.open_(one, actor=advice.bob)
    Ticket.objects.filter(pk=one.pk).update(activity="another")
    assert numbers(advice.bob) == []
    assert Tab.objects.count() == 1


def test_ten_tabs_cost_as_much_as_one(advice: Any, django_assert_num_queries: Any) -> None:
    reading = vault.Reading(advice.bob, "page.looked-at")
    for n in range(10):
        tabs.open_(ticket(advice, sender=f"somebody{n}@example.org"), actor=advice.bob)
        if n in (0, 9):
            in_use.decided(advice.desk)  # what was decided about older data is asked once a second, whatever is opened
            with django_assert_num_queries(4), django_assert_num_queries(1, using="keys"):
                assert len(tabs.shown(tabs.open_of(advice.bob), reading)) == n + 1
