"""What both doors promise of every answer: safe headers, the reader's language, and a way out of every refusal."""

import gzip
import re
from typing import Any

import pytest
from django.db import OperationalError, connection

PAGES = ["/", "/publications/notice", "/publications/sign-in", "/nothing/here", "/healthz"]


@pytest.mark.parametrize("url", PAGES)
def test_every_answer_takes_nothing_from_elsewhere_and_tells_nothing_on(
    url: str, publications: Any, browse: Any
) -> None:
    answer = browse().get(url)
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", PAGES)
def test_no_page_has_style_or_script_in_it(url: str, publications: Any, browse: Any) -> None:
    page = browse().get(url).content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    assert page.count("<script") == page.count("<script src=")


@pytest.mark.parametrize(("asked", "given"), [("fi", "fi"), ("nl-BE,en;q=0.5", "nl"), ("sv", "sv"), ("de, fr", "en")])
def test_a_public_page_is_in_the_language_of_the_reader(asked: str, given: str, publications: Any, browse: Any) -> None:
    answer = browse(language=asked).get("/")
    assert answer["Content-Language"] == given
    assert f'<html lang="{given}">' in answer.content.decode()
    assert "Accept-Language" in answer["Vary"]


def test_the_console_speaks_the_languages_of_the_desks(publications: Any, browse: Any) -> None:
    for asked, given in (("fi", "fi"), ("nl", "nl"), ("sv", "en"), ("sv, fi", "fi")):
        assert browse(publications.bob, language=asked).get("/publications/tickets")["Content-Language"] == given


def test_no_page_of_the_console_is_in_a_language_that_it_does_not_speak(publications: Any, browse: Any) -> None:
    """Swedish is for the public: the list of desks has it, also for whoever works at one."""
    inside, outside = browse(publications.bob, language="sv"), browse(language="sv")
    for path in ("tickets", "search", "register", "sign-in", "tickets/987", "tickets/nothing", "nothing"):
        assert inside.get(f"/publications/{path}")["Content-Language"] == "en", path
    for client in (inside, outside):
        assert client.get("/")["Content-Language"] == "sv"
    assert outside.get("/publications/nothing")["Content-Language"] == "sv"


def test_times_are_those_of_the_desks_country(publications: Any, advice: Any, browse: Any, mail_in: Any) -> None:
    from balie.register.zones import zone_of

    for cast, country in ((publications, "NL"), (advice, "FI")):
        ticket = mail_in(cast, "Een vraag")
        there = ticket.opened_at.astimezone(zone_of(country)).strftime("%H:%M")
        page = browse(cast.bob).get(f"/{cast.desk}/tickets/{ticket.number}").content.decode()
        assert f">{there}</time>" in page


def test_a_refusal_names_the_way_out(publications: Any, browse: Any) -> None:
    inside = browse(publications.bob).get("/publications/tickets/987").content.decode()
    assert 'href="/publications/tickets"' in inside
    outside = browse().get("/nothing/here").content.decode()
    assert 'href="/"' in outside


def test_a_locked_database_is_one_sentence_and_hands_the_text_back(
    publications: Any, browse: Any, mail_in: Any
) -> None:
    ticket = mail_in(publications, "Een vraag")
    client = browse(publications.bob)

    def locked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked):
        answer = client.post(
            f"/publications/tickets/{ticket.number}/notes", {"text": "Een lange notitie", "kind": "note"}
        )
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.content.decode()
    assert "Een lange notitie</textarea>" in answer.content.decode()
    client.post(f"/publications/tickets/{ticket.number}/notes", {"text": "Een lange notitie", "kind": "note"})
    assert ticket.messages.filter(kind="note").count() == 1


def test_public_pages_set_no_cookie(publications: Any, browse: Any) -> None:
    for url in ("/", "/publications/notice", "/register/publications/service-desk/versions/1", "/healthz"):
        client = browse()
        client.get(url)
        assert not client.cookies


def test_a_page_goes_compressed_and_never_twice_of_the_same_length(publications: Any, browse: Any) -> None:
    """The same page of the same visitor: a name of chance in it blurs how well its text was compressed."""
    client = browse(publications.bob)
    answers = [client.get("/publications/tickets", headers={"Accept-Encoding": "gzip"}) for _ in range(12)]
    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert b"Balie" in gzip.decompress(answers[0].content)
    assert len({len(answer.content) for answer in answers}) > 1
    assert "Content-Encoding" not in client.get("/publications/tickets").headers


def test_a_page_says_how_long_it_is_so_that_its_connection_stays_open(publications: Any, browse: Any) -> None:
    for client, url in ((browse(publications.bob), "/publications/tickets"), (browse(), "/publications/notice")):
        answer = client.get(url)
        assert answer.headers["Content-Length"] == str(len(answer.content))


def test_all_forms_of_a_page_carry_one_token(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    page = browse(publications.bob).get(f"/publications/tickets/{ticket.number}").content.decode()
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert len(tokens) > 5
    assert len(set(tokens)) == 1
