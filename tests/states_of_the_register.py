"""What is done on the pages of the register before they are looked at: proposed, typed wrongly, withdrawn."""

from playwright.sync_api import Page, expect


def afresh(page: Page) -> None:
    """Nothing is proposed: what was is withdrawn."""
    page.goto(f"{_register(page)}/proposal")
    withdraw = page.locator("form[action$='/proposal/end'] [type=submit]")
    if withdraw.is_visible():
        withdraw.click()
        expect(page.locator("h1")).to_be_visible()
        page.goto(f"{_register(page)}/proposal")


def propose(page: Page) -> None:
    """The first term is typed over with a shorter one and another with a longer one, and what that changes is read."""
    afresh(page)
    page.goto(f"{_register(page)}/editor")
    box = page.locator("input[name^='terms/'][name$='/keep']").first
    box.fill(f"9 months after {box.input_value().rpartition(' after ')[2]}")
    page.locator("[name='terms/lock-out/keep']").fill("3 days after item.collected")
    page.locator("main form [type=submit]").click()
    expect(page.locator("#changes")).to_be_visible()


def propose_a_fault(page: Page) -> None:
    """A term is called otherwise where it is used, so that there is none of that name."""
    _types_in_the_file(page, "    keep: ", "    keep: no-such-term #")
    expect(page.locator(".notice.bad")).to_be_visible()


def mistake_the_file(page: Page) -> None:
    """A bracket is left open: what was typed stays, with the line of the mistake."""
    _types_in_the_file(page, "format: 1", "format: [1")
    expect(page.locator(".notice.bad")).to_be_visible()


def mistake_a_box(page: Page) -> None:
    """A term is typed that is none."""
    page.locator("input[name^='terms/'][name$='/keep']").first.fill("a while")
    page.locator("main form [type=submit]").click()
    expect(page.locator(".notice.bad")).to_be_visible()


def _types_in_the_file(page: Page, was: str, now: str) -> None:
    afresh(page)
    file = page.locator("#register")
    before, found, after = file.input_value().rpartition(was)
    assert found
    file.fill(f"{before}{now}{after}")
    page.locator("[aria-labelledby=files] [type=submit]").click()


def _register(page: Page) -> str:
    """The address of the desk's register, from that of one of its pages."""
    host, desk = page.url.split("/", 3)[:3], page.url.split("/")[3]
    return "/".join((*host, desk, "register"))
