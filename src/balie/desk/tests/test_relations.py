"""Following and linking: what is news to whom, and what belongs together, told only to those who may see it."""

from typing import Any

import pytest

from balie.desk import conversation, relations
from balie.desk.models import Follow, Link, Ticket
from balie.desk.tests.coming_in import fresh, mail, ticket
from balie.desk.tests.test_presence import colleague
from balie.evidence.models import Entry
from balie.kernel import Refused


def related(one: Ticket, actor: Any) -> list[tuple[int, str]]:
    return [(each.ticket.number, each.how) for each in relations.related(fresh(one), actor)]


def test_what_others_say_on_a_followed_ticket_is_news_until_it_was_looked_at(advice: Any) -> None:
    one, other = ticket(advice), ticket(advice, sender="carol@example.org")
    relations.follow(one, actor=advice.bob)
    assert relations.news(advice.bob, [one.pk, other.pk]) == set()
    mail(advice, "Any news?", subject=f"[{one.number}]")
    mail(advice, "Any news?", sender="carol@example.org", subject=f"[{other.number}]")
    assert relations.news(advice.bob, [one.pk, other.pk]) == {one.pk}
    relations.looked(one, actor=advice.bob)
    assert relations.news(advice.bob, [one.pk, other.pk]) == set()


def test_a_colleagues_note_is_news_and_ones_own_is_not(advice: Any) -> None:
    one, teun = ticket(advice), colleague(advice)
    for actor in (advice.bob, teun):
        relations.follow(one, actor=actor)
    conversation.note(one, text="Looks familiar", actor=teun)
    assert relations.news(advice.bob, [one.pk]) == {one.pk}
    assert relations.news(teun, [one.pk]) == set()


def test_a_call_that_a_colleague_wrote_down_is_news_as_well_as_a_mail_of_nobodys(advice: Any) -> None:
    one = ticket(advice)
    relations.follow(one, actor=advice.bob)
    mail(advice, "A machine's word", subject=f"[{one.number}]", automatic=True)
    assert relations.news(advice.bob, [one.pk]) == {one.pk}


def test_following_is_ones_own_once_and_can_end(advice: Any) -> None:
    one = ticket(advice)
    relations.follow(one, actor=advice.bob)
    relations.follow(one, actor=advice.bob)
    assert (relations.follows(one, advice.bob), relations.follows(one, colleague(advice))) == (True, False)
    assert list(Ticket.objects.visible_to(advice.bob).filter(relations.followed_by(advice.bob))) == [one]
    relations.unfollow(one, actor=advice.bob)
    relations.unfollow(one, actor=advice.bob)
    assert not Follow.objects.exists()
    acts = Entry.objects.filter(act__startswith="ticket.").exclude(act="ticket.acknowledged")
    assert list(acts.values_list("act", flat=True)) == ["ticket.followed", "ticket.unfollowed"]


def test_who_may_not_see_a_ticket_does_not_follow_it(advice: Any) -> None:
    one = ticket(advice)
    for stranger in (advice.charlie, advice.door):
        with pytest.raises(Refused):
            relations.follow(one, actor=stranger)
        assert relations.news(stranger, [one.pk]) == set()
    assert not Follow.objects.exists()


def test_linked_tickets_name_each_other_whichever_was_named_first(advice: Any) -> None:
    one, two = ticket(advice), ticket(advice, sender="carol@example.org")
    relations.link(two, to=one, actor=advice.bob)
    relations.link(one, to=two, actor=advice.bob)
    assert (related(one, advice.bob), related(two, advice.bob)) == ([(two.number, "linked")], [(one.number, "linked")])
    (told,) = Entry.objects.filter(act="ticket.linked")
    assert (told.ref, told.facts) == (two.handle, {"ticket": two.number, "other": one.number})
    relations.unlink(one, to=two, actor=advice.bob)
    assert related(one, advice.bob) == []


def test_a_ticket_that_may_not_be_seen_is_not_named(advice: Any) -> None:
    one, two = ticket(advice), ticket(advice, sender="carol@example.org")
    relations.link(one, to=two, actor=advice.bob)
    Ticket.objects.filter(pk=two.pk).update(activity="another")
    assert related(one, advice.bob) == []


def test_only_who_handles_both_links_them_and_none_with_itself(advice: Any, publications: Any) -> None:
    one, theirs = ticket(advice), ticket(publications)
    with pytest.raises(Refused, match="There is no such ticket"):
        relations.link(one, to=theirs, actor=advice.bob)
    with pytest.raises(Refused, match="the same ticket"):
        relations.link(one, to=one, actor=advice.bob)
    with pytest.raises(Refused):
        relations.link(one, to=ticket(advice), actor=advice.dora)
    assert not Link.objects.exists()
