"""The officer's pages in a real browser: a version from a day to come, older data, evidence and reviews, the notice as a PDF."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from balie.channels.console.older import FACTORS
from balie.config.demonstration import Demo
from balie.register.tests.test_reach import PURPOSE
from tests.counter import Counter, Running
from tests.installation import Installation
from tests.pages.test_accessible import violations
from tests.visitor import AAPO, TUULIA

pytestmark = pytest.mark.xdist_group("register pages")

DESK, REGISTER = "/citizens-advice", "/citizens-advice/register"
TODAY = datetime.now(UTC).date()
BEFORE, AFTER = "2 years after ticket.last-contact", "6 months after ticket.last-contact"


@pytest.fixture(scope="module")
def officers(
    settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[Counter]:
    """A house of its own: what is in force at its desk changes here."""
    house = settle(tmp_path_factory.mktemp("register"))
    with house.serving(), Counter(Running(house), lambda: chromium) as counter:
        yield counter


def at(officers: Counter, path: str, who: Demo | None = None) -> Page:
    page = officers.page(who)
    page.goto(officers.house.url + path)
    return page


def sound(page: Page) -> None:
    """Nothing in anybody's way, and nothing over the edge of a telephone."""
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})


def propose(officers: Counter, was: str, now: str, day: date | None = None) -> None:
    page = at(officers, f"{REGISTER}/proposal", AAPO)
    text = page.locator("#register").input_value()
    assert was in text
    page.locator("#register").fill(text.replace(was, now, 1))
    if day:
        page.get_by_label("In force from").fill(day.isoformat())
    sound(page)
    page.get_by_role("button", name="Propose this").click()
    expect(page.locator("#changes")).to_be_visible()


def test_a_version_is_approved_for_a_day_told_to_the_public_and_withdrawn(officers: Counter) -> None:
    propose(officers, BEFORE, AFTER, TODAY + timedelta(days=30))
    dora = at(officers, f"{REGISTER}/proposal", TUULIA)
    expect(dora.get_by_text("It is to come in force on")).to_be_visible()
    dora.get_by_role("button", name="Approve it for").click()
    expect(dora.get_by_role("heading", name="Version 2 comes in force on")).to_be_visible()
    sound(dora)
    public = at(officers, f"{DESK}/notice?language=en")
    expect(public.get_by_text("this will be different")).to_be_visible()
    expect(public.locator("details", has_text="What will be different")).to_contain_text("6 months")
    sound(public)
    public.get_by_role("link", name="The privacy notice from that day").click()
    expect(public.get_by_text("This version comes in force on")).to_be_visible()
    sound(public)
    dora.get_by_text("Withdraw it before that day").click()
    dora.get_by_label("There is a mistake in it").check()
    dora.get_by_role("button", name="Withdraw it").click()
    expect(dora.locator("#versions").locator("xpath=ancestor::section")).to_contain_text("withdrawn")
    public.goto(f"{officers.house.url}{DESK}/notice?language=en")
    expect(public.get_by_text("this will be different")).to_have_count(0)


def test_a_new_purpose_is_weighed_by_one_and_approved_by_another(officers: Counter) -> None:
    propose(officers, *PURPOSE)
    dora = at(officers, f"{REGISTER}/proposal", TUULIA)
    dora.get_by_label("People were told of what is wider on").fill(TODAY.isoformat())
    dora.get_by_role("button", name="Put it in force").click()
    dora.get_by_role("link", name="New purposes and older data").click()
    expect(dora.get_by_text("does not reach it")).to_be_visible()
    sound(dora)
    dora.locator("input[name=purpose]").first.check()
    dora.get_by_label("Weighed: it fits what the data were collected for").check()
    for name in FACTORS:
        dora.locator(f"#{name}").fill(f"Because of the {name}.")
    dora.get_by_label("People were told on").fill(TODAY.isoformat())
    dora.get_by_role("button", name="Ask another person to approve it").click()
    expect(dora.get_by_text("You wrote this")).to_be_visible()
    sound(dora)
    ada = at(officers, f"{REGISTER}/older-data", AAPO)
    expect(ada.get_by_text("Because of the safeguards.")).to_be_visible()
    ada.get_by_role("button", name="Approve it").click()
    expect(ada.get_by_text("reaches it", exact=True)).to_be_visible()
    sound(ada)


def test_what_was_done_is_drawn_and_what_is_looked_at_again_is_listed(officers: Counter) -> None:
    dora = at(officers, REGISTER, TUULIA)
    dora.get_by_role("link", name="Evidence and reviews").click()
    section = dora.locator("section[aria-labelledby=deeds-advice]")
    expect(section.locator("svg.chart rect").first).to_be_visible()
    section.get_by_text("The last of each act").click()
    expect(section.locator("tbody")).to_contain_text("message.received")
    expect(dora.locator("section[aria-labelledby=reviews] tbody tr").first).to_be_visible()
    sound(dora)


def test_anybody_saves_the_notice_as_a_pdf_without_a_script(officers: Counter) -> None:
    page = officers.page(script=False)
    page.goto(f"{officers.house.url}{DESK}/notice?language=sv")
    with page.expect_download() as saving:
        page.get_by_role("link", name="Spara som PDF").click()
    assert saving.value.suggested_filename.endswith("-sv.pdf")
    assert Path(saving.value.path()).read_bytes().startswith(b"%PDF-")
