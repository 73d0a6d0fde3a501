"""A whole working day by keyboard alone: from signing in to signing out without one press of a mouse."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from balie.config.demonstration import PASSWORD
from tests.counter import Asked, Counter, Running, text_of
from tests.installation import Installation
from tests.visitor import KERTTU, fresh_code

DESK = "citizens-advice"


@pytest.fixture
def patient(
    settle: Callable[[Path], Installation], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Counter]:
    """A desk where an answer waits before it goes, as it does everywhere but in most tests."""
    house = settle(tmp_path / "house")
    house.env["BALIE_UNDO"] = "12"
    with house.serving(), Counter(Running(house), lambda: request.getfixturevalue("chromium")) as counter:
        yield counter


@pytest.fixture
def page(patient: Counter) -> Page:
    """A page that tells of any press of a mouse, and moves nothing for whoever asked for that."""
    page = patient.page(language="en")
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.add_init_script("addEventListener('pointerdown', () => { throw new Error('a mouse was pressed'); }, true)")
    return page


def keys(page: Page, *pressed: str) -> None:
    for one in pressed:
        page.keyboard.press(one)


def focused(page: Page, selector: str) -> None:
    expect(page.locator(selector)).to_be_focused()


def to(page: Page, words: str) -> None:
    """With Tab to what has these words, as somebody does who looks where the focus is."""
    for _ in range(60):
        if words in str(page.evaluate("document.activeElement.textContent")).strip():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"«{words}» cannot be reached with Tab")


def signs_in(page: Page, house: Installation) -> None:
    page.goto(f"{house.url}/{DESK}/sign-in")
    page.keyboard.type(KERTTU.email)
    keys(page, "Tab")
    page.keyboard.type(PASSWORD)
    keys(page, "Enter")
    page.wait_for_url("**/sign-in/code")
    page.keyboard.type(fresh_code(house.url, KERTTU))
    keys(page, "Enter")
    page.wait_for_url(f"**/{DESK}/tickets")


def opens(page: Page, asked: Asked) -> None:
    """With j from line to line until the number of the ticket is heard, and o."""
    for _ in range(60):
        keys(page, "j")
        if str(asked.number) in str(page.evaluate("document.activeElement.closest('.row')?.textContent ?? ''")):
            break
    keys(page, "o")
    focused(page, "#ticket-title")
    assert asked.path in page.url


def takes(page: Page) -> None:
    keys(page, "a")
    for _ in range(20):
        if "Kerttu" in str(page.evaluate("document.activeElement.parentElement.textContent")):
            break
        keys(page, "ArrowDown")
    keys(page, "Enter")
    expect(page.locator(".ticket-acts > details > summary")).to_contain_text("Kerttu")


def answers_and_takes_back(page: Page, house: Installation, asked: Asked) -> None:
    keys(page, "r")
    focused(page, "#answer")
    page.keyboard.type("Passin saa viikossa.")
    keys(page, "Control+Enter")
    expect(page.locator(".msg.answer")).to_contain_text("Passin saa viikossa.")
    keys(page, "z")
    expect(page.locator(".msg.answer")).to_have_count(0)
    expect(page.locator("#answer")).to_have_value("Passin saa viikossa.")
    keys(page, "r", "Control+End")
    page.keyboard.type(" Tervetuloa!")
    keys(page, "Control+Enter")
    expect(page.locator(".msg.answer")).to_contain_text("Tervetuloa!")
    house.wait(lambda: [one for one in house.sink.to(asked.sender) if "Tervetuloa!" in text_of(one)])
    assert not [one for one in house.sink.to(asked.sender) if text_of(one).strip().endswith("viikossa.")]


def notes(page: Page) -> None:
    keys(page, "n")
    focused(page, "#note")
    page.keyboard.type("Soitan huomenna.")
    keys(page, "Control+Enter")
    expect(page.locator(".msg.inside")).to_contain_text("Soitan huomenna.")


def finds(page: Page, asked: Asked) -> None:
    """By a word with the palette, and by the same word on the page of all that is found."""
    keys(page, "Control+k")
    page.keyboard.type("retkiluistelu")
    expect(page.locator("#found [aria-selected=true]")).to_contain_text(str(asked.number))
    keys(page, "Enter")
    expect(page.locator("#ticket-title")).to_contain_text("Retkiluistelu")
    keys(page, "/")
    page.keyboard.type("retkiluistelu")
    expect(page.locator("#found [role=option]", has_text="All that is found")).to_have_attribute(
        "data-words", "retkiluistelu"
    )
    keys(page, "ArrowDown", "Enter")
    page.wait_for_url("**/search")
    expect(page.locator(".rows .num")).to_have_text(str(asked.number))


def closes_two_and_thinks_again(page: Page) -> None:
    keys(page, "g", "u")
    page.wait_for_url("**view=unassigned")
    before = page.locator(".row").count()
    keys(page, "j", "x", "j", "x", "b")
    to(page, "Close")
    keys(page, "Enter")
    expect(page.locator(".toast")).to_contain_text("2 tickets closed")
    expect(page.locator(".row")).to_have_count(before - 2)
    keys(page, "z")
    expect(page.locator(".row")).to_have_count(before)


def closes(page: Page, asked: Asked) -> None:
    keys(page, "g", "q")
    page.wait_for_url("**/tickets")
    opens(page, asked)
    keys(page, "c")
    expect(page.locator(".ticket-acts .state")).to_have_text("Closed")


def signs_out(page: Page) -> None:
    keys(page, "Control+k")
    page.keyboard.type("sign out")
    expect(page.locator("#found [aria-selected=true]")).to_be_visible()
    expect(page.locator("#found [role=option]", has_text="Sign out")).to_be_visible()
    for _ in range(10):
        if "Sign out" in page.locator("#found [aria-selected=true]").inner_text():
            break
        keys(page, "ArrowDown")
    keys(page, "Enter")
    page.wait_for_url("**/sign-in")


def test_a_whole_day_without_one_press_of_a_mouse(patient: Counter, page: Page, chromium: Browser) -> None:
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    passport = patient.ask(DESK, "Passi", "Milloin passi tulee?")
    skating = patient.ask(DESK, "Retkiluistelu", "Missä saa luistella?")
    signs_in(page, patient.house)
    opens(page, passport)
    takes(page)
    answers_and_takes_back(page, patient.house, passport)
    notes(page)
    finds(page, skating)
    closes_two_and_thinks_again(page)
    closes(page, passport)
    signs_out(page)
    assert broken == []
