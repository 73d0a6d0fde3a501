"""Who else is at a ticket stands at its head; an answer that has not gone can be taken back on its page."""

import re
from typing import Any

import pytest

from balie.desk import conversation, presence, reporter
from balie.post.models import Outgoing


def url(ticket: Any, more: str = "") -> str:
    return f"/{ticket.desk}/tickets/{ticket.number}{more}"


@pytest.mark.parametrize(
    ("writing", "says"),
    [("", "is looking too"), ("answer", "is writing an answer"), ("note", "is writing a note")],
)
def test_who_else_is_there_and_what_they_write_is_said(
    writing: str, says: str, publications: Any, browse: Any, mail_in: Any
) -> None:
    ticket = mail_in(publications, "Een vraag")
    client = browse(publications.bob)
    assert says not in client.get(url(ticket)).content.decode()
    presence.seen(ticket, publications.ada, writing=writing)
    assert says in client.get(url(ticket)).content.decode()
    assert says in client.get(url(ticket, "?view=open")).content.decode()


def test_whoever_opens_a_ticket_is_there_for_the_others(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    browse(publications.bob).get(url(ticket))
    (there,) = presence.others(ticket, publications.ada)
    assert there.account.handle.hex == publications.bob.handle


def test_an_answer_says_when_it_goes_and_is_taken_back_by_its_writer(
    publications: Any, browse: Any, mail_in: Any
) -> None:
    ticket = mail_in(publications, "Een vraag")
    reporter.write(ticket, item="family-name", value="Bakker", actor=publications.bob)
    client = browse(publications.bob)
    seen = client.get(url(ticket)).context["ticket"].seen
    client.post(url(ticket, "/answers"), {"text": "Nog niet af", "kind": "answer", "seen": seen})
    page = client.get(url(ticket))
    waits = page.context["ticket"].messages[-1].waits
    assert f"Goes at {waits.at}." in page.content.decode()
    assert f"on {ticket.number}." not in page.content.decode()
    assert f"Sent to Bakker, on {ticket.number}." in client.get("/publications/tickets").content.decode()
    assert client.get("/publications/settings").context["just_sent"][0].number == ticket.number
    of_colleague = browse(publications.ada).get(url(ticket)).content.decode()
    assert "Goes at" in of_colleague
    assert "Take back" not in of_colleague
    assert browse(publications.ada).post(waits.url).status_code == 403
    back = client.post(waits.url)
    assert (back.status_code, back["Location"]) == (303, url(ticket, "?write=answer#write"))
    assert "Nog niet af</textarea>" in client.get(back["Location"]).content.decode()
    assert not Outgoing.objects.filter(kind="answer").exists()
    assert client.post(waits.url).status_code == 404


def test_what_has_gone_offers_nothing_and_says_so_to_who_was_late(publications: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(publications, "Een vraag")
    reporter.write(ticket, item="family-name", value="Bakker", actor=publications.bob)
    message = conversation.answer(ticket, text="Al weg", actor=publications.bob)
    client = browse(publications.bob)
    (waits,) = [one.waits for one in client.get(url(ticket)).context["ticket"].messages if one.waits]
    Outgoing.objects.filter(kind="answer").update(attempts=1)
    assert all(one.waits is None for one in client.get(url(ticket)).context["ticket"].messages)
    late = client.post(waits.url)
    assert late.status_code == 403
    assert "has gone already" in late.content.decode()
    assert ticket.messages.filter(pk=message.pk).exists()


def test_an_answer_is_looked_at_once_more_before_it_goes_and_nothing_is_stopped(
    publications: Any, browse: Any, mail_in: Any
) -> None:
    ticket = mail_in(publications, "Een vraag")
    client, written = (
        browse(publications.bob),
        {"kind": "answer", "text": "Beste [naam], zie de bijlage. BSN 111222333"},
    )
    answer = client.post(url(ticket, "/drafts"), written, headers={"X-Part": "check"}).content.decode()
    told = re.findall(r"<span>(.*?)</span>", answer)
    assert [line[:20] for line in told] == ["There is a BSN in it", "«[naam]» looks like ", "It speaks of a file,"]
    page = client.get(url(ticket)).content.decode()
    assert all(line in page for line in told)
    with_file = {**written, "text": "Zie de bijlage.", "files": "formulier.pdf"}
    nothing = "Nothing in it asks for a second look."
    assert nothing in client.post(url(ticket, "/drafts"), with_file, headers={"X-Part": "check"}).content.decode()
    note = {"kind": "note", "text": "Zie de bijlage."}
    assert nothing in client.post(url(ticket, "/drafts"), note, headers={"X-Part": "check"}).content.decode()
    empty = client.post(url(ticket, "/drafts"), {**note, "text": ""}, headers={"X-Part": "check"})
    assert empty.content.decode().strip() == ""
