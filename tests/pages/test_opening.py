"""Opening a ticket beside its list: only the ticket comes, one can go back, and nothing that was written is lost."""

import pytest
from playwright.sync_api import Page, Response, expect

from tests.counter import Asked, Counter
from tests.visitor import NOOR


@pytest.fixture
def two(counter: Counter) -> tuple[Asked, Asked]:
    ask = counter.ask
    return ask("publications", "De eerste vraag", "Een."), ask("publications", "De tweede vraag", "Twee.")


def listed(counter: Counter, width: int = 1440) -> Page:
    page = counter.page(NOOR)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{counter.house.url}/publications/tickets?view=open")
    return page


def click(page: Page, asked: Asked) -> None:
    page.locator(f"#t{asked.number} .subject").click()


def at(page: Page, asked: Asked, title: str) -> None:
    expect(page.locator("#ticket-title")).to_have_text(title)
    expect(page.locator("#ticket-title")).to_be_focused()
    expect(page.locator(f"#t{asked.number} .subject")).to_have_attribute("aria-current", "true")
    assert asked.path in page.url


@pytest.mark.parametrize("width", [1440, 390])
def test_only_the_ticket_comes_and_back_leads_back(width: int, counter: Counter, two: tuple[Asked, Asked]) -> None:
    first, second = two
    page = listed(counter, width)
    page.evaluate("window.same = true")
    click(page, first)
    at(page, first, "De eerste vraag")
    if width > 1000:
        click(page, second)
        at(page, second, "De tweede vraag")
        page.go_back()
        at(page, first, "De eerste vraag")
    page.go_back()
    expect(page.locator(".ticket.blank")).to_have_count(1)
    expect(page.locator(f"#t{first.number}")).to_be_visible()
    assert page.url.endswith("/publications/tickets?view=open")
    assert page.evaluate("window.same") is True
    page.go_forward()
    at(page, first, "De eerste vraag")
    assert page.evaluate("document.title").startswith(str(first.number))


def test_it_is_the_page_that_its_address_gives(counter: Counter, two: tuple[Asked, Asked]) -> None:
    page = listed(counter)
    click(page, two[0])
    at(page, two[0], "De eerste vraag")
    beside = page.locator("article.ticket .ticket-head, article.ticket .msg").all_inner_texts()
    page.reload()
    assert page.locator("article.ticket .ticket-head, article.ticket .msg").all_inner_texts() == beside


def test_what_one_was_writing_is_kept_before_one_goes_on(counter: Counter, two: tuple[Asked, Asked]) -> None:
    page = listed(counter)
    click(page, two[0])
    at(page, two[0], "De eerste vraag")
    page.locator("#answer").fill("Nog niet verzonden")
    click(page, two[1])
    at(page, two[1], "De tweede vraag")
    expect(page.locator("#answer")).to_have_value("")
    click(page, two[0])
    at(page, two[0], "De eerste vraag")
    expect(page.locator("#answer")).to_have_value("Nog niet verzonden")


def test_without_a_connection_one_stays_with_what_one_wrote(counter: Counter, two: tuple[Asked, Asked]) -> None:
    page = listed(counter)
    click(page, two[0])
    at(page, two[0], "De eerste vraag")
    page.context.set_offline(True)
    page.locator("#answer").fill("Geschreven zonder verbinding")
    click(page, two[1])
    expect(page.locator("[data-lost]")).to_be_visible()
    expect(page.locator("#answer")).to_have_value("Geschreven zonder verbinding")
    expect(page.locator(f"#t{two[0].number} .subject")).to_have_attribute("aria-current", "true")
    page.context.set_offline(False)
    click(page, two[1])
    at(page, two[1], "De tweede vraag")


def test_what_stands_beside_it_works_as_on_a_page_of_its_own(counter: Counter, two: tuple[Asked, Asked]) -> None:
    page = listed(counter)
    click(page, two[0])
    at(page, two[0], "De eerste vraag")
    page.keyboard.press("n")
    page.keyboard.type("Naast de lijst geschreven")
    expect(page.locator(".write.note [data-kept]")).to_contain_text("Draft kept")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".msg.inside")).to_contain_text("Naast de lijst geschreven")


def test_nothing_jumps(counter: Counter, two: tuple[Asked, Asked]) -> None:
    page = listed(counter)
    page.evaluate(
        "window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().map(one => one.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    click(page, two[0])
    at(page, two[0], "De eerste vraag")
    page.wait_for_timeout(1500)  # the first that is live has come as well
    assert sum(page.evaluate("window.shifts")) < 0.01


def test_the_first_page_is_light_and_the_next_is_lighter(counter: Counter, two: tuple[Asked, Asked]) -> None:
    """On the wire, as the browser counts it: headers and compressed bodies, fonts and icons among them."""
    page = counter.page(NOOR)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{counter.house.url}/publications/tickets?view=open", wait_until="networkidle")
    first = sum(sizes)
    sizes.clear()
    click(page, two[0])
    at(page, two[0], "De eerste vraag")
    page.wait_for_timeout(300)
    assert first < 150_000
    assert 0 < sum(sizes) < 30_000


def test_no_look_is_left_out_of_the_evidence(counter: Counter, two: tuple[Asked, Asked]) -> None:
    page = listed(counter)
    looks = "SELECT count(*) FROM evidence_entry WHERE act = 'ticket.looked-at'"
    before = counter.house.rows(looks)[0][0]
    click(page, two[0])
    at(page, two[0], "De eerste vraag")
    assert counter.house.rows(looks)[0][0] > before


def test_another_window_is_another_window(counter: Counter, two: tuple[Asked, Asked]) -> None:
    page = listed(counter)
    with page.context.expect_page() as opened:
        page.locator(f"#t{two[0].number} .subject").click(modifiers=["Control"])
    expect(opened.value.locator("#ticket-title")).to_have_text("De eerste vraag")
    expect(page.locator(".ticket.blank")).to_have_count(1)


def test_a_ticket_that_is_gone_leads_to_the_page_that_says_so(counter: Counter, two: tuple[Asked, Asked]) -> None:
    page = listed(counter)
    statuses: list[int] = []
    page.on("response", lambda response: statuses.append(_status(response)))
    page.evaluate("document.querySelector('.row .subject').href = '/publications/tickets/999999?view=open'")
    page.locator(".row .subject").first.click()
    expect(page.locator("h1")).to_have_text("Nothing here")
    assert 404 in statuses


def _status(response: Response) -> int:
    return response.status
