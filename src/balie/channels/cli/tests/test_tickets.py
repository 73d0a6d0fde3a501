"""Tickets, and why they hold what they hold: numbers and states, nothing of what anybody wrote."""

from typing import Any

import pytest

from balie.desk import closing
from balie.privacy.tests.at_the_desk import ALICE, TEXT, mail_in


@pytest.fixture
def tickets(publications: Any, advice: Any) -> Any:
    first = mail_in(publications)
    mail_in(publications, sender="other@example.org")
    mail_in(advice)
    closing.close(first, actor=publications.bob)
    return first


def test_all_tickets_are_listed_by_desk_and_number_without_a_word_of_anybody(balie: Any, tickets: Any) -> None:
    said = balie("ticket", "list", "--json")
    assert [(one["desk"], one["number"], one["status"]) for one in said.json] == [
        ("citizens-advice", 1001, "new"),
        ("publications", 1001, "closed"),
        ("publications", 1002, "new"),
    ]
    assert said.json[1]["handle"] == tickets.handle.hex
    assert {one["messages"] for one in said.json} == {1}
    for word in (ALICE, "Alice", "Locked", *TEXT.split()[:3]):
        assert word not in said.out


def test_a_pipe_gets_lines_with_tabs(balie: Any, tickets: Any) -> None:
    head, *lines = balie("ticket", "list", "--desk", "publications").out.splitlines()
    assert head.split("\t")[:3] == ["number", "desk", "status"]
    assert [line.split("\t")[0] for line in lines] == ["1001", "1002"]


def test_a_desk_that_is_not_there_is_refused_with_those_that_are(balie: Any, tickets: Any) -> None:
    said = balie("ticket", "list", "--desk", "nowhere")
    assert said.status == 1
    assert said.err == "There is no desk «nowhere»; there are: citizens-advice, publications."


def test_why_says_of_each_item_under_what_and_until_when(balie: Any, tickets: Any) -> None:
    said = balie("why", 1001, "--desk", "publications", "--json").json
    by_item = {one["item"]: one for one in said["kept"]}
    mail = by_item["E-mail address"]
    assert mail["term"] == "handled"
    assert mail["activity"] == "Support by the service desk"
    assert mail["bases"]
    assert mail["until"][:4] == str(tickets.closed_at.year + 1)
    assert "The message as it came in (with headers)" in by_item
    assert ALICE not in str(said)


def test_why_says_of_what_went_when_and_why(balie: Any, tickets: Any) -> None:
    balie("retention", "run", "--as-of", "2099-12-31")
    said = balie("why", 1001, "--desk", "publications")
    assert "Nothing of ticket 1001 is kept." in said.out
    assert said.out.rstrip().endswith(", handled")


def test_a_number_that_two_desks_have_needs_the_desk(balie: Any, tickets: Any) -> None:
    said = balie("why", 1001)
    assert said.status == 1
    assert "--desk" in said.err
    assert balie("why", 1002).status == 0


def test_a_number_that_nobody_has_is_refused(balie: Any, tickets: Any) -> None:
    assert balie("why", 4711).err == "There is no ticket 4711."
