"""Signing in through the browser: two halves, one cookie, and a session that is somebody's only afterwards."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings

from balie.config import demonstration
from balie.people import accounts, sign_in

AT = "/publications/sign-in"
BEA = {"email": "bea@publications.test", "password": demonstration.PASSWORD}
SECRET = b"twenty bytes of hers"


@pytest.fixture(autouse=True)
def _bea(publications: Any) -> None:
    """An agent of the desk whose one-time codes the tests can make."""
    accounts.appoint(
        name="Bea",
        email=BEA["email"],
        roles=["agent"],
        teams=["servicedesk"],
        password=BEA["password"],
        one_time=SECRET,
        actor=publications.ada,
    )


def code() -> str:
    return sign_in.code_of(SECRET, datetime.now(UTC))


def test_both_halves_lead_to_the_tickets(publications: Any, browse: Any) -> None:
    client = browse()
    assert client.get("/publications/tickets").headers["Location"] == f"{AT}?then=/publications/tickets"
    first = client.post(AT, BEA)
    assert (first.status_code, first["Location"]) == (303, f"{AT}/code")
    second = client.post(f"{AT}/code", {"code": code()})
    assert (second.status_code, second["Location"]) == (303, "/publications/tickets")
    assert client.get("/publications/tickets").status_code == 200


def test_one_half_opens_nothing(publications: Any, browse: Any) -> None:
    client = browse()
    client.post(AT, BEA)
    assert client.get("/publications/tickets").status_code == 302
    assert browse().get(f"{AT}/code").headers["Location"] == AT


def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(publications: Any, browse: Any) -> None:
    wrong = browse().post(AT, BEA | {"password": "not the password"})
    unknown = browse().post(AT, BEA | {"email": "nobody@publications.test"})
    assert (wrong.status_code, unknown.status_code) == (403, 403)
    assert "Address or password is not right" in wrong.content.decode()
    assert "Address or password is not right" in unknown.content.decode()
    assert "not the password" not in wrong.content.decode()
    assert BEA["email"] in wrong.content.decode()


def test_the_session_gets_a_new_name_when_it_becomes_somebodys(publications: Any, browse: Any) -> None:
    client = browse()
    client.get(AT)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(AT, BEA)
    client.post(f"{AT}/code", {"code": code()})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != before
    assert (cookie["expires"], cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")
    assert list(client.cookies) == [settings.SESSION_COOKIE_NAME]


def test_a_code_serves_once(publications: Any, browse: Any) -> None:
    used = code()
    for status in (303, 403):
        client = browse()
        client.post(AT, BEA)
        assert client.post(f"{AT}/code", {"code": used}).status_code == status


def test_one_is_sent_on_only_within_the_desk(publications: Any, browse: Any) -> None:
    for then, goes in (
        ("/publications/register", "/publications/register"),
        ("//evil.example/", "/publications/tickets"),
    ):
        client = browse()
        client.get(AT, {"then": then})
        client.post(AT, BEA)
        answer = client.post(f"{AT}/code", {"code": code()})
        assert answer.headers.get("Location", goes) == goes


def test_signing_out_ends_the_session(publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    assert client.post("/publications/sign-out").status_code == 303
    assert client.get("/publications/tickets").status_code == 302


def test_a_form_sent_after_the_session_ended_hands_its_text_back(publications: Any, browse: Any) -> None:
    answer = browse().post("/publications/tickets/1001/answers", {"text": "Lang antwoord"})
    assert answer.status_code == 403
    assert "Lang antwoord</textarea>" in answer.content.decode()


def test_a_form_of_another_site_does_nothing(publications: Any) -> None:
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(AT, BEA, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Nothing was sent" in answer.content.decode()
