"""S0.3: the desk works for all applications that the office manages: a catalogue of services, and each ticket is about one of them."""

import pytest
from playwright.sync_api import expect

from tests.counter import Asked, Counter
from tests.visitor import NOOR

WITHIN = {"Finding announcements", "Finding regulations", "Editing and publishing environment", "Other applications"}


@pytest.fixture
def asked(counter: Counter) -> Asked:
    return counter.ask("publications", "Regeling onvindbaar", "De zoekpagina toont mijn regeling niet.")


def service_of(counter: Counter, asked: Asked) -> str:
    (row,) = counter.house.rows(
        "SELECT service FROM desk_ticket WHERE desk = 'publications' AND number = ?", asked.number
    )
    return str(row[0])


def test_each_ticket_is_about_a_service_from_the_first_moment(counter: Counter, asked: Asked) -> None:
    assert service_of(counter, asked) == "announcements"
    assert not counter.house.rows("SELECT 1 FROM desk_ticket WHERE service = ''")


def test_the_agent_says_about_which_application_it_is(counter: Counter, asked: Asked) -> None:
    with counter.opened(NOOR, asked) as page:
        offered = {one.strip() for one in page.locator("#service option").all_text_contents()}
        assert offered == WITHIN
        page.locator("#service").select_option(label="Finding regulations")
        page.get_by_role("button", name="Keep this").click()
        expect(page.locator("#service option:checked")).to_have_text("Finding regulations")
    assert service_of(counter, asked) == "regulations"


def test_a_call_is_about_a_service_too_that_of_accounts_among_them(counter: Counter) -> None:
    noor = counter.visitor(NOOR)
    page = noor.get("/publications/calls").text
    for name in (*WITHIN, "Accounts and access"):
        assert name in page
    form = {"reach": "phone", "number": "020 123 4569", "text": "Mag ik een account?", "then": "open"}
    kept = noor.post("/publications/calls", **form, service="accounts")
    assert kept.status == 303
    number = int(kept.location.rsplit("/", 1)[1].partition("?")[0])
    assert service_of(counter, Asked("publications", number, "")) == "accounts"


def test_what_is_not_in_the_catalogue_is_no_service(counter: Counter, asked: Asked) -> None:
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    assert noor.post(f"{asked.path}/sorting", service="coffee-machine", kind="question").status == 422
    assert service_of(counter, asked) == "announcements"


def test_the_work_is_listed_by_service(counter: Counter, asked: Asked) -> None:
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    assert noor.post(f"{asked.path}/sorting", service="publishing-tools", kind="incident").status == 303
    row = f"/tickets/{asked.number}"
    assert row in noor.post("/publications/search", words="service:publishing-tools").main
    assert row not in noor.post("/publications/search", words="service:regulations").main
