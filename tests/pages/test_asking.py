"""Asking: what may stand next is listed while one types, and what is found stands best first, newest or oldest."""

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Asked, Counter
from tests.visitor import NOOR

WORD = "Zonnewijzer"


@pytest.fixture
def asked(counter: Counter) -> Asked:
    return counter.ask("publications", f"{WORD} staat stil", "Hij wijst al dagen hetzelfde uur.")


def searching(counter: Counter) -> Page:
    page = counter.page(NOOR)
    page.goto(f"{counter.house.url}/publications/search")
    return page


def listed(page: Page) -> list[str]:
    return page.locator(".completions [role=option] span").all_inner_texts()


def test_conditions_and_their_values_are_chosen_with_the_arrows(counter: Counter, asked: Asked) -> None:
    page = searching(counter)
    words = page.locator("#words")
    words.press_sequentially("sta")
    expect(page.get_by_role("listbox", name="What can be asked")).to_be_visible()
    words.press("ArrowDown")
    words.press("Enter")
    expect(words).to_have_value("status:")
    expect(page.locator(".completions [role=option]", has_text="New")).to_be_visible()
    words.press_sequentially("ne")
    expect(page.locator(".completions [role=option]")).to_have_count(1)
    words.press("ArrowDown")
    words.press("Tab")
    expect(words).to_have_value("status:new ")
    words.press_sequentially(WORD)
    words.press("Enter")
    expect(page.locator(f".row a[href^='{asked.path}']")).to_be_visible()


def test_escape_leaves_the_list_and_enter_then_asks_what_was_typed(counter: Counter, asked: Asked) -> None:
    page = searching(counter)
    words = page.locator("#words")
    words.press_sequentially("sta")
    expect(page.get_by_role("listbox", name="What can be asked")).to_be_visible()
    words.press("Escape")
    expect(page.get_by_role("listbox", name="What can be asked")).to_be_hidden()
    words.fill(f"{WORD} status:closed")
    words.press("Enter")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()


def test_what_is_not_known_is_said_with_what_is_and_what_was_typed_stays(counter: Counter) -> None:
    page = searching(counter)
    page.locator("#words").fill("status:sleeping brug")
    page.locator("#words").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("sleeping")
    expect(page.get_by_role("alert")).to_contain_text("waiting")
    expect(page.locator("#words")).to_have_value("status:sleeping brug")


def test_the_order_is_chosen_and_words_in_a_row_are_found_in_that_order_only(counter: Counter, asked: Asked) -> None:
    later = counter.ask("publications", "Staat stil", f"De {WORD} dus, al dagen.")
    page = searching(counter)
    for order, numbers in {"newest": [later, asked], "oldest": [asked, later]}.items():
        page.locator("#words").fill(WORD)
        page.locator("#order").select_option(order)
        page.locator("#words").press("Enter")
        expect(page.locator("#order")).to_have_value(order)
        found = [int(one) for one in page.locator(".row .num").all_inner_texts()]
        assert [one for one in found if one in (asked.number, later.number)] == [one.number for one in numbers]
    page.locator("#words").fill(f'"{WORD} staat"')
    page.locator("#words").press("Enter")
    expect(page.locator(f".row a[href^='{asked.path}']")).to_be_visible()
    expect(page.locator(f".row a[href^='{later.path}']")).to_have_count(0)


def test_what_was_asked_stands_in_no_address(counter: Counter, asked: Asked) -> None:
    page = searching(counter)
    places: list[str] = []
    page.on("request", lambda request: places.append(request.url))
    page.locator("#words").press_sequentially(WORD)
    page.locator("#words").press("Enter")
    expect(page.locator(f".row a[href^='{asked.path}']")).to_be_visible()
    assert places
    assert not [one for one in places if WORD.lower() in one.lower()]
