"""Following, linking, merging and splitting on the pages: by forms alone, with the reason where it cannot be."""

from typing import Any

import pytest

from balie.desk import conversation, joining
from balie.desk.models import Follow, Link, Ticket


def url(ticket: Any, more: str = "") -> str:
    return f"/{ticket.desk}/tickets/{ticket.number}{more}"


def now(ticket: Any) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def pair(publications: Any, mail_in: Any) -> tuple[Any, Any]:
    """Two tickets of Alice."""
    first = mail_in(publications, "Mijn formulier", subject="Een")
    return mail_in(publications, "Nog iets over mijn formulier", subject="Twee"), first


def test_whoever_follows_says_so_and_ends_it_with_the_same_button(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket, client = mail_in(publications, "Een vraag"), browse(publications.bob)
    assert 'aria-pressed="false"' in client.get(url(ticket)).content.decode()
    done = client.post(url(ticket, "/following?view=open"), {"follow": "yes"})
    assert (done.status_code, done["Location"]) == (303, url(ticket, "?view=open"))
    assert 'aria-pressed="true"' in client.get(url(ticket)).content.decode()
    client.post(url(ticket, "/following"), {"follow": "no"})
    assert not Follow.objects.exists()


def test_linked_tickets_stand_beside_each_other_until_they_do_not(publications: Any, browse: Any, pair: Any) -> None:
    (two, one), client = pair, browse(publications.bob)
    client.post(url(two, "/links"), {"into": f"#{one.number}"})
    for here, there in ((one, two), (two, one)):
        assert [each.number for each in client.get(url(here)).context["ticket"].beside.related] == [there.number]
    client.post(url(one, f"/links/{two.handle}/end"))
    assert not Link.objects.exists()


@pytest.mark.parametrize("typed", ["", "0", "999999", "geen nummer", "1" * 40])
def test_a_number_that_is_no_tickets_is_refused_in_a_sentence(
    typed: str, publications: Any, browse: Any, mail_in: Any
) -> None:
    refused = browse(publications.bob).post(url(mail_in(publications, "Een vraag"), "/links"), {"into": typed})
    assert refused.status_code == 422
    assert "There is no ticket with this number" in refused.content.decode()


def test_merging_asks_first_says_that_it_cannot_be_undone_and_then_does_it(
    publications: Any, browse: Any, pair: Any
) -> None:
    (two, one), client = pair, browse(publications.bob)
    chosen = client.post(url(two, "/links"), {"into": one.number, "then": "merge"})
    assert (chosen.status_code, chosen["Location"]) == (303, url(two, f"/merging?into={one.number}"))
    assert not Link.objects.exists()
    asked = client.get(chosen["Location"]).content.decode()
    assert "This cannot be undone." in asked
    assert now(two).merged_into is None
    done = client.post(url(two, "/merging"), {"into": one.number})
    assert (done.status_code, done["Location"]) == (303, url(one, "#latest"))
    page = client.get(url(one)).content.decode()
    assert "Nog iets over mijn formulier" in page
    assert f"first on {two.number}" in page
    gone = client.get(url(two)).content.decode()
    assert f"This ticket was merged into {one.number}." in gone
    assert "Nog iets over mijn formulier" not in gone


def test_two_persons_tickets_are_not_merged_and_the_page_says_why_and_has_no_button(
    publications: Any, browse: Any, mail_in: Any
) -> None:
    hers = mail_in(publications, "Van Carol", sender="carol@example.org")
    his = mail_in(publications, "Van Daan", sender="daan@example.org")
    client = browse(publications.bob)
    asked = client.get(url(hers, f"/merging?into={his.number}"))
    assert "What one wrote is never shown to the other" in asked.content.decode()
    assert 'name="into"' not in asked.content.decode()
    refused = client.post(url(hers, "/merging"), {"into": his.number})
    assert refused.status_code == 403
    assert "What one wrote is never shown to the other" in refused.content.decode()
    assert now(hers).merged_into is None


def test_a_ticket_that_may_not_be_seen_cannot_be_named(
    publications: Any, advice: Any, browse: Any, mail_in: Any
) -> None:
    here, theirs = mail_in(publications, "Hier"), mail_in(advice, "Daar")
    Ticket.objects.filter(pk=theirs.pk).update(number=4711)
    asked = browse(publications.bob).get(url(here, "/merging?into=4711")).content.decode()
    assert "There is no such ticket." in asked
    assert "Daar" not in asked
    assert browse(publications.bob).post(url(here, f"/links/{theirs.handle}/end")).status_code == 404


def test_a_message_becomes_a_ticket_of_its_own_where_there_are_others(
    publications: Any, browse: Any, mail_in: Any
) -> None:
    ticket, client = mail_in(publications, "Het eerste"), browse(publications.bob)
    assert "Make it a ticket of its own" not in client.get(url(ticket)).content.decode()
    mail_in(publications, "Iets heel anders", subject=f"[{ticket.number}]")
    messages = client.get(url(ticket)).context["ticket"].messages
    done = client.post(url(ticket, f"/messages/{messages[-1].handle}/split"))
    page = client.get(done["Location"])
    assert [len(page.context["ticket"].messages), page.context["ticket"].number != ticket.number] == [1, True]
    assert "Iets heel anders" not in client.get(url(ticket)).content.decode()


def test_only_agents_do_any_of_it(publications: Any, browse: Any, pair: Any) -> None:
    two, one = pair
    client = browse(publications.dora)
    message = two.messages.first()
    for where in ("/links", "/merging", f"/messages/{message.handle}/split", f"/links/{one.handle}/end"):
        assert client.post(url(two, where), {"into": one.number}).status_code == 403
    assert now(two).merged_into is None


def test_what_came_in_meanwhile_stands_above_the_box_and_one_button_sends_all_the_same(
    advice: Any, browse: Any, mail_in: Any
) -> None:
    ticket, client = mail_in(advice, "Ensimmäinen"), browse(advice.bob)
    seen = client.get(url(ticket)).context["ticket"].seen
    mail_in(advice, "Älkää enää vastatko!", subject=f"[{ticket.number}]")
    typed = {"text": "Vastaus", "kind": "answer", "seen": seen}
    stopped = client.post(url(ticket, "/answers"), typed)
    page = stopped.content.decode()
    above = page.partition('class="arrived"')[2].partition("<textarea")[0]
    assert stopped.status_code == 409
    assert "Älkää enää vastatko!" in above
    assert "Send it all the same" in page
    assert ">Vastaus</textarea>" in page
    again = client.post(url(ticket, "/answers"), {**typed, "seen": stopped.context["ticket"].seen})
    assert again.status_code == 303
    assert ticket.messages.filter(kind="answer").count() == 1


def test_the_button_names_who_gets_the_answer(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    message = conversation.answered(ticket)
    assert message is not None
    page = browse(publications.bob).get(url(ticket)).content.decode()
    assert ("Send the answer" in page, "Keep the note" in page) == (True, True)


def test_a_merged_ticket_can_be_written_on_no_more(publications: Any, browse: Any, pair: Any) -> None:
    two, one = pair
    joining.merge(two, into=one, actor=publications.bob)
    page = browse(publications.bob).get(url(two)).content.decode()
    assert 'id="write"' not in page
    assert f"merged into {one.number}: go on there" in page
