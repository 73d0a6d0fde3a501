"""What happens elsewhere comes to an open page by itself, in its place, and never under the hands of who works there."""

import re
import urllib.parse

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Asked, Counter
from tests.pages.test_accessible import violations
from tests.visitor import AAPO, KERTTU, NOOR, TEUN, Demo

MINE = "/citizens-advice/tickets?view=mine"


@pytest.fixture
def asked(counter: Counter) -> Asked:
    return counter.ask("publications", "Een levende vraag", "Komt er nog iets?")


@pytest.fixture
def given(counter: Counter) -> Asked:
    """A ticket that Aapo has."""
    return give(counter, "Elävä kysymys")


def give(counter: Counter, subject: str) -> Asked:
    """Somebody asks, and Kerttu gives it to Aapo."""
    asked = counter.ask("citizens-advice", subject, "Tuleeko vielä jotain?")
    kerttu = counter.visitor(KERTTU)
    (handle,) = re.findall(r'value="([0-9a-f]{32})"[^>]*>\s*Aapo', kerttu.get(asked.path).text)
    assert kerttu.post(f"{asked.path}/assignment", to=handle).status == 303
    return asked


def opened(counter: Counter, path: str, who: Demo = NOOR) -> Page:
    page = counter.page(who)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(counter.house.url + path)
    page.wait_for_timeout(1300)  # the page has asked once
    return page


def ask(page: Page) -> None:
    """The page asks now, as it would of itself within ten seconds."""
    with page.expect_response(lambda one: "/live?" in one.url):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(100)


def numbers(page: Page) -> list[int]:
    return [int(one) for one in page.locator(".row .num").all_inner_texts()]


def test_nothing_comes_where_nothing_happened(counter: Counter, given: Asked) -> None:
    page = opened(counter, MINE, AAPO)
    ask(page)  # what happened while the page was made has come
    with page.expect_response(lambda one: "/live?" in one.url) as told:
        page.evaluate("dispatchEvent(new Event('online'))")
    assert told.value.status == 204


def test_a_new_ticket_comes_into_the_list_and_the_count(counter: Counter, given: Asked) -> None:
    page = opened(counter, MINE, AAPO)
    count = page.locator("#count-mine")
    before = int(count.inner_text())
    fresh = give(counter, "Juuri kysytty")
    ask(page)
    expect(page.locator(f"#t{fresh.number} .subject")).to_contain_text("Juuri kysytty")
    expect(count).to_have_text(str(before + 1))
    shown = numbers(page)
    page.reload()
    assert numbers(page) == shown


def test_a_changed_line_changes_alone_and_the_focus_and_the_tick_stay(counter: Counter, given: Asked) -> None:
    give(counter, "Toinen")
    page = opened(counter, MINE, AAPO)
    line = page.locator(f"#t{given.number}")
    line.locator("input").check()
    line.locator(".subject").focus()
    page.evaluate(
        "number => document.querySelectorAll('.row').forEach(one => one.same = one.id !== `t${number}`)", given.number
    )
    counter.visitor(KERTTU).get(given.path)
    counter.visitor(KERTTU).post(f"{given.path}/notes", text="Katson", kind="note")
    counter.visitor(KERTTU).post(f"{given.path}/answers", text="Vastaus", kind="answer", seen=last_seen(counter, given))
    ask(page)
    expect(line.locator(".state")).to_have_text("Waiting")
    expect(line.locator("input")).to_be_checked()
    assert page.evaluate("document.activeElement.closest('.row')?.id") == f"t{given.number}"
    assert page.evaluate("[...document.querySelectorAll('.row')].filter(one => !one.same).length") == 1


def last_seen(counter: Counter, asked: Asked) -> str:
    return re.findall(r'data-seen="([0-9a-f]{32})"', counter.visitor(KERTTU).get(asked.path).text)[0]


def test_a_line_that_leaves_the_view_goes_once_nobody_is_at_it(counter: Counter, given: Asked) -> None:
    page = opened(counter, MINE, AAPO)
    line = page.locator(f"#t{given.number}")
    line.locator(".subject").focus()
    counter.visitor(KERTTU).get(given.path)
    assert counter.visitor(KERTTU).post(f"{given.path}/closure").status == 303
    ask(page)
    expect(line).to_contain_text("Closed")
    page.locator("#finder").focus()
    ask(page)
    expect(line).to_have_count(0)


def test_the_first_line_and_the_last_make_another_list(counter: Counter, given: Asked) -> None:
    """Kerttu has none, gets one, and has none again."""
    page = opened(counter, "/citizens-advice/tickets?view=waiting&at=", KERTTU)
    kerttu = counter.visitor(KERTTU)
    kerttu.get(given.path)
    kerttu.post(f"{given.path}/answers", text="Vastaus", kind="answer", seen=last_seen(counter, given))
    ask(page)
    expect(page.locator(f"#t{given.number}")).to_be_visible()


def test_a_message_that_arrives_is_told_and_shown_when_asked_for(counter: Counter, asked: Asked) -> None:
    """Nothing under the hands moves: the text, the place in it, the focus and what is marked stay as they are."""
    page = opened(counter, asked.path)
    text = page.locator("#answer")
    text.fill("Half geschreven antwoord")
    text.evaluate("one => one.setSelectionRange(5, 15)")
    scrolled = page.evaluate("document.querySelector('main').scrollTop")
    teun = counter.visitor(TEUN)
    teun.get(asked.path)
    teun.post(f"{asked.path}/notes", text="Nieuwe notitie van Teun", kind="note")
    ask(page)
    expect(page.locator("#arrived")).to_contain_text("A new message arrived.")
    expect(page.locator(".msg.inside")).to_have_count(0)
    held = "(({id, selectionStart, selectionEnd}) => [id, selectionStart, selectionEnd])(document.activeElement)"
    assert page.evaluate(held) == ["answer", 5, 15]
    assert page.evaluate("document.querySelector('main').scrollTop") == scrolled
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(page.locator(".msg.inside")).to_contain_text("Nieuwe notitie van Teun")
    expect(page.locator(".msg.inside")).to_be_focused()
    expect(text).to_have_value("Half geschreven antwoord")
    expect(page.locator("#arrived")).to_be_empty()
    assert violations(page) == []
    page.keyboard.press("n")
    page.keyboard.type("Nu ik dat gezien heb")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.inside").last).to_contain_text("Nu ik dat gezien heb")


def test_who_looks_and_who_writes_is_seen_by_the_other(counter: Counter, asked: Asked) -> None:
    mine = opened(counter, asked.path)
    theirs = counter.page(TEUN)
    theirs.goto(counter.house.url + asked.path)
    theirs.wait_for_timeout(1300)
    ask(mine)
    expect(mine.locator("#company")).to_contain_text("Teun Adriaans is looking too")
    theirs.locator("#answer").press_sequentially("Dag")
    theirs.wait_for_timeout(500)
    ask(mine)
    expect(mine.locator("#company")).to_contain_text("Teun Adriaans is writing an answer")
    assert violations(mine) == []


def test_a_lost_connection_is_said_and_it_goes_on_by_itself(counter: Counter, given: Asked) -> None:
    page = opened(counter, MINE, AAPO)
    page.context.set_offline(True)
    expect(page.locator("[data-lost]")).to_be_visible()
    assert violations(page) == []
    fresh = give(counter, "Kun kukaan ei katsonut")
    page.context.set_offline(False)
    expect(page.locator("[data-lost]")).to_be_hidden()
    expect(page.locator(f"#t{fresh.number}")).to_be_visible()


def test_who_was_signed_out_is_told_and_keeps_what_was_typed(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked.path)
    page.locator("#answer").fill("Nog niet weg")
    page.context.clear_cookies()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-out]")).to_be_visible()
    expect(page.locator("#answer")).to_have_value("Nog niet weg")


def test_what_one_does_oneself_is_no_news(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked.path)
    page.keyboard.press("n")
    page.keyboard.type("Van mijzelf")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.inside")).to_be_visible()
    page.wait_for_timeout(1300)
    ask(page)
    expect(page.locator("#arrived")).to_be_empty()


def test_lines_that_came_by_themselves_stand_in_the_evidence(counter: Counter, given: Asked) -> None:
    page = opened(counter, MINE, AAPO)
    looks = "SELECT count(*) FROM evidence_entry WHERE act = 'list.looked-at'"
    give(counter, "Vielä yksi")
    before = counter.house.rows(looks)[0][0]
    ask(page)
    assert counter.house.rows(looks)[0][0] > before


def test_the_address_holds_codes_and_numbers_alone(counter: Counter, asked: Asked) -> None:
    page = counter.page(NOOR)
    urls: list[str] = []
    page.on("request", lambda one: urls.append(urllib.parse.unquote(one.url)) if "/live?" in one.url else None)
    page.goto(counter.house.url + asked.path + "?view=open")
    page.locator("#answer").fill("Jan Jansen")
    page.wait_for_timeout(1500)
    assert urls
    assert all(set(one.partition("?")[2]) <= set("abcdefghijklmnopqrstuvwxyz0123456789=&.-") for one in urls)
