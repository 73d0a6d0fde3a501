"""Open tickets stand in the bar on every page and every machine, until they are put away."""

from typing import Any

import pytest

from balie.desk import conversation, relations
from balie.desk.tests.test_presence import colleague


def url(ticket: Any, more: str = "") -> str:
    return f"/{ticket.desk}/tickets/{ticket.number}{more}"


def bar(client: Any, where: str = "/publications/tickets") -> list[tuple[int, bool, bool]]:
    return [(one.number, one.current, one.news) for one in client.get(where).context["tabs"]]


def test_a_ticket_with_a_page_to_itself_stands_in_the_bar_and_one_beside_a_list_does_not(
    publications: Any, browse: Any, mail_in: Any
) -> None:
    first, second = mail_in(publications, "Eerste"), mail_in(publications, "Tweede")
    client = browse(publications.bob)
    client.get(url(first, "?view=open"))
    assert bar(client) == []
    assert bar(client, url(second)) == [(second.number, True, False)]
    assert bar(client, url(first)) == [(second.number, False, False), (first.number, True, False)]
    assert bar(browse(publications.bob)) == [(second.number, False, False), (first.number, False, False)]
    assert bar(browse(publications.ada)) == []


def test_a_tab_is_put_away_and_one_stays_where_one_was(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    client = browse(publications.bob)
    assert f'action="{url(ticket)}/tab/end"' in client.get(url(ticket)).content.decode()
    away = client.post(url(ticket, "/tab/end"), {"stay": "/publications/tickets?view=mine"})
    assert (away.status_code, away["Location"]) == (303, "/publications/tickets?view=mine")
    assert bar(client) == []
    assert client.post(url(ticket, "/tab/end"))["Location"] == "/publications/tickets"


@pytest.mark.parametrize(
    "place", ["//example.org", "https://example.org", "/citizens-advice/tickets", "/publications//x", "\\x"]
)
def test_nobody_is_sent_elsewhere(place: str, publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    away = browse(publications.bob).post(url(ticket, "/tab/end"), {"stay": place})
    assert away["Location"] == "/publications/tickets"


def test_news_on_a_ticket_that_one_follows_is_marked_until_one_looks(advice: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(advice, "Een vraag")
    client = browse(advice.bob)
    client.get(url(ticket))
    relations.follow(ticket, actor=advice.bob)
    conversation.note(ticket, text="Zie ook 12", actor=colleague(advice))
    assert bar(client, f"/{ticket.desk}/tickets") == [(ticket.number, False, True)]
    assert "somebody wrote" in client.get(f"/{ticket.desk}/tickets").content.decode()
    client.get(url(ticket))
    assert bar(client, f"/{ticket.desk}/tickets") == [(ticket.number, False, False)]
