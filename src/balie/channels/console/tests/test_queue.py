"""The list: its views, its pages, and that ten rows cost as many queries as one."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from balie.desk import closing


def queries(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_ten_rows_cost_as_many_queries_as_one(publications: Any, browse: Any, mail_in: Any) -> None:
    client = browse(publications.bob)
    mail_in(publications, "vraag 0")
    client.get("/publications/tickets")
    one = queries(client, "/publications/tickets")
    for number in range(1, 10):
        mail_in(publications, f"vraag {number}", sender=f"alice{number}@example.org")
    client.get("/publications/tickets")  # counts what came in
    assert queries(client, "/publications/tickets") == one


def test_views_hold_what_they_say(publications: Any, browse: Any, mail_in: Any) -> None:
    client = browse(publications.bob)
    first, second = mail_in(publications, "eerste"), mail_in(publications, "tweede")
    client.post(f"/publications/tickets/{first.number}/assignment", {"to": publications.bob.handle})
    closing.close(second, actor=publications.bob)
    shown = {
        view: client.get(f"/publications/tickets?view={view}").context["rows"] for view in ("mine", "closed", "open")
    }
    assert [row.number for row in shown["mine"]] == [first.number]
    assert [row.number for row in shown["closed"]] == [second.number]
    assert [row.number for row in shown["open"]] == [first.number]


def test_an_unknown_view_or_page_is_the_first(publications: Any, browse: Any, mail_in: Any) -> None:
    mail_in(publications, "eerste")
    page = browse(publications.bob).get("/publications/tickets?view=nonsense&page=900")
    assert page.context["view"].slug == "open"
    assert len(page.context["rows"]) == 1


def test_an_empty_view_says_why_and_what_is_next(publications: Any, browse: Any) -> None:
    page = browse(publications.bob).get("/publications/tickets?view=mine").content.decode()
    assert "Nothing waits for you." in page
    assert "See what is nobody’s yet." in page


def test_searches_are_posted_and_stand_in_no_address(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Het zoekwoord is paddenstoel")
    client = browse(publications.bob)
    found = client.post("/publications/search", {"words": "paddenstoelen"})
    assert [row.number for row in found.context["rows"]] == [ticket.number]
    assert client.get("/publications/search?words=paddenstoel").context["rows"] == []
    assert client.post("/publications/search", {"words": "giraffe"}).context["rows"] == []


def test_a_search_that_cannot_be_asked_says_so_and_keeps_what_was_typed(
    publications: Any, browse: Any, mail_in: Any
) -> None:
    mail_in(publications, "Waar zijn de paddenstoelen?")
    client = browse(publications.bob)
    refused = client.post("/publications/search", {"words": "colour:red paddenstoelen"})
    assert refused.status_code == 422
    assert "colour" in str(refused.context["stop"].sentence)
    assert "colour:red paddenstoelen" in refused.content.decode()
    asked = client.post("/publications/search", {"words": "status:new channel:mail paddenstoelen"})
    assert len(asked.context["rows"]) == 1
    assert client.post("/publications/search", {"words": "status:closed paddenstoelen"}).context["rows"] == []
