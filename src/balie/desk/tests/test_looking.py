"""Looking for a ticket again: by number, words, name, address, number; only what one may see."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import closing, conversation, looking, phone, reporter
from balie.desk.tests.coming_in import mail, ticket
from balie.kernel import Actor, Invalid, handles
from balie.vault import index

DUTCH = "De vergunningen voor onze gebouwen zijn afgewezen."


def found(cast: Any, words: str, actor: Any = None) -> list[int]:
    return [one.number for one in looking.search(words, actor=actor or cast.bob)]


@pytest.mark.parametrize("words", ["1001", "#1001", " 1001 "])
def test_the_number_itself_finds_it_first(publications: Any, words: str) -> None:
    ticket(publications)
    ticket(publications, "This is about ticket 1001")
    assert found(publications, words) == [1001, 1002]


@pytest.mark.parametrize("words", ["vergunning", "Gebouwen", "afgewezen vergunning", "gebouw"])
def test_words_find_it_in_any_form(publications: Any, words: str) -> None:
    ticket(publications, "Something else")
    one = ticket(publications, DUTCH)
    assert found(publications, words) == [one.number]


def test_subject_notes_and_answers_are_searched_as_well(advice: Any) -> None:
    one = ticket(advice, subject="Rembrandt")
    conversation.note(one, text="Vermeer", actor=advice.bob)
    conversation.answer(one, text="Saenredam", actor=advice.bob)
    for words in ("rembrandt", "vermeer", "saenredam"):
        assert found(advice, words) == [one.number], words


@pytest.mark.parametrize("words", ["alice@example.org", "alice", "ALI", "alice@ex"])
def test_an_address_or_its_beginning_finds_it(publications: Any, words: str) -> None:
    one = ticket(publications)
    ticket(publications, sender="bert@example.org")
    assert found(publications, words) == [one.number]


@pytest.mark.parametrize("words", ["09 123 4567", "+358 9 123", "0912", "+3589123 4567"])
def test_a_past_contact_is_found_by_number(advice: Any, words: str) -> None:
    """S4.3."""
    one = phone.register_call(None, number="09-123 4567", email="", text="Asked", actor=advice.bob)
    assert found(advice, words) == [one.number]


@pytest.mark.parametrize("words", ["Voorbeeld", "van den voor", "VAN"])
def test_a_name_that_was_written_down_finds_it(publications: Any, words: str) -> None:
    one = ticket(publications)
    reporter.write(one, item="family-name", value="Van den Voorbeeld", actor=publications.bob)
    assert found(publications, words) == [one.number]
    reporter.strike(one, item="family-name", actor=publications.bob)


def test_who_it_is_about_comes_before_what_is_said_in_it(publications: Any) -> None:
    said = ticket(publications, "Greetings from Voorbeeld", sender="one@example.org")
    about = ticket(publications, sender="other@example.org")
    reporter.write(about, item="family-name", value="Voorbeeld", actor=publications.bob)
    assert found(publications, "voorbeeld") == [about.number, said.number]


def test_a_closed_ticket_is_found_too(publications: Any) -> None:
    one = ticket(publications, DUTCH)
    closing.close(one, actor=publications.bob)
    assert found(publications, "vergunning") == [one.number]


@pytest.mark.parametrize("words", ["1001", "vergunning", "alice@example.org", "alice"])
def test_nobody_finds_what_they_may_not_see(publications: Any, words: str) -> None:
    ticket(publications, DUTCH)
    assert found(publications, words) == [1001]
    for stranger in (
        publications.charlie,
        dataclasses.replace(publications.bob, covers=frozenset({"agents/work"})),
        Actor("requester", handles.new().hex, publications.desk),
    ):
        assert found(publications, words, stranger) == []


@pytest.mark.parametrize("words", ["", "  ", "#", '"', "zzz-nothing", "²", "99999999999999", "a" * 5000])
def test_what_finds_nothing_finds_nothing(publications: Any, words: str) -> None:
    ticket(publications)
    assert found(publications, words) == []


def test_at_most_fifty_come_back(publications: Any) -> None:
    for n in range(looking.MOST + 5):
        ticket(publications, DUTCH, sender=f"{n}@example.org", message_id="", subject="")
    assert len(found(publications, "vergunning")) == looking.MOST


def test_a_long_conversation_does_not_hide_a_contact_of_long_ago(advice: Any) -> None:
    """S4.3."""
    old = ticket(advice, "vergunning")
    long = ticket(advice, "vergunning")
    for _ in range(120):
        mail(advice, "vergunning", subject=f"[{long.number}]")
    assert set(found(advice, "alice@example.org")) == {long.number, old.number}
    assert set(found(advice, "vergunning")) == {long.number, old.number}


def test_a_phrase_finds_its_words_in_that_order_only(publications: Any) -> None:
    one = ticket(publications, "The portal refuses my password since Monday.")
    ticket(
        publications, "My password: the portal knows it and refuses nothing.", sender="2@example.org", subject="Other"
    )
    assert found(publications, '"refuses my password"') == [one.number]
    assert found(publications, '"password refuses"') == []
    assert found(publications, 'monday "my password"') == [one.number]
    assert len(found(publications, "password portal refuses")) == 2


def test_terms_narrow_what_words_find(publications: Any) -> None:
    one, two = ticket(publications, DUTCH), ticket(publications, DUTCH, sender="2@example.org")
    closing.close(one, actor=publications.bob)
    assert found(publications, "vergunning status:closed") == [one.number]
    assert found(publications, "vergunning status:new") == [two.number]
    assert found(publications, "vergunning assignee:me") == []
    assert set(found(publications, "status:new,closed")) == {one.number, two.number}
    assert found(publications, "1001 status:new") == []


def test_an_order_may_be_asked_for(publications: Any) -> None:
    now = timezone.now()
    late = ticket(publications, DUTCH, at=now)
    early = ticket(publications, f"{DUTCH} vergunning vergunning", at=now - timedelta(days=3), sender="2@example.org")
    assert found(publications, "vergunning sort:newest") == [late.number, early.number]
    assert found(publications, "vergunning sort:oldest") == [early.number, late.number]
    assert (
        found(publications, "vergunning sort:best") == found(publications, "vergunning") == [early.number, late.number]
    )


def test_a_term_finds_behind_many_that_do_not_fit(publications: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_FIRST", 2)
    monkeypatch.setattr(looking, "_STEPS", (4, 8))
    monkeypatch.setattr(vault, "RANKED", 3)
    monkeypatch.setattr(index, "RANKED", 3)
    old = ticket(publications, DUTCH, sender="old@example.org")
    done = [ticket(publications, DUTCH, sender=f"{n}@example.org", subject="") for n in range(6)]
    for one in done:
        closing.close(one, actor=publications.bob)
    for sort in ("best", "newest", "oldest"):
        assert found(publications, f"vergunning status:new sort:{sort}") == [old.number]
        assert set(found(publications, f"vergunning status:closed sort:{sort}")) == {one.number for one in done}
        assert set(found(publications, f"vergunning channel:phone sort:{sort}")) == set()


def test_an_unknown_term_is_told(publications: Any) -> None:
    with pytest.raises(Invalid, match="«note:»"):
        found(publications, "note:this")


def test_whose_number_rings_is_looked_up_as_it_is(advice: Any) -> None:
    one = phone.register_call(None, number="09-123 4567", email="", text="Asked", actor=advice.bob)
    assert [line.number for line in looking.concerning("09 123 4567", actor=advice.bob, most=5)] == [one.number]
    assert looking.concerning("sip:1001@example.org", actor=advice.bob, most=5) == []
    assert looking.concerning("", actor=advice.bob, most=5) == []
