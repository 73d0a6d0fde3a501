"""Who may come where: one table, tried by everybody at every route (invariant 8)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from balie import evidence
from balie.channels import access

STRANGE = UUID("01900000-0000-7000-8000-000000000000")


def routes() -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern), "routes stand in one list"
        yield pattern


def address(name: str, desk: str, number: int) -> str:
    """An address of a route, with arguments that fit."""
    known: dict[str, Any] = {
        "desk": desk,
        "number": number,
        "handle": STRANGE,
        "item": "phone",
        "activity": "agents",
        "reason": "x",
        "which": "2026-11",
        "kind": "md",
    }
    pattern = next(one for one in routes() if one.name == name)
    return reverse(name, kwargs={key: known[key] for key in pattern.pattern.converters})


def inside() -> list[str]:
    return [name for name, row in access.ROUTES.items() if row.audience != "public"]


def ask(client: Client, name: str, desk: str, number: int) -> int:
    """The status of the answer to the method that the route takes."""
    url = address(name, desk, number)
    got = client.get(url)
    return client.post(url).status_code if got.status_code == 405 else got.status_code


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {one.name for one in routes()} == set(access.ROUTES)


def test_every_row_names_an_operation_of_the_register_where_personal_data_are_touched() -> None:
    for row in access.ROUTES.values():
        assert (row.operation in evidence.OPERATIONS) if row.of in ("ticket", "staff") else not row.operation


@pytest.mark.parametrize("name", inside())
def test_a_stranger_finds_no_door_open(name: str, publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Waar staat mijn bericht?")
    assert ask(browse(), name, publications.desk, ticket.number) in (302, 403, 404)


@pytest.mark.parametrize("name", inside())
def test_charlie_of_another_desk_finds_nothing(name: str, publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Waar staat mijn bericht?")
    assert ask(browse(publications.charlie), name, publications.desk, ticket.number) == 404


@pytest.mark.parametrize("name", [name for name, row in access.ROUTES.items() if row.audience == "agent"])
def test_who_is_no_agent_is_told_so_in_a_sentence(name: str, publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Waar staat mijn bericht?")
    client = browse(publications.dora)
    url = address(name, publications.desk, ticket.number)
    answer = client.get(url) if name in ("calls", "call") else client.post(url)
    assert answer.status_code == 403
    assert "work for the agents of the desk" in answer.content.decode()


def test_a_desk_that_does_not_exist_looks_like_one_that_is_not_yours(publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    other, none = client.get("/citizens-advice/tickets"), client.get("/no-such-desk/tickets")
    assert (other.status_code, none.status_code) == (404, 404)
    assert other.content == none.content


def test_a_route_without_a_row_cannot_be_reached(publications: Any, browse: Any) -> None:
    row = access.ROUTES.pop("health")
    try:
        assert browse().get("/healthz").status_code == 404
    finally:
        access.ROUTES["health"] = row
    assert browse().get("/healthz").status_code == 200


def test_an_account_that_has_ended_is_out_at_once(publications: Any, browse: Any) -> None:
    from balie.people import accounts

    client = browse(publications.bob)
    assert client.get("/publications/tickets").status_code == 200
    accounts.end(accounts.account_of(publications.bob), actor=publications.ada)
    assert client.get("/publications/tickets").status_code == 302
