"""How a requester can be reached is covered on every page, shown to who asks, and each asking is in the evidence."""

from typing import Any

import pytest

from balie.channels.console.tests.test_ticket import failing
from balie.desk import reporter
from balie.evidence.models import Entry

ALICE, PHONE = "alice@example.org", "+31 20 123 4567"


def url(ticket: Any, more: str = "") -> str:
    return f"/{ticket.desk}/tickets/{ticket.number}{more}"


@pytest.fixture
def asked(publications: Any, mail_in: Any) -> Any:
    ticket = mail_in(publications, "Een vraag", sender=ALICE)
    reporter.write(ticket, item="email", value=ALICE, actor=publications.bob)
    return ticket


def test_no_page_says_it_before_somebody_asks(asked: Any, publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    for more in ("", "?view=open"):
        page = client.get(url(asked, more)).content.decode()
        assert ALICE not in page.partition('class="ticket')[2]
        assert "a•••••@example.org" in page
    assert not Entry.objects.filter(act="contact.shown").exists()


def test_who_asks_sees_it_once_and_that_is_written_down(asked: Any, publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    page = client.post(url(asked, "/contact"), {"item": "email"})
    assert page.status_code == 200
    assert ALICE in page.content.decode()
    (told,) = Entry.objects.filter(act="contact.shown")
    assert (told.kind, told.ref, told.actor) == ("look", asked.handle, str(publications.bob))
    assert ALICE not in client.get(url(asked)).content.decode()
    again = client.get(url(asked, "/contact?view=open"))
    assert (again.status_code, again["Location"]) == (302, url(asked, "?view=open"))


def test_the_script_gets_the_value_alone_and_that_is_written_down_too(
    asked: Any, publications: Any, browse: Any
) -> None:
    answer = browse(publications.bob).post(url(asked, "/contact"), {"item": "email"}, headers={"X-Part": "contact"})
    assert (answer.content.decode(), answer["Content-Type"]) == (ALICE, "text/plain; charset=utf-8")
    assert Entry.objects.filter(act="contact.shown").count() == 1


@pytest.mark.parametrize("headers", [{}, {"X-Part": "contact"}])
def test_what_cannot_be_written_down_is_not_shown(asked: Any, publications: Any, browse: Any, headers: Any) -> None:
    with failing(Entry._meta.db_table):
        answer = browse(publications.bob).post(url(asked, "/contact"), {"item": "email"}, headers=headers)
    assert answer.status_code == 503
    assert ALICE not in answer.content.decode()


@pytest.mark.parametrize("item", ["phone", "family-name", "message", ""])
def test_what_is_not_there_or_is_no_contact_datum_is_not_found(
    item: str, asked: Any, publications: Any, browse: Any
) -> None:
    assert browse(publications.bob).post(url(asked, "/contact"), {"item": item}).status_code == 404


def test_who_has_no_business_there_finds_nothing(asked: Any, publications: Any, browse: Any) -> None:
    assert browse(publications.charlie).post(url(asked, "/contact"), {"item": "email"}).status_code == 404


def test_an_address_that_did_not_fit_stands_where_it_was_typed(asked: Any, publications: Any, browse: Any) -> None:
    refused = browse(publications.bob).post(url(asked, "/items"), {"item": "email", "value": "no address"})
    assert 'value="no address"' in refused.content.decode()
