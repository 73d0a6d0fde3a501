"""The mail room: what came in and what became of it, for administrators alone, without a word of what anybody wrote."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balie import post
from balie.desk import conversation, mailroom
from balie.desk.intake import File
from balie.desk.models import Arrival, Message
from balie.desk.tests import coming_in
from balie.kernel import Refused

WAYS = (
    mailroom.reception,
    mailroom.last,
    mailroom.unreadable,
    mailroom.undelivered,
    mailroom.outgoing,
    lambda who: mailroom.days(who, now=timezone.now()),
)


@pytest.mark.parametrize("way", WAYS)
def test_only_an_administrator_of_the_desk_looks(way: Any, advice: Any) -> None:
    way(advice.ada)
    for other in (advice.bob, advice.dora, advice.door):
        with pytest.raises(Refused):
            way(other)


def test_what_came_in_stands_there_by_what_became_of_it_the_newest_first(advice: Any) -> None:
    now = timezone.now()
    read = coming_in.mail(advice, at=now - timedelta(hours=3))
    whole = File("message.eml", b"?", "message/rfc822")
    bad = coming_in.mail(advice, "", unreadable="too-deep", files=(whole,), at=now - timedelta(hours=2))
    coming_in.arrive(advice, b"waits", at=now - timedelta(hours=1))
    found = mailroom.last(advice.ada)
    assert [(one.ticket, one.code) for one in found] == [
        (None, ""),
        (bad.ticket.number, "too-deep"),
        (read.ticket.number, ""),
    ]
    assert found[0].size >= len(b"waits")
    assert [one.ticket for one in mailroom.unreadable(advice.ada)] == [bad.ticket.number]
    reception = mailroom.reception(advice.ada)
    assert (reception.address, reception.waiting) == (advice.address, 1)
    assert reception.oldest_waiting == reception.last == now - timedelta(hours=1)


def test_days_add_up_and_empty_ones_are_there_too(advice: Any) -> None:
    now = timezone.localtime().replace(hour=12)
    for back, number in ((0, 2), (2, 1)):
        for _ in range(number):
            coming_in.mail(advice, at=now - timedelta(days=back))
    coming_in.mail(advice, "", unreadable="not-mail", at=now)
    coming_in.arrive(advice, at=now - timedelta(days=2))
    found = mailroom.days(advice.ada, now=now)
    assert [(one.read, one.unreadable, one.waiting) for one in found[-3:]] == [(1, 0, 1), (0, 0, 0), (2, 1, 0)]
    assert len(found) == mailroom.DAYS + 1
    assert sum(one.all for one in found) == Arrival.objects.filter(desk=advice.desk).count()


def test_a_ticket_that_ones_teams_do_not_cover_is_a_number_only(advice: Any) -> None:
    from dataclasses import replace

    message = coming_in.mail(advice, "", unreadable="not-mail")
    answer = conversation.answer(coming_in.ticket(advice), text="Again", actor=advice.bob)
    Message.objects.filter(pk=answer.pk).update(delivery="failed", delivery_code="5.1.1")
    outside = replace(advice.ada, covers=frozenset())
    for who, may in ((advice.ada, True), (outside, False)):
        assert [one.visible for one in mailroom.unreadable(who)] == [may]
        assert {one.visible for one in mailroom.last(who)} == {may}
        (lost,) = mailroom.undelivered(who)
        assert (lost.state, lost.code, lost.visible) == ("failed", "5.1.1", may)
    assert mailroom.unreadable(outside)[0].ticket == message.ticket.number


def test_another_desks_mail_is_not_there(advice: Any, publications: Any) -> None:
    coming_in.mail(publications, "", unreadable="not-mail")
    coming_in.arrive(publications)
    assert mailroom.last(advice.ada) == mailroom.unreadable(advice.ada) == []
    assert mailroom.reception(advice.ada).waiting == 0


@pytest.mark.parametrize(
    ("way", "index"), [(mailroom.unreadable, "desk_unreadable"), (mailroom.undelivered, "desk_not_delivered")]
)
def test_what_is_seldom_is_found_without_looking_through_all(way: Any, index: str, advice: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        way(advice.ada)
    (query,) = [one["sql"] for one in asked.captured_queries if "desk_message" in one["sql"]]
    with connection.cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert any(f"USING INDEX {index}" in str(step) for step in plan), plan


def test_what_waits_to_be_sent_names_its_ticket(advice: Any) -> None:
    one = coming_in.ticket(advice)
    post.add(advice.desk, kind="checkpoint", refs={})
    found = mailroom.outgoing(advice.ada)
    assert [(each.row.kind, each.ticket, each.visible) for each in found] == [
        ("acknowledgement", one.number, True),
        ("checkpoint", None, False),
    ]
