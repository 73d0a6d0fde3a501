"""The palette: everything that can be done or reached, by a few letters and Enter; what is typed is kept nowhere."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, Request, expect

from tests.counter import Asked, Counter, new_address
from tests.pages.test_accessible import violations
from tests.visitor import KERTTU, NOOR

_words = (f"veldmuis{chr(97 + one // 26)}{chr(97 + one % 26)}" for one in count())
WORD = "zwaluwnest"  # stands on every ticket of these tests


@pytest.fixture
def asked(counter: Counter) -> Asked:
    own = next(_words)
    return counter.ask(
        "publications", f"Een {WORD} {own} onder het dak", "Mag dat blijven?", sender=f"anneke.{new_address()}"
    )


def own_word(counter: Counter, asked: Asked) -> str:
    """The word that stands on this ticket alone."""
    return re.findall('"ticket-title".*?(veldmuis[a-z]+)', counter.visitor(NOOR).get(asked.path).text, re.DOTALL)[0]


def at(counter: Counter, path: str, *, language: str = "en") -> Page:
    page = counter.page(NOOR, language=language)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(counter.house.url + path)
    return page


def summoned(page: Page, words: str = "") -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    expect(page.locator("#found [role=option]").first).to_be_visible()
    if words:
        page.keyboard.type(words)
        expect(page.locator("#found [role=option]", has_text="All that is found")).to_have_attribute(
            "data-words", words
        )


def says(page: Page) -> list[str]:
    return [one.strip() for one in page.locator("#found [role=option] > span:first-of-type").all_inner_texts()]


def test_it_shows_what_can_be_done_here_and_where_one_can_go(counter: Counter, asked: Asked) -> None:
    page = at(counter, f"{asked.path}?view=open")
    summoned(page)
    assert says(page)[:4] == ["Write an internal note", "Assign", "Close the ticket", "Open the privacy strip"]
    assert {"Mine", "All open", "Closed", "Register", "Keyboard shortcuts"} <= set(says(page))
    assert violations(page) == []


def test_what_the_rules_refuse_is_not_offered(counter: Counter, asked: Asked) -> None:
    page = at(counter, asked.path)
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".ticket-acts .state")).to_have_text("Closed")
    summoned(page)
    assert "Reopen the ticket" in says(page)
    assert not {"Close the ticket", "Assign"} & set(says(page))


@pytest.mark.parametrize("words", ["word", "number"])
def test_a_ticket_is_found_by_its_words_or_number_and_opened_with_enter(
    words: str, counter: Counter, asked: Asked
) -> None:
    page = at(counter, "/publications/tickets?view=closed")
    expect(page.locator(".rows, .empty").first).to_be_visible()
    summoned(page, str(asked.number) if words == "number" else own_word(counter, asked))
    field = page.get_by_role("combobox", name="Search or jump")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text(str(asked.number))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{asked.path}")
    expect(page.locator("#ticket-title")).to_contain_text(WORD)


def test_a_person_is_found_by_how_the_address_begins(counter: Counter, asked: Asked) -> None:
    page = at(counter, "/publications/tickets")
    summoned(page, asked.sender[:-6])
    person = page.get_by_role("group", name="People").get_by_role("option")
    expect(person).to_contain_text(asked.sender)
    person.click()
    expect(page.locator(".found")).to_have_text("1 ticket found")
    expect(page.locator(".rows .num")).to_have_text(str(asked.number))


def test_what_is_typed_stands_in_no_address_and_is_gone_when_it_closes(counter: Counter, asked: Asked) -> None:
    page = at(counter, "/publications/tickets")
    asked_for: list[Request] = []
    page.on("request", lambda one: asked_for.append(one))
    summoned(page, WORD)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    posted = [one for one in asked_for if WORD in (one.post_data or "")]
    assert posted
    assert {one.method for one in posted} == {"POST"}
    assert not [one for one in asked_for if WORD in one.url]
    kept = "[localStorage.length, sessionStorage.length, document.querySelector('#palette input[name=words]').value]"
    assert page.evaluate(kept) == [0, 0, ""]
    summoned(page)
    assert WORD not in page.locator("#palette").inner_text()


def test_the_arrows_choose_and_whoever_hears_the_page_hears_how_many(counter: Counter, asked: Asked) -> None:
    page = at(counter, asked.path)
    summoned(page)
    field = page.get_by_role("combobox", name="Search or jump")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "found-2"
    page.keyboard.press("ArrowUp")
    expect(page.locator("#found-1")).to_have_attribute("aria-selected", "true")
    many = page.locator("#found [role=option]").count()
    expect(page.locator("#palette [data-told]")).to_have_text(f"{many} found")
    page.keyboard.press("Enter")
    expect(page.locator("#note")).to_be_focused()


def test_a_question_that_cannot_be_read_says_so_and_goes_on(counter: Counter, asked: Asked) -> None:
    page = at(counter, "/publications/tickets")
    summoned(page)
    page.keyboard.type("status:nonsense")
    expect(page.locator("#found .notice")).to_contain_text("nonsense")
    assert violations(page) == []


def test_the_field_in_the_header_is_the_palette_and_without_script_a_search(counter: Counter, asked: Asked) -> None:
    page = at(counter, "/publications/tickets")
    page.locator("#finder").click()
    expect(page.get_by_role("combobox", name="Search or jump")).to_be_focused()
    plain = counter.page(NOOR, script=False)
    plain.goto(f"{counter.house.url}/publications/tickets")
    plain.locator("#finder").fill(WORD)
    plain.keyboard.press("Enter")
    expect(plain.locator(".rows .num", has_text=str(asked.number))).to_be_visible()


@pytest.mark.parametrize(("language", "title"), [("nl", "Sneltoetsen"), ("fi", "Pikanäppäimet")])
def test_it_speaks_the_readers_language(language: str, title: str, counter: Counter, asked: Asked) -> None:
    page = at(counter, asked.path, language=language)
    summoned(page)
    assert title in says(page)
    english = {"Write an answer", "Close the ticket", "Assign", "Open the privacy strip", "Go to", "Views"}
    assert not [one for one in english if one in page.locator("#palette").inner_text()]
    assert violations(page) == []


def test_what_was_shown_in_it_stands_in_the_evidence(counter: Counter, asked: Asked) -> None:
    page = at(counter, "/publications/tickets?view=closed")
    before = counter.house.rows("SELECT count(*) FROM evidence_entry WHERE act = 'list.looked-at'")[0][0]
    summoned(page, WORD)
    after = counter.house.rows("SELECT count(*) FROM evidence_entry WHERE act = 'list.looked-at'")[0][0]
    assert after > before


def test_who_takes_no_calls_is_not_sent_to_them(counter: Counter) -> None:
    page = counter.page(KERTTU)
    page.goto(f"{counter.house.url}/citizens-advice/tickets")
    summoned(page)
    assert "Register a call" in says(page)
