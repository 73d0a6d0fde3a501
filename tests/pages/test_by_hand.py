"""What people do on the pages, with and without script: writing, calling, changing their mind. Nothing typed is ever lost."""

import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Counter, text_of
from tests.visitor import KERTTU, NOOR

NUMBER = "040 123 4567"


def call(counter: Counter, number: str = NUMBER) -> str:
    """The telephone system tells of a call; the address of the page that takes it."""
    token = counter.house.balie("phone", "token", "citizens-advice").stdout.strip()
    told = urllib.request.Request(
        f"{counter.house.url}/citizens-advice/calls/incoming",
        urllib.parse.urlencode({"number": number}).encode(),
        {"Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(told, timeout=30) as answer:
        return str(answer.headers["Location"])


@pytest.mark.parametrize(("script", "keys"), [(True, ["Enter"]), (False, ["Tab", "Enter"])])
def test_from_call_to_closed_ticket_four_keys_or_fewer_beside_the_text(
    script: bool, keys: list[str], counter: Counter
) -> None:
    """S4.4, as the adviser's hands do it: the page has the number, the text has the focus."""
    page = counter.page(KERTTU, script=script)
    page.goto(counter.house.url + call(counter))
    expect(page.locator("#way-phone")).to_have_value(NUMBER)
    page.keyboard.type("Kysyi passin ajanvarauksesta, neuvottu.")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url("**/tickets/*")
    expect(page.locator(".ticket-acts .state")).to_have_text("Closed")
    assert len(keys) <= 4


def test_shift_and_enter_make_a_new_line(counter: Counter) -> None:
    page = counter.page(KERTTU)
    page.goto(counter.house.url + call(counter))
    page.keyboard.type("ensimmäinen")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("toinen")
    expect(page.locator("#text")).to_have_value("ensimmäinen\ntoinen")


def test_the_clock_of_a_call_runs_and_is_not_read_out(counter: Counter) -> None:
    page = counter.page(KERTTU)
    page.goto(counter.house.url + call(counter))
    clock = page.get_by_role("timer")
    before = clock.text_content()
    expect(clock).not_to_have_text(before or "", timeout=3000)
    assert clock.get_attribute("aria-live") is None


def test_answer_and_note_cannot_be_taken_for_each_other(counter: Counter) -> None:
    """Word, shape and colour differ, only one box is there at a time, and what stands in the other stays."""
    page = ticket(counter)
    page.locator("#answer").fill("Voor de melder")
    page.locator("label[for=write-note]").click()
    expect(page.locator("#answer")).to_be_hidden()
    expect(page.locator(".composer")).to_have_css("border-top-style", "dashed")
    expect(page.get_by_text("Stays behind the counter")).to_be_visible()
    page.locator("#note").fill("Voor collega's")
    page.locator("label[for=write-answer]").click()
    expect(page.locator("#note")).to_be_hidden()
    expect(page.locator("#answer")).to_have_value("Voor de melder")


def test_a_note_is_kept_without_script_too(counter: Counter) -> None:
    page = ticket(counter, script=False)
    page.locator("label[for=write-note]").click()
    page.locator("#note").fill("Zonder script")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".msg.inside")).to_contain_text("Zonder script")
    expect(page.locator(".msg.inside .who")).to_contain_text("stays behind the counter")


def test_what_one_was_writing_is_there_again_after_a_crash(counter: Counter) -> None:
    page = ticket(counter)
    page.locator("#answer").fill("Half geschreven antwoord")
    expect(page.locator(".write.answer [data-kept]")).to_contain_text("Draft kept")
    again = counter.page(NOOR)
    again.goto(page.url)
    expect(again.locator("#answer")).to_have_value("Half geschreven antwoord")


def test_a_name_is_written_down_only_with_condition_and_consent(counter: Counter) -> None:
    asked = counter.ask("citizens-advice", "Ajanvaraus", "Mistä saan ajan?", name="Aino Esimerkki")
    page = counter.page(KERTTU)
    page.goto(counter.house.url + asked.path)
    expect(page.locator("body")).not_to_contain_text("Aino")
    page.get_by_text("More fields").click()
    page.locator("#field-name .edit > summary").click()
    page.locator("#f-name").fill("Aino")
    page.locator("#field-name").get_by_role("button", name="Keep").click()
    assert page.url.endswith(asked.path)  # the browser asks for both ticks first
    for tick in page.locator("#field-name input[type=checkbox]").all():
        tick.check()
    page.locator("#field-name").get_by_role("button", name="Keep").click()
    expect(page.locator("#field-name .value")).to_have_text("Aino")


def test_menus_close_with_escape_and_give_the_focus_back(counter: Counter) -> None:
    page = ticket(counter)
    menu = page.locator(".ticket-acts details.menu")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.matches('.ticket-acts summary')")


def test_the_refusal_is_read_first(counter: Counter) -> None:
    page = counter.page(KERTTU)
    page.goto(f"{counter.house.url}/citizens-advice/calls")
    page.locator("#text").fill("Ei numeroa")
    page.get_by_role("button", name="Leave open").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("#text")).to_have_value("Ei numeroa")


@pytest.mark.parametrize("script", [True, False])
def test_on_a_telephone_the_view_that_one_is_in_is_in_sight_and_the_others_can_be_reached(
    script: bool, counter: Counter
) -> None:
    page = counter.page(NOOR, script=script)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{counter.house.url}/publications/tickets?view=closed")
    expect(page.locator(".views [aria-current]")).to_be_in_viewport(ratio=1)
    first = page.locator(".views a").first
    page.wait_for_timeout(400)  # the row has come to rest
    first.focus()
    expect(first).to_be_in_viewport(ratio=1)
    page.wait_for_timeout(400)
    expect(first).to_be_in_viewport(ratio=1)


def test_the_sender_of_a_line_keeps_the_room_and_the_service_gives_way(counter: Counter) -> None:
    asked = counter.ask("publications", "Een vraag", "Waar?", sender="els@quispel-de-wit.example.org")
    page = counter.page(NOOR)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{counter.house.url}/publications/tickets?view=open")
    who = page.locator(".row", has=page.locator(f"a[href^='{asked.path}?']")).locator(".sender")
    assert who.evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("script", [True, False])
def test_files_are_chosen_and_go_with_the_answer(script: bool, counter: Counter, tmp_path: Path) -> None:
    form, page = tmp_path / "formulier één.pdf", ticket(counter, script=script)
    form.write_bytes(b"%PDF-1.7 " + b"x" * 3000)
    expect(page.locator(".composer .chip")).to_contain_text("•••••@")
    page.locator("#contacts").get_by_role("button").click()  # the address is covered until somebody asks
    expect(page.locator("#contacts .told")).not_to_contain_text("•")
    to = page.locator("#contacts .told").inner_text().strip()
    page.locator("#answer").fill("Hierbij het formulier.")
    page.locator("#files").set_input_files(form)
    if script:
        expect(page.locator(".chosen li")).to_contain_text("formulier één.pdf")
    page.locator(".composer-foot .first").first.click()
    expect(page.locator(".msg.answer .file")).to_contain_text("formulier één.pdf")
    counter.house.wait(lambda: [one for one in counter.house.sink.to(to) if "Hierbij" in text_of(one)])
    (sent,) = [one for one in counter.house.sink.to(to) if "Hierbij" in text_of(one)]
    (file,) = sent.iter_attachments()
    assert (file.get_filename(), file.get_content()) == (form.name, form.read_bytes())


def test_too_much_is_said_before_anything_is_sent(counter: Counter, tmp_path: Path) -> None:
    large, page = tmp_path / "film.mp4", ticket(counter)
    large.write_bytes(b"\0" * (26 * 1024 * 1024))
    page.locator("#answer").fill("Zie de film.")
    page.locator("#files").set_input_files(large)
    expect(page.locator(".chosen .warn")).to_contain_text("More than 25 MB together")
    page.locator(".composer-foot .first").first.click()
    expect(page.locator(".msg.answer")).to_have_count(0)
    expect(page.locator("#answer")).to_have_value("Zie de film.")


def test_too_much_is_refused_with_a_sentence_where_there_is_no_script(counter: Counter, tmp_path: Path) -> None:
    """More than the server holds in memory: it says so, and what was typed stands where it was typed."""
    large, page = tmp_path / "film.mp4", ticket(counter, script=False)
    large.write_bytes(b"\0" * (45 * 1024 * 1024))
    page.locator("#answer").fill("Zie de film.")
    page.locator("#files").set_input_files(large)
    page.locator(".composer-foot .first").first.click()
    expect(page.get_by_role("alert")).to_contain_text("far more than the 25 MB")
    expect(page.get_by_role("alert")).to_contain_text("Choose the files again")
    expect(page.locator("#answer")).to_have_value("Zie de film.")


def test_a_draft_takes_no_files_along(counter: Counter, tmp_path: Path) -> None:
    file, page = tmp_path / "brief.txt", ticket(counter)
    file.write_bytes(b"x" * 500_000)
    page.locator("#files").set_input_files(file)
    with page.expect_request("**/drafts") as asked:
        page.locator("#answer").fill("Nog niet klaar")
    assert len(asked.value.post_data_buffer or b"") < 10_000
    expect(page.locator(".write.answer [data-kept]")).to_contain_text("Draft kept")
    expect(page.locator(".chosen li")).to_have_count(1)


def ticket(counter: Counter, *, script: bool = True) -> Page:
    """A fresh ticket in Noor's browser, ready to be answered."""
    asked = counter.ask("publications", "Een vraag", "Waar staat mijn bericht?")
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    noor.post(f"{asked.path}/items", item="family-name", value="Wending")
    page = counter.page(NOOR, script=script)
    page.goto(counter.house.url + asked.path)
    return page
