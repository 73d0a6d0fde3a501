"""Several tickets at once, from the list: in one step or two, with what was left out, and taken back."""

import re
from typing import Any

from balie.desk import closing
from balie.desk.tests.coming_in import fresh


def place(answer: Any) -> str:
    assert answer.status_code == 303, answer.content
    return str(answer["Location"])


def test_chosen_ones_are_closed_told_and_put_back(publications: Any, browse: Any, mail_in: Any) -> None:
    client = browse(publications.bob)
    one, two, three = (mail_in(publications, f"vraag {n}", sender=f"a{n}@example.org") for n in range(3))
    closing.close(two, actor=publications.bob)
    sent = client.post(
        "/publications/tickets/closure?view=open", {"ticket": [one.number, two.number, three.number, "x", 9999]}
    )
    there = place(sent)
    assert there.startswith("/publications/tickets?view=open&done=")
    page = client.get(there).content.decode()
    assert "2 of 3 closed." in page
    assert f"{two.number}: This ticket is closed: open it again first." in page
    undo = re.search(r'action="(/publications/tickets/undoing/[0-9a-f-]+\?view=open)"', page)
    assert undo is not None
    page = client.get(place(client.post(undo[1]))).content.decode()
    assert "2 tickets put back." in page
    assert {fresh(ticket).status for ticket in (one, three)} == {"new"}
    late = client.post(undo[1])
    assert late.status_code == 409
    assert "too late" in late.content.decode()


def test_who_takes_them_is_asked_in_a_step_of_its_own(publications: Any, browse: Any, mail_in: Any) -> None:
    client, one = browse(publications.bob), mail_in(publications, "vraag")
    step = client.post("/publications/tickets/assignment?view=unassigned", {"ticket": one.number})
    assert step.status_code == 200
    page = step.content.decode()
    assert "Who takes these tickets?" in page
    assert f'name="ticket" value="{one.number}"' in page
    assert fresh(one).assignee is None
    given = client.post(
        "/publications/tickets/assignment?view=unassigned", {"ticket": one.number, "to": publications.bob.handle}
    )
    assert "1 ticket assigned." in client.get(place(given)).content.decode()
    assert fresh(one).assignee_id.hex == publications.bob.handle
    client.post("/publications/tickets/assignment", {"ticket": one.number, "to": "nobody"})
    assert fresh(one).assignee is None
    client.post("/publications/tickets/assignment", {"ticket": one.number, "to": "me"})
    assert fresh(one).assignee_id.hex == publications.bob.handle


def test_what_they_are_about_is_asked_in_a_step_of_its_own(publications: Any, browse: Any, mail_in: Any) -> None:
    client, one = browse(publications.bob), mail_in(publications, "vraag")
    assert "As it is" in client.post("/publications/tickets/sorting", {"ticket": one.number}).content.decode()
    sent = client.post("/publications/tickets/sorting", {"ticket": one.number, "service": "", "kind": "incident"})
    assert "1 ticket sorted." in client.get(place(sent)).content.decode()
    assert fresh(one).kind == "incident"
    refused = client.post("/publications/tickets/sorting", {"ticket": one.number, "service": "", "kind": ""})
    assert refused.status_code == 422
    assert f'value="{one.number}" form="together" checked' in re.sub(r"\s+", " ", refused.content.decode())


def test_without_any_chosen_it_says_so(publications: Any, browse: Any, mail_in: Any) -> None:
    mail_in(publications, "vraag")
    answer = browse(publications.bob).post("/publications/tickets/closure?view=open", {})
    assert answer.status_code == 422
    assert "tick some first" in answer.content.decode()


def test_others_neither_tick_nor_act(publications: Any, browse: Any, mail_in: Any) -> None:
    one = mail_in(publications, "vraag")
    for actor in (publications.dora, publications.charlie):
        client = browse(actor)
        answer = client.post("/publications/tickets/closure", {"ticket": one.number})
        assert answer.status_code in (403, 404)
    assert fresh(one).status == "new"
    assert 'type="checkbox"' not in browse(publications.dora).get("/publications/tickets?view=open").content.decode()


def test_a_part_alone_is_the_list_and_nothing_around_it(publications: Any, browse: Any, mail_in: Any) -> None:
    one = mail_in(publications, "vraag")
    client = browse(publications.bob)
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    whole = token.sub("", client.get("/publications/tickets?view=open").content.decode())
    part = token.sub("", client.get("/publications/tickets?view=open", headers={"X-Part": "list"}).content.decode())
    assert part.startswith("<section")
    assert part.strip() in whole
    rows = client.get("/publications/tickets?view=open", headers={"X-Part": "rows"}).content.decode()
    assert f'id="t{one.number}"' in rows
    assert "<section" not in rows
    ticket = client.get(f"/publications/tickets/{one.number}?view=open", headers={"X-Part": "ticket"}).content.decode()
    assert "<nav" not in ticket
    assert 'class="ticket-top"' in ticket
