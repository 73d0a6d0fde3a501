"""Views, one's own and the desk's; several tickets at once, with a way back; the next one; what is open stays open."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Asked, Counter
from tests.visitor import NOOR, TEUN


def listed(counter: Counter, view: str = "open", *, script: bool = True) -> Page:
    page = counter.page(NOOR, script=script)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{counter.house.url}/publications/tickets?view={view}")
    return page


def tick(page: Page, asked: Asked) -> None:
    page.locator(f"input[name=ticket][value='{asked.number}']").check()


def status(counter: Counter, asked: Asked) -> str:
    query = "SELECT status FROM desk_ticket WHERE desk = 'publications' AND number = ?"
    return str(counter.house.rows(query, asked.number)[0][0])


@pytest.fixture
def three(counter: Counter) -> list[Asked]:
    return [counter.ask("publications", f"Klus {place}", "Graag.") for place in ("een", "twee", "drie")]


@pytest.mark.parametrize("script", [True, False])
def test_several_are_closed_what_cannot_be_is_left_out_with_its_reason_and_all_is_undone(
    counter: Counter, three: list[Asked], script: bool
) -> None:
    noor = counter.visitor(NOOR)
    noor.get(three[2].path)
    assert noor.post(f"{three[2].path}/objections").status == 303  # its data rest
    page = listed(counter, script=script)
    for one in three:
        tick(page, one)
    if script:
        expect(page.locator(".bulk [data-chosen]")).to_have_text("3 chosen")
    page.locator(".bulk").get_by_role("button", name="Close").click()
    told = page.locator("[data-done]")
    expect(told).to_contain_text("2 of 3 closed.")
    expect(told).to_contain_text(f"{three[2].number}: The requester objected")
    assert [status(counter, one) for one in three] == ["closed", "closed", "new"]
    told.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 tickets put back.")).to_be_visible()
    assert [status(counter, one) for one in three] == ["new", "new", "new"]


def test_the_bar_is_there_once_one_is_ticked_and_a_stretch_is_ticked_with_shift(
    counter: Counter, three: list[Asked]
) -> None:
    page = listed(counter)
    expect(page.locator(".bulk")).to_be_hidden()
    boxes = page.locator(".row input[name=ticket]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator(".bulk [data-chosen]")).to_have_text("3 chosen")
    page.get_by_role("button", name="Choose none").click()
    expect(page.locator(".bulk")).to_be_hidden()


def test_several_are_assigned_to_whom_one_chooses(counter: Counter, three: list[Asked]) -> None:
    page = listed(counter)
    for one in three[:2]:
        tick(page, one)
    page.get_by_role("button", name="Assign…").click()
    assert page.locator("main input:checked").count() == 0
    page.get_by_label(TEUN.name).check()
    page.locator("main").get_by_role("button", name="Assign").click()
    expect(page.get_by_text("2 tickets assigned.")).to_be_visible()
    names = page.locator(f"#t{three[0].number}").get_by_text(f"Assigned to {TEUN.name}")
    expect(names).to_be_attached()


def test_a_view_of_ones_own_asks_orders_shows_and_counts_as_it_was_arranged(
    counter: Counter, three: list[Asked]
) -> None:
    noor = counter.visitor(NOOR)
    noor.get(three[0].path)
    assert noor.post(f"{three[0].path}/sorting", service="other", kind="incident").status == 303
    page = counter.page(NOOR)
    page.goto(f"{counter.house.url}/publications/views")
    page.get_by_label("Incident").check()
    page.locator("#sort").select_option("newest")
    page.get_by_label("Service").last.uncheck()
    page.get_by_role("button", name="Keep this view").click()
    expect(page.locator(f"#t{three[0].number}")).to_be_visible()
    expect(page.locator(f"#t{three[1].number}")).to_have_count(0)
    assert page.locator(".row .service").count() == 0
    own = page.locator(".views a[aria-current]")
    expect(own).to_contain_text("Incident")
    shown = int(own.locator(".count").inner_text())
    assert shown == page.locator(".row").count()
    page.goto(f"{counter.house.url}/publications/views")
    page.locator("[id^=view-]").get_by_role("button", name="Drop").first.click()
    expect(page.get_by_role("heading", name="My views")).to_have_count(0)


def test_an_administrator_gives_a_view_to_the_desk_and_an_agent_cannot(counter: Counter) -> None:
    page = counter.page(NOOR)
    page.goto(f"{counter.house.url}/publications/views")
    expect(page.get_by_label("For the whole desk")).to_have_count(0)
    page = counter.page(TEUN)
    page.goto(f"{counter.house.url}/publications/views")
    page.locator("[name=channel][value=phone]").check()
    page.get_by_label("For the whole desk").check()
    page.get_by_role("button", name="Keep this view").click()
    agent = listed(counter)
    expect(agent.get_by_role("heading", name="Views of the desk")).to_be_visible()
    page.goto(f"{counter.house.url}/publications/views")
    page.locator("[id^=view-]").get_by_role("button", name="Drop").first.click()


@pytest.fixture
def on_to_the_next(counter: Counter) -> Iterator[None]:
    noor = counter.visitor(NOOR)
    noor.get("/publications/settings")
    given = {"language": "", "density": "", "scheme": ""}
    assert noor.post("/publications/settings", after="next", **given).status == 303
    yield
    noor.get("/publications/settings")
    assert noor.post("/publications/settings", after="", **given).status == 303


@pytest.mark.usefixtures("on_to_the_next")
def test_who_chose_so_finds_the_next_ticket_of_the_view_after_a_closure(counter: Counter, three: list[Asked]) -> None:
    page = listed(counter, "unassigned")
    numbers = page.locator(".row .num").all_inner_texts()
    at = numbers.index(str(three[0].number))
    page.locator(f"#t{three[0].number} a.subject").click()
    page.locator(".ticket-head").get_by_role("button", name="Close").click()
    expect(page.get_by_text(f"{three[0].number} is closed. This is the next one.")).to_be_visible()
    expect(page.locator(".ticket-head .number")).to_have_text(numbers[at + 1])


def test_what_is_open_stands_in_the_bar_of_another_browser_until_it_is_put_away(
    counter: Counter, three: list[Asked]
) -> None:
    page = counter.page(NOOR)
    page.goto(counter.house.url + three[0].path)
    page.context.close()
    again = listed(counter)
    tab = again.locator(".tabs a", has_text=str(three[0].number))
    expect(tab).to_contain_text("Klus een")
    again.get_by_role("button", name=f"Put {three[0].number} away").click()
    expect(again.locator(".tabs a", has_text=str(three[0].number))).to_have_count(0)
