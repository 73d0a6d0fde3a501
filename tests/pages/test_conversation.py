"""Writing to somebody, as two agents do it: nothing goes that was not meant, nothing typed is lost, nobody is in the other's way."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Asked, Counter, Running, text_of
from tests.installation import Installation
from tests.pages.test_accessible import violations
from tests.visitor import AAPO, KERTTU, NOOR, TEUN


@pytest.fixture
def asked(counter: Counter) -> Asked:
    """A question that may be answered as it stands."""
    return counter.ask("citizens-advice", "Passi", "Miten varaan ajan?\n\nToinen kappale.", name="Aino Salmi")


@pytest.fixture
def waiting(
    settle: Callable[[Path], Installation], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Counter]:
    """A desk at which an answer waits some seconds before it goes."""
    house = settle(tmp_path / "house")
    house.env["BALIE_UNDO"] = "6"
    with house.serving(), Counter(Running(house), lambda: request.getfixturevalue("chromium")) as mine:
        yield mine


def opened(counter: Counter, asked: Asked, who: object = KERTTU, *, script: bool = True, query: str = "") -> Page:
    page = counter.page(who, script=script)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(counter.house.url + asked.path + query)
    return page


def answer(page: Page, text: str) -> None:
    page.fill("#answer", text)
    page.get_by_role("button", name=re.compile("^(Answer|Send)")).click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_answer_is_taken_back_from_whatever_page_comes_next(waiting: Counter, script: bool) -> None:
    asked = waiting.ask("citizens-advice", "Passi", "Miten?", name="Aino Salmi")
    page = opened(waiting, asked, script=script)
    answer(page, "Virheellinen vastaus")
    expect(page.locator(".waits")).to_contain_text("Goes at")
    page.goto(f"{waiting.house.url}/citizens-advice/tickets?view=mine")
    expect(page.locator(".toast")).to_contain_text("Sent to w•••••@example.org")
    page.locator(".toast button").click()
    expect(page.locator("#answer")).to_have_value("Virheellinen vastaus")
    waiting.house.wait_until_sent()
    assert all("Virheellinen" not in str(mail) for mail in waiting.house.sink.to(asked.sender))


def test_what_is_not_taken_back_goes_and_says_so_no_more(waiting: Counter) -> None:
    asked = waiting.ask("citizens-advice", "Passi", "Miten?", name="Aino Salmi")
    page = opened(waiting, asked)
    answer(page, "Oikea vastaus")
    page.goto(f"{waiting.house.url}/citizens-advice/tickets")
    expect(page.locator(".toast")).to_be_visible()
    waiting.house.wait(lambda: any("Oikea vastaus" in text_of(mail) for mail in waiting.house.sink.to(asked.sender)))
    expect(page.locator(".toast")).to_have_count(0, timeout=15_000)
    page.goto(waiting.house.url + asked.path)
    expect(page.locator(".waits")).to_have_count(0)


def test_what_one_was_writing_is_there_after_the_browser_was_killed_and_on_another_machine(
    counter: Counter, asked: Asked
) -> None:
    page = opened(counter, asked)
    page.fill("#answer", "Puolivalmis vastaus")
    expect(page.locator("form.answer [data-kept]")).to_contain_text("Draft kept")
    page.context.close()  # as a crash does: no page is left in peace
    elsewhere = opened(counter, asked)
    expect(elsewhere.locator("#answer")).to_have_value("Puolivalmis vastaus")
    of_colleague = opened(counter, asked, AAPO)
    expect(of_colleague.locator("#answer")).to_have_value("")


def test_a_file_is_kept_with_the_draft_and_goes_along_from_another_machine(counter: Counter) -> None:
    asked = ready(counter)
    page = opened(counter, asked, NOOR)
    page.set_input_files("#files", {"name": "formulier.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" * 50_000})
    expect(page.locator("[data-waiting]")).to_contain_text("formulier.pdf")
    page.fill("#answer", "Zie de bijlage.")
    expect(page.locator("form.answer [data-check]")).to_contain_text("Nothing in it asks")
    page.context.close()
    elsewhere = opened(counter, asked, NOOR)
    expect(elsewhere.locator("[data-waiting]")).to_contain_text("formulier.pdf")
    elsewhere.get_by_role("button", name=re.compile("^(Answer|Send)")).click()
    sent = counter.sent_to(asked.sender, count=2)[-1]
    assert [part.get_filename() for part in sent.iter_attachments()] == ["formulier.pdf"]


def ready(counter: Counter) -> Asked:
    """A report at the other desk, with what its register asks for before it is answered."""
    asked = counter.ask("publications", "Formulier", "Welk formulier?", name="Joris Wending")
    visitor = counter.visitor(NOOR)
    for item, value in (("family-name", "Wending"), ("relation", "burger")):
        visitor.get(asked.path)
        visitor.post(f"{asked.path}/items", item=item, value=value)
    return asked


def test_a_file_that_was_kept_is_left_out_again(counter: Counter) -> None:
    page = opened(counter, ready(counter), NOOR)
    page.set_input_files("#files", {"name": "verkeerd.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    page.locator("[data-waiting] button").click()
    expect(page.locator("[data-waiting] li")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-waiting] li")).to_have_count(0)


def test_while_a_file_is_kept_a_bar_says_how_far_it_is_and_a_refusal_is_a_sentence(counter: Counter) -> None:
    page = opened(counter, ready(counter), NOOR)
    page.evaluate(
        "() => { window.seen = []; const bar = document.querySelector('progress.upload');"
        " new MutationObserver(() => window.seen.push([bar.hidden, bar.value])).observe(bar, { attributes: true }); }"
    )
    page.set_input_files("#files", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 3_000_000})
    expect(page.locator("[data-waiting]")).to_contain_text("a.pdf")
    seen = page.evaluate("window.seen")
    assert any(not hidden for hidden, _ in seen)
    assert max(value for _, value in seen) > 50
    page.set_input_files("#files", {"name": "leeg.pdf", "mimeType": "application/pdf", "buffer": b""})
    expect(page.locator("[data-kept-told]")).to_contain_text("is empty")


def test_an_answer_that_is_sent_while_its_file_is_on_its_way_waits_for_it_and_takes_it_along_once(
    counter: Counter,
) -> None:
    page = opened(counter, ready(counter), NOOR)
    page.evaluate(  # a slow connection: what the browser is told comes half a second later
        "() => { const plain = XMLHttpRequest.prototype.send;"
        " XMLHttpRequest.prototype.send = function (body) { setTimeout(() => plain.call(this, body), 500); }; }"
    )
    page.locator("#answer").fill("Hierbij.")
    page.set_input_files("#files", {"name": "een.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    page.locator(".composer-foot .first").first.click()
    expect(page.locator(".msg.answer .file")).to_have_count(1)
    expect(page.locator("[data-waiting] li")).to_have_count(0)


def test_what_came_in_meanwhile_stands_above_the_box_and_is_sent_over_on_purpose_only(
    counter: Counter, asked: Asked
) -> None:
    page = opened(counter, asked, script=False)
    page.fill("#answer", "Vastaus vanhaan")
    counter.ask("citizens-advice", f"[{asked.number}]", "Asia hoitui jo!", sender=asked.sender)
    page.get_by_role("button", name=re.compile("^(Answer|Send)")).click()
    expect(page.locator(".came-in")).to_contain_text("Asia hoitui jo!")
    expect(page.locator(".came-in")).to_be_in_viewport()
    expect(page.locator("#answer")).to_have_value("Vastaus vanhaan")
    page.get_by_role("button", name="Send it all the same").click()
    expect(page.locator(".msg.answer")).to_contain_text("Vastaus vanhaan")


def test_two_agents_see_each_other_look_and_write(counter: Counter, asked: Asked) -> None:
    first = opened(counter, asked)
    second = opened(counter, asked, AAPO)
    expect(second.locator("#company")).to_contain_text("Kerttu Lauttala is looking too")
    first.locator("#answer").press_sequentially("Hei")
    expect(second.locator("#company")).to_contain_text("Kerttu Lauttala is writing an answer", timeout=25_000)


def test_what_one_chose_in_a_message_is_quoted_else_all_that_it_says_now(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    page.evaluate(
        "() => { const p = document.querySelectorAll('#m1 .said-now p')[1]; getSelection().selectAllChildren(p); }"
    )
    page.locator("#m1 [data-quote]").click()
    expect(page.locator("#answer")).to_have_value("> Toinen kappale.\n\n")
    expect(page.locator("#answer")).to_be_focused()
    page.fill("#answer", "")
    page.evaluate("getSelection().removeAllRanges()")
    page.locator("#m1 [data-quote]").click()
    expect(page.locator("#answer")).to_have_value("> Miten varaan ajan?\n>\n> Toinen kappale.\n\n")


def test_answer_and_note_cannot_be_taken_for_each_other(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    expect(page.get_by_role("button", name="Send the answer")).to_be_visible()
    page.locator("label[for=write-note]").click()
    expect(page.get_by_role("button", name="Send the answer")).to_be_hidden()
    expect(page.get_by_role("button", name="Keep the note")).to_be_visible()
    expect(page.get_by_text("Stays behind the counter.")).to_be_visible()
    style = page.locator(".composer").evaluate("node => getComputedStyle(node).borderTopStyle")
    assert style == "dashed"
    page.fill("#note", "Vain meille")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".msg.inside")).to_contain_text("Vain meille")


def test_what_was_asked_for_is_covered_again_after_half_a_minute(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    page.clock.install()
    told = page.locator("#contacts .told").first
    expect(told).not_to_contain_text(asked.sender)
    page.locator("#contacts button").first.click()
    expect(told).to_have_text(asked.sender)
    page.clock.fast_forward(29_000)
    expect(told).to_have_text(asked.sender)
    page.clock.fast_forward(2_000)
    expect(told).not_to_contain_text(asked.sender)
    without = opened(counter, asked, script=False)
    without.locator("#contacts button").first.click()
    expect(without.locator("#contacts .told").first).to_have_text(asked.sender)
    without.goto(counter.house.url + asked.path)
    expect(without.locator("#contacts .told").first).not_to_contain_text(asked.sender)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_two_tickets_of_one_person_become_one(counter: Counter, script: bool) -> None:
    first = counter.ask("citizens-advice", "Passi", "Ensimmäinen", name="Aino Salmi")
    second = counter.ask("citizens-advice", "Passi taas", "Toinen", sender=first.sender)
    page = opened(counter, second, script=script)
    page.get_by_text("Link or merge").click()
    page.fill("#into", str(first.number))
    page.get_by_role("button", name="Merge into it…").click()
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    page.get_by_role("button", name="Merge", exact=True).click()
    page.wait_for_url(f"**/tickets/{first.number}*")
    expect(page.locator(".talk")).to_contain_text("Toinen")
    page.goto(counter.house.url + second.path)
    expect(page.locator(".talk")).to_contain_text(f"merged into {first.number}")


def test_a_ticket_is_followed_and_what_others_say_there_is_news_in_its_tab(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{counter.house.url}/citizens-advice/tickets")
    dot = page.locator(f".tab:has-text('{asked.number}') .news")
    expect(dot).to_be_hidden()
    counter.visitor(AAPO).get(asked.path)
    counter.visitor(AAPO).post(f"{asked.path}/notes", text="Uutta", kind="note")
    expect(dot).to_be_visible(timeout=20_000)  # by itself, while the page is open


@pytest.mark.parametrize(("language", "scheme"), [("fi", "light"), ("nl", "dark")])
def test_nothing_of_it_stands_in_anybodys_way(counter: Counter, language: str, scheme: str) -> None:
    """axe-core on what only shows now and then: what is worth a look, what belongs together, the question before merging."""
    first = counter.ask("publications", "Een", "Eerste", name="Joris Wending")
    second = counter.ask("publications", "Twee", "Tweede", sender=first.sender)
    page = counter.page(TEUN, language=language)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found = []

    def look(what: str) -> None:
        found.extend(f"{what}: {one}" for one in violations(page))

    page.goto(f"{counter.house.url}{second.path}/merging?into={first.number}")
    look("merging")
    visitor = counter.visitor(TEUN)
    visitor.get(second.path)
    visitor.post(f"{second.path}/links", into=str(first.number))
    page.goto(counter.house.url + second.path)
    page.fill("#answer", "Beste [naam], zie de bijlage. BSN 111222333")
    expect(page.locator("form.answer [data-check] li")).to_have_count(3)
    look("ticket")
    page.goto(f"{counter.house.url}/publications/settings")
    look("settings")
    assert found == []
