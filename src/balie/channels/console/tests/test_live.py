"""What is live: nothing where nothing happened, else the lines that changed, and only to those who may see them."""

import re
from typing import Any

from balie.desk import closing, presence, triage
from balie.people import accounts

LIVE = {"X-Part": "live"}


def place(client: Any) -> str:
    page = client.get("/publications/tickets").content.decode()
    return re.findall(r'data-place="(\d+)"', page)[0]


def ask(client: Any, **asked: object) -> Any:
    return client.get("/publications/live", asked, headers=LIVE)


def test_nothing_is_an_empty_answer_that_says_where_to_go_on(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "een")
    client = browse(publications.bob)
    since = place(client)
    answer = ask(client, since=since, view="open", rows=ticket.number)
    assert (answer.status_code, answer.content) == (204, b"")
    assert int(answer["X-Place"]) >= int(since)  # the look at the list has a place as well
    assert ask(client, since=answer["X-Place"], view="open", rows=ticket.number)["X-Place"] == answer["X-Place"]


def test_only_what_changed_and_what_came_is_told(publications: Any, browse: Any, mail_in: Any) -> None:
    first, second = mail_in(publications, "een"), mail_in(publications, "twee", sender="other@example.org")
    client = browse(publications.bob)
    since = place(client)
    third = mail_in(publications, "drie", sender="third@example.org")
    triage.assign(first, to=accounts.account_of(publications.bob), actor=publications.bob)
    answer = ask(client, since=since, view="open", rows=f"{first.number}.{second.number}")
    assert {row.number for row in answer.context["rows"]} == {first.number, third.number}
    assert answer.context["order"] == [first.number, second.number, third.number]
    assert ask(client, since=answer["X-Place"], view="open", rows=first.number).status_code == 204


def test_what_left_the_view_is_told_as_it_is_now(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "een")
    client = browse(publications.bob)
    since = place(client)
    closing.close(ticket, actor=publications.bob)
    answer = ask(client, since=since, view="open", rows=ticket.number)
    assert [(row.number, row.status) for row in answer.context["rows"]] == [(ticket.number, "closed")]
    assert answer.context["order"] == []


def test_charlie_hears_nothing(publications: Any, advice: Any, browse: Any, mail_in: Any) -> None:
    """Neither another desk's staff, nor a stranger; the same numbers change nothing."""
    stranger = browse(advice.bob)
    ticket = mail_in(publications, "een")
    assert ask(stranger, since=1, view="open", ticket=ticket.number).status_code == 404
    assert ask(browse(), since=1, view="open").status_code == 302


def test_who_is_at_the_ticket_is_told_once(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "een")
    client = browse(publications.bob)
    seen = ticket.messages.get().handle.hex
    since = place(client)
    presence.seen(ticket, publications.ada, writing="note")
    told = ask(client, since=since, ticket=ticket.number, seen=seen, writing="no")
    assert [one.said.partition(" is ")[2] for one in told.context["ticket"].company] == ["writing a note"]
    assert told.context["arrived"] == ""
    again = ask(client, since=told["X-Place"], ticket=ticket.number, seen=seen, others=told.context["told"])
    assert again.status_code == 204


def test_whoever_was_away_long_gets_all_lines_anew(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "een")
    answer = ask(browse(publications.bob), since=10**9, view="open", rows=ticket.number)
    assert [row.number for row in answer.context["rows"]] == [ticket.number]


def test_nonsense_is_no_harm(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "een")
    asked = {"since": "x", "rows": "1.²." + "9" * 40, "ticket": "-1", "writing": "<b>", "view": "' or 1"}
    assert ask(browse(publications.bob), **asked).status_code in (200, 204)
    assert ticket.number
