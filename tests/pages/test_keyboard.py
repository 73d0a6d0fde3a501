"""The keyboard: single keys that never disturb writing, fit any layout, and can be changed or left off (WCAG 2.1.4)."""

import re

import pytest
from playwright.sync_api import Page, expect

from balie.channels.console import shortcuts
from tests.counter import Asked, Counter
from tests.pages.test_accessible import violations
from tests.visitor import NOOR

# The sign that the key in the place of a Latin letter gives, on boards with other letters.
CYRILLIC = {"KeyJ": "о", "KeyG": "п", "KeyQ": "й", "KeyN": "т", "KeyX": "ч"}
GREEK = {"KeyJ": "ξ", "KeyG": "γ", "KeyQ": ";", "KeyN": "ν", "KeyX": "χ"}


@pytest.fixture
def asked(counter: Counter) -> Asked:
    return counter.ask("publications", "Een vraag met de toetsen", "Hoe dan?")


def listed(counter: Counter, *, language: str = "en") -> Page:
    page = counter.page(NOOR, language=language)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{counter.house.url}/publications/tickets")
    return page


def opened(counter: Counter, asked: Asked) -> Page:
    page = counter.page(NOOR)
    page.goto(f"{counter.house.url}{asked.path}?view=open")
    return page


def press(page: Page, code: str, sign: str, **held: bool) -> None:
    """A key of a board with other letters: the browser tells its place and its sign."""
    given = {"code": code, "key": sign, "bubbles": True, "cancelable": True, **held}
    page.evaluate("given => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', given))", given)


def number_at(page: Page) -> str:
    """The number of the line that has the focus."""
    return str(page.evaluate("document.activeElement.closest('.row')?.querySelector('.num')?.textContent ?? ''"))


def test_j_and_k_go_from_line_to_line_and_the_focus_with_them(counter: Counter, asked: Asked) -> None:
    page = listed(counter)
    numbers = page.locator(".row .num").all_inner_texts()
    page.keyboard.press("j")
    assert number_at(page) == numbers[0]
    page.keyboard.press("j")
    assert number_at(page) == numbers[1]
    page.keyboard.press("k")
    assert number_at(page) == numbers[0]
    page.keyboard.press("o")
    page.wait_for_url(f"**/tickets/{numbers[0]}*")


def test_what_one_types_is_never_taken_for_a_key(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    written = "jkxor n a c gq ?/u z"
    page.keyboard.press("r")
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.type(written)
    expect(page.locator("#answer")).to_have_value(written)
    page.keyboard.press("Escape")
    expect(page.locator("#answer")).not_to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    assert page.url.endswith(f"{asked.path}?view=open")


def test_no_key_does_anything_while_another_is_held(counter: Counter, asked: Asked) -> None:
    page = listed(counter)
    for held in ("Control", "Alt", "Meta", "Shift"):
        page.keyboard.press(f"{held}+j")
        assert number_at(page) == ""


@pytest.mark.parametrize("board", [CYRILLIC, GREEK], ids=["Cyrillic", "Greek"])
def test_the_same_keys_serve_on_boards_with_other_letters(
    board: dict[str, str], counter: Counter, asked: Asked
) -> None:
    page = listed(counter)
    numbers = page.locator(".row .num").all_inner_texts()
    press(page, "KeyJ", board["KeyJ"])
    assert number_at(page) == numbers[0]
    page.goto(counter.house.url + asked.path)
    press(page, "KeyG", board["KeyG"])
    press(page, "KeyQ", board["KeyQ"])
    page.wait_for_url("**/publications/tickets")


def test_on_a_latin_board_the_sign_counts_and_not_its_place(counter: Counter, asked: Asked) -> None:
    """On a Dvorak board the letter j stands where others have c, and where others have j stands h."""
    page = listed(counter)
    press(page, "KeyJ", "h")
    assert number_at(page) == ""
    press(page, "KeyC", "j")
    assert number_at(page) != ""


def test_the_sheet_shows_every_key_and_closes_again(counter: Counter, asked: Asked) -> None:
    page = listed(counter)
    page.keyboard.press("j")
    at = number_at(page)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    assert [one.get_attribute("data-code") for one in sheet.locator("dd").all()] == [one.code for one in shortcuts.ALL]
    assert violations(page) == []
    page.keyboard.press("j")  # nothing moves behind it
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert number_at(page) == at


@pytest.mark.parametrize("language", ["nl", "fi"])
def test_the_sheet_speaks_the_readers_language(language: str, counter: Counter, asked: Asked) -> None:
    page = listed(counter, language=language)
    page.keyboard.press("?")
    said = page.locator("#keys").inner_text()
    english = {word for one in shortcuts.ALL for word in [one.says] if len(word) > 7}
    assert [one for one in english if one in said] == []
    assert violations(page) == []


def test_every_key_that_carries_out_something_is_told_to_whoever_hears_the_page(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    expect(page.locator("[data-key=assign]")).to_have_attribute("aria-keyshortcuts", "a")
    expect(page.locator("[data-key=end]")).to_have_attribute("aria-keyshortcuts", "c")


def test_a_key_opens_what_it_names(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    page.keyboard.press("a")
    assert page.evaluate("document.activeElement.closest('form').action").endswith("/assignment?view=open")
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.locator("details.strip")).to_have_attribute("open", "")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search or jump")).to_be_focused()


def test_ctrl_and_enter_send_what_one_writes(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    page.keyboard.press("n")
    page.keyboard.type("Met de toetsen bewaard")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.inside")).to_contain_text("Met de toetsen bewaard")


def test_no_two_keys_stand_in_each_others_way() -> None:
    keys = {one.code: one.keys for one in shortcuts.ALL}
    assert shortcuts.refusal(keys) is None
    assert len(keys) == len(shortcuts.ALL)
    assert all(re.fullmatch(r"[a-z-]+", code) for code in keys)
