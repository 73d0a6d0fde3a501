"""One's own settings: language, density, colours and keys, each for oneself and on every machine."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Counter
from tests.visitor import NOOR, TEUN


@pytest.fixture
def page(counter: Counter) -> Iterator[Page]:
    """Teun's settings, in a browser that asks for English; as they were afterwards."""
    page = counter.page(TEUN)
    page.goto(f"{counter.house.url}/publications/settings")
    yield page
    teun = counter.visitor(TEUN)
    teun.get("/publications/settings")
    assert teun.post("/publications/settings", language="", density="", scheme="", after="").status == 303
    assert teun.post("/publications/settings/shortcuts", single="on", usual="yes").status == 303


@pytest.mark.parametrize(("choice", "language"), [("Nederlands", "nl"), ("Suomi", "fi")])
def test_the_whole_console_speaks_ones_own_language_and_nobody_elses_changes(
    counter: Counter, page: Page, choice: str, language: str
) -> None:
    page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    elsewhere = counter.page(TEUN)  # another browser, which asks for English too
    elsewhere.goto(f"{counter.house.url}/publications/tickets")
    expect(elsewhere.locator("html")).to_have_attribute("lang", language)
    other = counter.page(NOOR)
    other.goto(f"{counter.house.url}/publications/tickets")
    expect(other.locator("html")).to_have_attribute("lang", "en")


def test_density_and_colours_are_those_that_one_chose(counter: Counter, page: Page) -> None:
    page.get_by_label("Compact: more on one page").check()
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("html")).to_have_attribute("data-density", "compact")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    again = counter.page(TEUN)
    again.emulate_media(color_scheme="light")
    again.goto(f"{counter.house.url}/publications/tickets")
    assert again.evaluate("getComputedStyle(document.body).backgroundColor") == ground


def test_a_key_is_changed_and_single_keys_are_switched_off(counter: Counter, page: Page) -> None:
    page.locator("#key-next").fill("h")
    page.get_by_role("button", name="Keep these keys").click()
    counter.ask("publications", "Een toets", "Welke?")
    tickets = f"{counter.house.url}/publications/tickets"
    page.goto(tickets)
    page.keyboard.press("j")
    expect(page.locator(".row:focus-within")).to_have_count(0)
    page.keyboard.press("h")
    expect(page.locator(".row:focus-within")).to_have_count(1)
    page.goto(f"{counter.house.url}/publications/settings")
    page.get_by_label("Single keys do something").uncheck()
    page.get_by_role("button", name="Keep these keys").click()
    page.goto(tickets)
    page.keyboard.press("h")
    expect(page.locator(".row:focus-within")).to_have_count(0)
    page.keyboard.press("Control+k")  # not a single key
    expect(page.locator("dialog[open]")).to_be_visible()


def test_one_sign_for_two_things_is_refused_with_a_sentence(page: Page) -> None:
    page.locator("#key-next").fill("k")
    page.get_by_role("button", name="Keep these keys").click()
    expect(page.get_by_role("alert")).to_contain_text("k")
