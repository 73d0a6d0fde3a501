"""Arranging views: what a form says is what the view asks; the next ticket of a view comes by itself for who chose so."""

import re
from typing import Any

from balie.desk import views
from balie.desk.models import View
from balie.desk.tests.coming_in import fresh
from balie.people import preferences

FORM = {"status": ["new", "open"], "kind": ["incident"], "assignee": ["me"], "sort": "newest", "column": ["number"]}


def test_a_view_is_kept_listed_changed_moved_and_dropped(publications: Any, browse: Any, mail_in: Any) -> None:
    mail_in(publications, "vraag")
    client = browse(publications.bob)
    assert "A new view" in client.get("/publications/views").content.decode()
    kept = client.post("/publications/views", FORM)
    view = View.objects.get()
    assert kept["Location"] == f"/publications/tickets?view=v{view.pk}"
    assert view.terms == "status:new,open kind:incident assignee:me sort:newest"
    page = client.get(kept["Location"]).content.decode()
    assert "New, Open · Incident · Mine" in page
    assert "Newest contact on top" in page
    editor = client.get(f"/publications/views/{view.pk}").content.decode()
    ticked = re.findall(r'name="(\w+)"\s+value="([\w-]+)" checked', re.sub(r"\s+", " ", editor))
    assert set(ticked) == {
        ("status", "new"), ("status", "open"), ("kind", "incident"), ("assignee", "me"), ("column", "number"),
    }  # fmt: skip
    client.post(f"/publications/views/{view.pk}", {"status": ["waiting"], "sort": "oldest"})
    assert View.objects.get().terms == "status:waiting sort:oldest"
    client.post("/publications/views", {"status": ["new"], "sort": "number"})
    second = View.objects.exclude(pk=view.pk).get()
    client.post(f"/publications/views/{second.pk}/place", {"to": "up"})
    assert [one.slug for one in views.known(publications.bob)][-2:] == [f"v{second.pk}", f"v{view.pk}"]
    client.post(f"/publications/views/{view.pk}/end")
    assert View.objects.get() == second


def test_nothing_asked_is_refused_and_what_was_chosen_stands_there(publications: Any, browse: Any) -> None:
    answer = browse(publications.bob).post("/publications/views", {"column": ["kind"], "sort": "number"})
    assert answer.status_code == 422
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert "asks nothing yet" in page
    assert 'name="column" value="kind" checked' in page
    assert not View.objects.exists()


def test_the_views_of_the_desk_are_the_administrators(publications: Any, browse: Any) -> None:
    bob, ada = browse(publications.bob), browse(publications.ada)
    assert bob.post("/publications/views", {**FORM, "shared": "yes"}).status_code == 403
    ada.post("/publications/views", {**FORM, "shared": "yes"})
    shared = View.objects.get()
    assert shared.owner is None
    assert "Views of the desk" in bob.get("/publications/tickets").content.decode()
    assert bob.post(f"/publications/views/{shared.pk}/end").status_code == 403
    bob.post("/publications/views", FORM)
    own = View.objects.exclude(pk=shared.pk).get()
    assert ada.get(f"/publications/views/{own.pk}").status_code == 404
    assert bob.post(f"/publications/views/{own.pk}/sharing").status_code == 403
    assert browse(publications.charlie).get(f"/publications/views/{shared.pk}").status_code == 404


def test_a_name_of_a_colleague_stands_in_no_address_and_no_row(publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    client.post("/publications/views", {"status": ["new"], "assignee": [publications.bob.handle]})
    assert View.objects.get().terms.startswith(f"status:new assignee:{publications.bob.handle}")
    assert "New · Bob" in client.get("/publications/tickets").content.decode()


def test_after_a_closure_the_next_of_the_view_is_shown_to_who_chose_so(advice: Any, browse: Any, mail_in: Any) -> None:
    one, two = mail_in(advice, "eerste"), mail_in(advice, "tweede", sender="b@example.org")
    client = browse(advice.bob)
    stayed = client.post(f"/citizens-advice/tickets/{one.number}/closure?view=open")
    assert stayed["Location"] == f"/citizens-advice/tickets/{one.number}?view=open"
    client.post(f"/citizens-advice/tickets/{one.number}/reopening?view=open")
    preferences.look(language="", density="", scheme="", after="next", actor=advice.bob)
    went = client.post(f"/citizens-advice/tickets/{one.number}/closure?view=open")
    assert went["Location"] == f"/citizens-advice/tickets/{two.number}?view=open&did=closed.{one.number}"
    assert f"{one.number} is closed. This is the next one." in client.get(went["Location"]).content.decode()
    answered = client.post(
        f"/citizens-advice/tickets/{two.number}/answers?view=unassigned", {"text": "Zo.", "seen": _last(client, two)}
    )
    assert answered["Location"] == f"/citizens-advice/tickets?view=unassigned&did=answered.{two.number}", (
        answered.content
    )
    assert "It was the last one here." in client.get(answered["Location"]).content.decode()
    assert fresh(two).status == "waiting"
    alone = client.post(f"/citizens-advice/tickets/{two.number}/closure")
    assert alone["Location"] == f"/citizens-advice/tickets/{two.number}"


def _last(client: Any, ticket: Any) -> str:
    page = client.get(f"/citizens-advice/tickets/{ticket.number}").content.decode()
    found = re.search(r'name="seen"\s+value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def test_completions_are_posted_and_come_without_a_frame(publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    answer = client.post("/publications/completions", {"words": "status:wa", "cursor": "9"})
    page = answer.content.decode()
    assert 'data-text="waiting"' in page
    assert 'role="option"' in page
    assert "<html" not in page
    assert client.get("/publications/completions").status_code == 405
    for cursor in ("", "x", "99999", "-1", "²"):
        assert client.post("/publications/completions", {"words": "sta", "cursor": cursor}).status_code == 200


def test_an_order_of_what_is_found_is_chosen_beside_the_words(publications: Any, browse: Any, mail_in: Any) -> None:
    one = mail_in(publications, "paddenstoel")
    client = browse(publications.bob)
    found = client.post("/publications/search", {"words": "paddenstoel", "order": "newest"})
    assert [row.number for row in found.context["rows"]] == [one.number]
    assert 'value="newest" selected' in found.content.decode()
    assert 'value="paddenstoel"' in found.content.decode()
    assert client.post("/publications/search", {"words": "paddenstoel", "order": "random"}).status_code == 422
