"""The telephone: a call with its token, a form with the number filled in, and a ticket (mission S4.4)."""

from typing import Any

import pytest

from balie.channels import access
from balie.desk.models import Ticket

NUMBER = "040 123 4567"


def tell(client: Any, desk: str, number: str = NUMBER, token: str = "") -> Any:
    token = token or access.call_token(desk)
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(f"/{desk}/calls/incoming", {"number": number}, headers=headers)


def test_a_call_that_is_told_of_waits_with_its_number_filled_in(advice: Any, browse: Any) -> None:
    told = tell(browse(), advice.desk)
    assert told.status_code == 201
    assert NUMBER not in told["Location"]
    page = browse(advice.bob).get(told["Location"])
    assert f'value="{NUMBER}"' in page.content.decode()
    assert page.content.decode().count("autofocus") == 1


@pytest.mark.parametrize("token", ["wrong", "é", " "])
def test_without_the_token_there_is_nothing(token: str, advice: Any, browse: Any) -> None:
    assert tell(browse(), advice.desk, token=token).status_code == 404
    assert browse().post("/citizens-advice/calls/incoming", {"number": NUMBER}).status_code == 404


def test_the_token_of_one_desk_is_none_of_another(advice: Any, browse: Any) -> None:
    assert tell(browse(), advice.desk, token=access.call_token("publications")).status_code == 404


def test_a_browser_that_is_signed_in_is_no_telephone_system(advice: Any, browse: Any) -> None:
    assert browse(advice.bob).post("/citizens-advice/calls/incoming", {"number": NUMBER}).status_code == 404


def test_text_and_one_press_make_a_closed_ticket(advice: Any, browse: Any) -> None:
    client = browse(advice.bob)
    place = tell(client, advice.desk)["Location"]
    done = client.post(place, {"reach": "phone", "number": NUMBER, "text": "Passin ajanvaraus", "then": "close"})
    assert done.status_code == 303
    ticket = Ticket.objects.visible_to(advice.bob).get()
    assert (ticket.status, ticket.channel) == ("closed", "phone")
    assert client.get(place).status_code == 404


def test_the_field_that_was_not_chosen_is_not_taken(advice: Any, browse: Any) -> None:
    client = browse(advice.bob)
    typed = {"reach": "email", "number": NUMBER, "email": "aino@example.org", "text": "Asia", "then": "open"}
    done = client.post("/citizens-advice/calls", typed)
    page = client.get(done["Location"]).content.decode()
    assert "a•••••@example.org" in page
    assert "•••••67" not in page  # a number is covered, not left out: this one was never taken
    assert NUMBER not in page


def test_what_the_register_needs_is_said_and_the_text_stays(advice: Any, browse: Any) -> None:
    refused = browse(advice.bob).post("/citizens-advice/calls", {"reach": "phone", "text": "Pitkä teksti"})
    assert refused.status_code == 403
    assert "At least one is needed" in refused.content.decode()
    assert "Pitkä teksti</textarea>" in refused.content.decode()


def test_an_earlier_call_of_the_same_number_is_shown(advice: Any, browse: Any) -> None:
    client = browse(advice.bob)
    first = tell(client, advice.desk)["Location"]
    client.post(first, {"reach": "phone", "number": NUMBER, "text": "Ensimmäinen asia", "then": "close"})
    again = client.get(tell(client, advice.desk, "+358 40 1234567")["Location"])
    assert [row.number for row in again.context["call"].before] == [Ticket.objects.visible_to(advice.bob).get().number]


def test_a_wrong_number_leaves_nothing(advice: Any, browse: Any) -> None:
    client = browse(advice.bob)
    place = tell(client, advice.desk)["Location"]
    assert client.post(f"{place}/end").status_code == 303
    assert not Ticket.objects.visible_to(advice.bob).exists()
    assert client.get(place).status_code == 404


def test_a_hidden_number_leaves_the_field_empty(advice: Any, browse: Any) -> None:
    page = browse(advice.bob).get(tell(browse(), advice.desk, "anonymous")["Location"])
    assert page.context["call"].ways[0].typed == ""
