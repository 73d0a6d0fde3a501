"""The page of a ticket: what it shows, what it never shows, and that each look is written down before it is sent."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection

from balie import vault
from balie.desk import conversation, reporter
from balie.evidence.models import Entry

BSN = "111222333"


@contextmanager
def failing(table: str) -> Any:
    """The database takes nothing more for one table, as when its disk is full."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if f'INTO "{table}"' in sql or f"INTO {table}" in sql:
            raise DatabaseError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def url(ticket: Any, more: str = "") -> str:
    return f"/{ticket.desk}/tickets/{ticket.number}{more}"


def test_a_ticket_shows_what_was_asked_and_who_asks(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Waar staat mijn <b>bericht</b> & wanneer?", sender="alice@example.org")
    page = browse(publications.bob).get(url(ticket)).content.decode()
    assert "Waar staat mijn &lt;b&gt;bericht&lt;/b&gt; &amp; wanneer?" in page
    assert "a•••••@example.org" in page
    assert "alice@example.org" not in page
    assert "<b>bericht</b>" not in page


def test_what_the_register_does_not_declare_is_covered(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, f"Mijn BSN is {BSN}.", subject=f"Over {BSN}")
    client = browse(publications.bob)
    for page in (client.get(url(ticket)), client.get("/publications/tickets"), client.get(url(ticket, "?view=open"))):
        assert BSN not in page.content.decode()
        assert 'class="blot"' in page.content.decode()


def test_each_look_is_in_the_evidence_before_the_page_leaves(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    browse(publications.bob).get(url(ticket))
    looks = Entry.objects.filter(act="ticket.looked-at", ref=ticket.handle)
    assert {look.actor for look in looks} == {str(publications.bob)}
    assert str(ticket.requester_id) in {str(UUID(str(one))) for look in looks for one in look.about}


@pytest.mark.parametrize("where", ["", "?view=open"])
def test_a_page_whose_look_cannot_be_written_down_is_not_sent(
    where: str, publications: Any, browse: Any, mail_in: Any
) -> None:
    ticket = mail_in(publications, "Niet voor wie niet opgeschreven wordt")
    with failing(Entry._meta.db_table):
        answer = browse(publications.bob).get(url(ticket, where))
    assert answer.status_code == 503
    assert "Niet voor wie" not in answer.content.decode()
    assert "could not be written down" in answer.content.decode()


def test_a_refused_answer_comes_back_with_its_text_and_the_reason(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Zonder naam")
    client = browse(publications.bob)
    typed = {"text": "Dag, wij kijken ernaar.", "kind": "answer"}
    assert client.post(url(ticket, "/answers"), typed).status_code == 404  # our forms say what their writer had seen
    seen = client.get(url(ticket)).context["ticket"].seen
    answer = client.post(url(ticket, "/answers"), {**typed, "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Dag, wij kijken ernaar.</textarea>" in page
    assert 'role="alert"' in page


def test_an_answer_to_an_older_page_is_stopped_and_kept(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Eerste bericht")
    reporter.write(ticket, item="family-name", value="Bakker", actor=publications.bob)
    client = browse(publications.bob)
    seen = client.get(url(ticket)).context["ticket"].seen
    conversation.note(ticket, text="intussen", actor=publications.bob)
    older = client.post(url(ticket, "/answers"), {"text": "Antwoord", "seen": seen})
    assert older.status_code == 303  # a colleague's note does not stop an answer


def test_an_empty_note_does_not_fit(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    answer = browse(publications.bob).post(url(ticket, "/notes"), {"text": " ", "kind": "note"})
    assert answer.status_code == 422
    assert 'id="write-note" checked' in answer.content.decode()


def test_acts_lead_back_to_the_ticket_and_to_the_list_it_stood_in(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    answer = browse(publications.bob).post(url(ticket, "/notes?view=open"), {"text": "Opzoeken", "kind": "note"})
    assert (answer.status_code, answer["Location"]) == (303, url(ticket, "?view=open#latest"))


def test_a_draft_stands_in_its_box_again(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    client = browse(publications.bob)
    client.post(url(ticket, "/drafts"), {"text": "Half geschreven", "kind": "note"})
    page = client.get(url(ticket, "?write=note"))
    assert page.context["ticket"].drafts == {"note": "Half geschreven"}
    assert "Half geschreven</textarea>" in page.content.decode()
    assert browse(publications.ada).get(url(ticket)).context["ticket"].drafts == {}


def test_a_name_needs_its_condition_and_the_consent(advice: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(advice, "Mistä saan ajan?", name="Aino Esimerkki")
    client = browse(advice.bob)
    assert "Aino" not in client.get(url(ticket)).content.decode()
    refused = client.post(url(ticket, "/items"), {"item": "name", "value": "Aino"})
    assert refused.status_code == 403
    assert 'value="Aino"' in refused.content.decode()
    (field,) = [one for one in refused.context["ticket"].fields if one.item == "name"]
    said = {"confirm": [one.value for one in field.conditions], "consent": [field.consent]}
    kept = client.post(url(ticket, "/items"), {"item": "name", "value": "Aino", **said})
    assert kept.status_code == 303
    assert '<p class="value">Aino</p>' in client.get(url(ticket)).content.decode()
    client.post(url(ticket, "/items/name/erasure"))
    assert "Aino" not in client.get(url(ticket)).content.decode()


def test_an_avoided_item_is_never_asked_for_and_warned_of(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    client = browse(publications.bob)
    assert "gender" not in {one.item for one in client.get(url(ticket)).context["ticket"].fields}
    client.post(url(ticket, "/notes"), {"text": "Geslacht: v", "kind": "note"})
    assert "This seems to say what this desk avoids: Gender" in client.get(url(ticket)).content.decode()


def test_closing_and_opening_again(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    client = browse(publications.bob)
    assert client.post(url(ticket, "/closure")).status_code == 303
    assert client.get(url(ticket)).context["ticket"].status == "closed"
    assert client.post(url(ticket, "/closure")).status_code == 403
    assert client.post(url(ticket, "/reopening")).status_code == 303
    assert client.get(url(ticket)).context["ticket"].status == "open"


def test_only_a_colleague_who_covers_it_gets_a_ticket(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    client = browse(publications.bob)
    assert client.post(url(ticket, "/assignment"), {"to": publications.dora.handle}).status_code == 422
    assert client.post(url(ticket, "/assignment"), {"to": publications.bob.handle}).status_code == 303
    assert client.get(url(ticket)).context["ticket"].assignee == "Bob"


def test_an_objection_rests_the_data_until_a_person_decides(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Ik maak bezwaar")
    client = browse(publications.bob)
    assert client.post(url(ticket, "/objections")).status_code == 303
    page = client.get(url(ticket))
    assert page.context["ticket"].objection.open
    assert not any(one.chosen for one in page.context["ticket"].objection.decisions)
    decide = url(ticket, f"/{page.context['ticket'].objection.url}")
    assert client.post(decide, {"decision": "rejected/legal-claims", "why": ""}).status_code == 422
    assert client.post(decide, {"decision": "upheld/person-prevails", "why": ""}).status_code == 303
    after = client.get(url(ticket)).content.decode()
    assert "Upheld: the interests of the person weigh more." in after
    assert "Ik maak bezwaar" not in after


def test_the_strip_names_the_hold_and_what_is_left_before_any_term(
    publications: Any, browse: Any, mail_in: Any
) -> None:
    ticket = mail_in(publications, "Ik maak bezwaar")
    client = browse(publications.bob)
    client.post(url(ticket, "/objections"))
    strip = client.get(url(ticket)).context["ticket"]
    assert str(strip.strip.until) == "On hold: an objection is being weighed"
    client.post(url(ticket, f"/{strip.objection.url}"), {"decision": "upheld/person-prevails", "why": ""})
    after = client.get(url(ticket))
    assert str(after.context["ticket"].strip.until) == "Nothing is kept"
    assert "after the ticket is closed" not in after.content.decode().partition('<div class="ticket-body')[0]
    assert ">SW<" not in after.content.decode()  # no letters of «somebody without a name»


def test_reasons_of_a_decision_outlive_what_it_erased(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Ik maak bezwaar")
    client = browse(publications.bob)
    client.post(url(ticket, "/objections"))
    decide = client.get(url(ticket)).context["ticket"].objection.url
    client.post(url(ticket, f"/{decide}"), {"decision": "upheld/person-prevails", "why": "Terecht."})
    strip = client.get(url(ticket)).context["ticket"].strip
    assert str(strip.until) == "Nothing is kept but the reasons of the decision"


def test_a_hold_without_an_objection_is_told_as_it_is(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    kept = [one.handle for one in vault.describe(ticket.desk, held_by=[ticket.handle])]
    vault.hold(kept[:1], reason="legal-claim", actor=publications.bob)
    client = browse(publications.bob)
    assert str(client.get(url(ticket)).context["ticket"].strip.until) == "Part of it is on hold"
    vault.hold(kept[1:], reason="legal-claim", actor=publications.bob)
    told = str(client.get(url(ticket)).context["ticket"].strip.until)
    assert told == "On hold: not erased until the hold is lifted"


def test_a_privacy_officer_sees_and_writes_nothing(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    page = browse(publications.dora).get(url(ticket))
    assert page.status_code == 200
    assert 'id="answer"' not in page.content.decode()


def test_whoever_types_what_is_avoided_is_told_while_writing(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    client = browse(publications.bob, language="nl")
    typed = {"text": "Geslacht: v", "kind": "answer"}
    beside = client.post(url(ticket, "/drafts"), typed, headers={"X-Part": "check"})
    assert "Hier lijkt te staan wat deze servicedesk vermijdt: Geslacht" in beside.content.decode()
    assert "Hier lijkt te staan" in client.get(url(ticket)).content.decode()
    clean = client.post(url(ticket, "/drafts"), {**typed, "text": "Dag"}, headers={"X-Part": "check"})
    assert "Hier lijkt te staan" not in clean.content.decode()
