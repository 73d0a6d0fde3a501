"""Data of somebody else on a ticket's page: a box with five decisions, what was decided, and nothing that was covered."""

from typing import Any

import pytest

from balie.desk.conditions import read, tickets
from balie.desk.models import Attachment, Others
from balie.desk.others.tests.written import CAROL, LIST, TEXT, again, case, colleague, file_case, work
from balie.desk.tests.coming_in import fresh
from balie.evidence.models import Entry


def url(one: Others, more: str = "") -> str:
    return f"/{one.ticket.desk}/tickets/{one.ticket.number}{more}"


def page(client: Any, one: Others) -> str:
    return str(client.get(url(one)).content.decode())


def decide(client: Any, one: Others, decision: str, **more: Any) -> int:
    return int(client.post(url(one, f"/others/{one.handle}/decision"), {"decision": decision, **more}).status_code)


def test_the_box_says_what_kind_it_is_until_when_and_how_to_decide(publications: Any, browse: Any) -> None:
    one = case(publications)
    shown = page(browse(publications.bob), one)
    for told in ("Data of somebody else", "an e-mail address", "Covered until somebody decides", "To be decided by"):
        assert told in shown
    keys = [f'data-key="others-{key}"' for key in ("needed", "mask", "ask", "message", "ticket", "breach")]
    assert [key for key in keys if key not in shown] == []
    assert "Data of somebody else: 1 to decide" in shown
    assert CAROL not in shown


def test_who_may_not_decide_sees_that_something_is_covered(publications: Any, browse: Any) -> None:
    one = case(publications)
    shown = page(browse(publications.dora), one)
    assert "Data of somebody else" in shown
    assert "others-mask" not in shown.partition('id="keys"')[0]
    assert decide(browse(publications.dora), one, "mask") == 403
    assert decide(browse(publications.charlie), one, "mask") == 404


def test_masked_it_can_be_undone_and_then_it_is_done(publications: Any, browse: Any) -> None:
    one, client = case(publications), browse(publications.bob)
    assert decide(client, one, "mask") == 303
    assert 'data-key="undo">Undo' in page(client, one)
    assert client.post(url(one, f"/others/{one.handle}/retraction")).status_code == 303
    assert again(one).outcome == ""
    assert decide(client, one, "mask") == 303
    work()
    shown = page(client, one)
    assert "Masked for good." in shown
    assert "[EMAIL 1]" not in shown.partition('class="msg-text"')[0]
    assert CAROL not in shown


def test_needed_it_stands_in_clear_for_who_decided_and_for_who_asks(publications: Any, browse: Any) -> None:
    one, client = case(publications), browse(publications.bob)
    assert decide(client, one, "needed", reason="Om het account te vinden") == 422
    assert decide(client, one, "needed", reason="Om het account te vinden", confirm="yes") == 303
    assert CAROL in page(client, one)
    eve = browse(colleague(publications))
    assert CAROL not in page(eve, one)
    asked = eve.post(url(one, f"/others/{one.handle}/view"))
    assert (asked.status_code, CAROL in asked.content.decode()) == (200, True)
    assert Entry.objects.get(act="others.shown").ref == one.handle
    assert CAROL not in page(eve, one)
    assert eve.get(url(one, f"/others/{one.handle}/view")).status_code == 302


def test_a_file_is_held_back_and_opens_with_a_reason(publications: Any, browse: Any) -> None:
    one, client = file_case(publications), browse(publications.bob)
    file = Attachment.objects.get()
    place = url(one, f"/attachments/{file.handle}")
    assert "held back" in page(client, one)
    assert client.get(place).status_code == 403
    assert client.post(f"{place}/opening", {"reason": " "}).status_code == 403
    opened = client.post(f"{place}/opening", {"reason": "Om te zien wat erin staat"})
    assert (opened.status_code, opened.content) == (200, LIST)
    assert "Om te zien wat erin staat" in page(client, one)


@pytest.mark.parametrize("decision", ["delete-file", "delete-message", "delete-ticket", "ask-again"])
def test_deleted_it_says_so_and_the_page_holds_nothing_of_it(publications: Any, browse: Any, decision: str) -> None:
    one, client = file_case(publications, text=TEXT), browse(publications.bob)
    assert decide(client, one, decision) == 303
    work()
    shown = page(client, one)
    assert CAROL not in shown
    assert again(one).done_at is not None


@pytest.mark.parametrize("decision", ["", "delete-all", "burn"])
def test_what_is_no_decision_is_none(publications: Any, browse: Any, decision: str) -> None:
    one = case(publications)
    assert decide(browse(publications.bob), one, decision) == 422


def test_a_possible_breach_is_told_to_the_officer_as_a_number(publications: Any, browse: Any) -> None:
    one = case(publications)
    assert browse(publications.bob).post(url(one, f"/others/{one.handle}/breach")).status_code == 303
    told = (
        browse(publications.dora)
        .get("/publications/register")
        .content.decode()
        .partition('id="others-to-decide"')[2][:600]
    )
    assert "1 possible data breach" in told
    assert "0 overdue" in told


def test_a_view_asks_for_what_waits(publications: Any, browse: Any) -> None:
    one = case(publications)
    assert list(tickets(read("is:others", actor=publications.bob), actor=publications.bob)) == [fresh(one.ticket)]
