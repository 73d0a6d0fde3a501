"""The administrator's mail page: what it shows and never shows, and the two things that can be decided there."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import post
from balie.channels.console import chart
from balie.channels.console.chart import Column
from balie.desk import conversation
from balie.desk.intake import File
from balie.desk.models import Message
from balie.desk.tests import coming_in
from balie.evidence.models import Entry
from balie.post.models import Outgoing

URL = "/citizens-advice/mail"


def text_of(client: Any, url: str = URL) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return str(page.content.decode())


def test_an_empty_room_says_what_is_next(advice: Any, browse: Any) -> None:
    page = text_of(browse(advice.ada))
    for said in ("No mail came in the last week", "Nothing waits: everything has gone", "BALIE_MAILBOXES"):
        assert said in page
    assert advice.address in page


def test_it_shows_what_became_of_mails_and_not_a_word_of_them(advice: Any, browse: Any) -> None:
    read = coming_in.mail(advice, "A private matter of Alice", sender_name="Alice Private", subject="Nobody's business")
    bad = coming_in.mail(advice, "", unreadable="too-deep", files=(File("message.eml", b"?", "message/rfc822"),))
    lost = conversation.answer(coming_in.ticket(advice), text="Try again", actor=advice.bob)
    Message.objects.filter(pk=lost.pk).update(delivery="failed", delivery_code="5.1.1")
    coming_in.arrive(advice)
    page = text_of(browse(advice.ada))
    for word in ("private", "Private", "business", "alice@example.org", "message.eml"):
        assert word not in page
    assert f"/tickets/{read.ticket.number}" in page
    assert (
        page.count("deeper than is safe to open") == 2
    )  # among what could not be read, and in its place among the last
    assert f"/tickets/{bad.ticket.number}" in page
    assert "There is no such address" in page
    assert "Waits to be read" in page
    assert not Entry.objects.filter(act="ticket.looked-at").exists()


@pytest.mark.parametrize("who", ["bob", "dora"])
def test_who_does_not_administer_is_told_so_and_has_no_way_there(who: str, advice: Any, browse: Any) -> None:
    client = browse(getattr(advice, who))
    refused = client.get(URL)
    assert refused.status_code == 403
    assert "for the administrators of the desk" in refused.content.decode()
    assert f'href="{URL}"' not in text_of(client, "/citizens-advice/tickets")
    assert f'href="{URL}"' in text_of(browse(advice.ada), "/citizens-advice/tickets")


@pytest.fixture
def waiting(advice: Any) -> Outgoing:
    """An answer that could not be sent and is tried again in an hour."""
    coming_in.ticket(advice)
    row = post.waiting(advice.desk).get()
    later = timezone.now() + timedelta(hours=1)
    Outgoing.objects.filter(pk=row.pk).update(attempts=7, last_error="no-answer", not_before=later)
    return row


def test_what_waits_says_why_and_when_it_is_tried_next(advice: Any, browse: Any, waiting: Outgoing) -> None:
    page = browse(advice.ada).get(URL)
    (shown,) = page.context["room"].outgoing
    assert (shown.kind, shown.attempts, shown.line.number) == ("Acknowledgement", 7, 1001)
    assert "did not answer in time" in page.content.decode()
    assert shown.next_at > timezone.now()


def test_it_can_be_tried_now(advice: Any, browse: Any, waiting: Outgoing) -> None:
    done = browse(advice.ada).post(f"{URL}/outgoing/{waiting.handle}/attempts")
    assert (done.status_code, done["Location"]) == (303, f"{URL}#outgoing")
    assert post.waiting(advice.desk).get().not_before <= timezone.now()
    assert Entry.objects.filter(act="post.tried-anew", ref=waiting.handle, actor=str(advice.ada)).exists()


def test_it_can_be_given_up_and_tried_anew_after_all(advice: Any, browse: Any, waiting: Outgoing) -> None:
    client = browse(advice.ada)
    assert client.post(f"{URL}/outgoing/{waiting.handle}/end").status_code == 303
    assert post.waiting(advice.desk).get().state == "failed"
    (shown,) = client.get(URL).context["room"].outgoing
    assert (shown.line.state.word, shown.end_url, shown.next_at) == ("Not sent", "", None)
    assert client.post(shown.try_url).status_code == 303
    assert post.waiting(advice.desk).get().state == "to_send"


def test_what_is_under_way_cannot_be_given_up(advice: Any, browse: Any, waiting: Outgoing) -> None:
    Outgoing.objects.filter(pk=waiting.pk).update(state="sending", claimed_at=timezone.now())
    client = browse(advice.ada)
    (shown,) = client.get(URL).context["room"].outgoing
    assert (shown.try_url, shown.end_url) == ("", "")
    page = client.post(f"{URL}/outgoing/{waiting.handle}/end")
    assert page.status_code == 403
    assert "It is just being sent" in page.content.decode()
    assert 'id="outgoing"' in page.content.decode()  # the page again, not an error's


@pytest.mark.parametrize("act", ["attempts", "end"])
@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_nobody_else_decides(act: str, who: str, advice: Any, browse: Any, waiting: Outgoing) -> None:
    done = browse(getattr(advice, who)).post(f"{URL}/outgoing/{waiting.handle}/{act}")
    assert done.status_code == (404 if who == "charlie" else 403)
    assert post.waiting(advice.desk).get().attempts == 7


def test_without_a_mail_server_the_page_says_what_to_set(advice: Any, browse: Any, settings: Any) -> None:
    settings.BALIE_RELAY = None
    assert "BALIE_RELAY" in text_of(browse(advice.ada))


def test_ten_of_everything_cost_as_many_queries_as_one(
    advice: Any, browse: Any, django_assert_max_num_queries: Any
) -> None:
    client = browse(advice.ada)
    for number in range(10):
        coming_in.mail(advice, "", unreadable="not-mail", sender=f"a{number}@example.org")
    with django_assert_max_num_queries(40) as asked:
        client.get(URL)
    ten = len(asked)
    for number in range(10, 20):
        coming_in.mail(advice, "", unreadable="not-mail", sender=f"a{number}@example.org")
    with django_assert_max_num_queries(ten):
        client.get(URL)


@pytest.mark.parametrize("most", [0, 1, 3, 4, 7, 99, 4001])
def test_bars_are_as_long_as_they_say(most: int) -> None:
    columns = [Column("1", (("c1", most),)), Column("2", (("c1", most // 2), ("c2", most - most // 2)))]
    shown = chart.chart_of(columns, chart.DAYS)
    lengths = [shown.sheet.ground - bar.top - 6 for bar in shown.bars]
    assert lengths[0] == pytest.approx(lengths[1])
    scale = (shown.sheet.ground - shown.rules[-1].y) / shown.rules[-1].value
    assert lengths[0] == pytest.approx(most * scale, abs=0.2)
    assert all(block.y >= shown.sheet.top for bar in shown.bars for block in bar.blocks)
    assert [rule.value for rule in shown.rules] == sorted({rule.value for rule in shown.rules})
