"""The list of the pages' states is whole: whatever page one can come to stands in it, so that axe-core looks at it."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse

from balie.channels.access import ROUTES
from tests.counter import Asked
from tests.scene import Scene
from tests.states import states
from tests.visitor import DORIEN, NOOR, TEUN

# What answers GET with no page of its own, and with what.
NO_PAGE = {
    "health": "one word, for what watches the program",
    "register-form": "the form of register files, for programs",
    "attachment": "a file",
    "declaration-file": "a file",
    "notice-pdf": "a file",
    "contact": "the ticket, to which it leads on",
    "others-view": "the ticket, to which it leads on",
    "live": "what is news to a page that is open",
}
HANDLE = UUID("01900000-0000-7000-8000-000000000000")


def test_whatever_page_one_can_come_to_has_a_state() -> None:
    gettable = {one.name for one in get_resolver().url_patterns if "GET" in methods(one.callback)}
    assert gettable <= set(ROUTES)
    assert gettable - NO_PAGE.keys() - with_a_state() == set(), "pages: add them to tests/states.py"


def test_what_is_said_to_be_no_page_is_a_route_and_has_no_state() -> None:
    assert NO_PAGE.keys() <= ROUTES.keys()
    assert not NO_PAGE.keys() & with_a_state()


def methods(view: Any) -> str:
    """What a view takes, as it says itself to whoever asks in another way."""
    refused = view(RequestFactory().options("/"))
    assert refused.status_code == 405
    return str(refused.headers["Allow"])


def with_a_state() -> set[str]:
    """The routes to which the paths of the states lead, and those where what is done there ends."""
    found = states(scene())
    paths = (urlsplit(one.path).path for one in found if one.name != "nothing here")
    return {one.ends for one in found if one.ends} | {str(resolve(path).url_name) for path in paths}


def scene() -> Scene:
    """One of which only the addresses are used."""
    one = Asked("publications", 1, "writer@example.org")
    call = reverse("call", kwargs={"desk": "publications", "handle": HANDLE})
    people: dict[str, Any] = {"agent": NOOR, "head": TEUN, "officer": DORIEN}
    tickets: dict[str, Any] = dict.fromkeys(("rich", "twin", "objected", "closed", "doubted", "unread"), one)
    return Scene("publications", **people, **tickets, chosen=(one, one), call=call, view=1)
