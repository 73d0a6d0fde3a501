"""S4.4: an incoming-call event, one documented HTTP form, opens a page with the number filled in; the adviser writes while handling,
and from the event to the saved ticket there are four keys or fewer beside the text."""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Counter
from tests.visitor import AAPO, KERTTU, NOOR, Answer, Visitor

TEXT = "Kysyi, milloin palvelupiste on auki.\nKerroin ajat."
_numbers = itertools.count(10_000)


class Hands:
    """An adviser's two hands: every key and every press of the mouse counts, the words of the text do not."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def click(self, role: str, name: str) -> None:
        self.keys += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def write(self, text: str) -> None:
        """The words of the text, typed where the cursor stands already."""
        self.page.keyboard.insert_text(text)


@pytest.fixture(scope="module")
def token(running: object) -> str:
    return str(running.house.balie("phone", "token", "citizens-advice").stdout.strip())  # type: ignore[attr-defined]


@pytest.fixture
def ring(counter: Counter, token: str) -> Callable[..., Answer]:
    """The telephone system tells of a call, as its maker would write it: one form, one header, nothing of ours."""

    def tell(number: str = "", *, word: str = token, desk: str = "citizens-advice") -> Answer:
        machine = Visitor(counter.house.url)
        number = number or f"09 310 {next(_numbers)}"
        return machine.post(f"/{desk}/calls/incoming", headers={"Authorization": f"Bearer {word}"}, number=number)

    return tell


def kept(counter: Counter, number: int) -> list[tuple[object, ...]]:
    return counter.house.rows(
        "SELECT status, channel, assignee_id IS NOT NULL FROM desk_ticket WHERE desk = 'citizens-advice' AND number = ?",
        number,
    )


def saved(page: Page) -> int:
    """The number of the ticket that now stands on the page."""
    expect(page.locator(".ticket-head .number")).to_be_visible()
    return int(page.locator(".ticket-head .number").inner_text())


def test_from_the_event_to_the_saved_ticket_one_key_is_enough(counter: Counter, ring: Callable[..., Answer]) -> None:
    told = ring("09 310 10042")
    assert told.status == 201
    page = counter.page(KERTTU)
    page.goto(told.text.strip())  # what the telephone's programme does when the adviser picks up
    expect(page.get_by_label("Phone number", exact=True).last).to_have_value("09 310 10042")
    hands = Hands(page)
    hands.write(TEXT)
    hands.press("Enter")
    number = saved(page)
    assert hands.keys <= 4
    expect(page.locator(".msg").first).to_contain_text("Kerroin ajat.")
    page.locator("#contacts").get_by_role("button").click()  # covered, like every number
    expect(page.locator("#contacts .told")).to_have_text("09 310 10042")
    assert kept(counter, number) == [("closed", "phone", 1)]


def test_without_a_telephone_that_opens_pages_four_keys_are_enough(
    counter: Counter, ring: Callable[..., Answer]
) -> None:
    """The adviser sits at the list of tickets, sees that a call waits, and takes it."""
    page = counter.page(KERTTU)
    ring("09 310 10043")
    page.goto(f"{counter.house.url}/citizens-advice/tickets")
    hands = Hands(page)
    hands.click("link", "Register a call")
    if not page.locator("[role=timer]").count():
        hands.click("link", "Call at")
    expect(page.locator("[role=timer]")).to_be_visible()
    hands.write(TEXT)
    hands.press("Enter")
    saved(page)
    assert hands.keys <= 4


def test_without_javascript_it_is_the_same_page_and_four_keys_are_enough(
    counter: Counter, ring: Callable[..., Answer]
) -> None:
    told = ring("09 310 10044")
    page = counter.page(KERTTU, script=False)
    page.goto(told.text.strip())
    expect(page.locator("#way-phone")).to_have_value("09 310 10044")
    hands = Hands(page)
    hands.write(TEXT)
    hands.press("Tab")
    hands.press("Enter")
    number = saved(page)
    assert hands.keys <= 4
    assert kept(counter, number) == [("closed", "phone", 1)]


def test_left_open_it_takes_no_more(counter: Counter, ring: Callable[..., Answer]) -> None:
    page = counter.page(KERTTU, script=False)
    page.goto(ring().text.strip())
    hands = Hands(page)
    hands.write(TEXT)
    for key in ("Tab", "Tab", "Enter"):
        hands.press(key)
    assert kept(counter, saved(page)) == [("open", "phone", 1)]
    assert hands.keys <= 4


def test_shift_and_enter_makes_a_new_line_and_sends_nothing(counter: Counter, ring: Callable[..., Answer]) -> None:
    page = counter.page(KERTTU)
    page.goto(ring().text.strip())
    page.keyboard.insert_text("Ensin")
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("sitten")
    expect(page.locator("#text")).to_have_value("Ensin\nsitten")


def test_the_one_who_calls_again_is_recognised(counter: Counter, ring: Callable[..., Answer]) -> None:
    first = counter.page(KERTTU)
    first.goto(ring("09 310 10055").text.strip())
    first.keyboard.insert_text("Ensimmäinen puhelu.")
    first.keyboard.press("Enter")
    number = saved(first)
    again = counter.page(AAPO)
    again.goto(ring("+358931010055").text.strip())
    expect(again.get_by_role("heading", name="Same number before")).to_be_visible()
    expect(again.locator(f"a[href*='/tickets/{number}']")).to_be_visible()


def test_a_hidden_number_is_no_number(counter: Counter, ring: Callable[..., Answer]) -> None:
    page = counter.page(KERTTU)
    page.goto(ring("anonymous").text.strip())
    expect(page.locator("#way-phone")).to_have_value("")


def test_a_call_that_is_let_go_leaves_no_number(counter: Counter, ring: Callable[..., Answer]) -> None:
    told = ring("09 310 10077")
    page = counter.page(KERTTU)
    page.goto(told.text.strip())
    page.get_by_role("button", name="Wrong number").click()
    expect(page.get_by_role("heading", name="Register a call")).to_be_attached()
    assert page.goto(told.text.strip()).status == 404  # type: ignore[union-attr]
    assert "10077" not in counter.visitor(KERTTU).post("/citizens-advice/search", words="09 310 10077").text.split(
        "<main"
    )[1].replace('value="09 310 10077"', "")
    assert not counter.house.rows("SELECT 1 FROM desk_call WHERE ended_at IS NOT NULL AND number IS NOT NULL")


@pytest.mark.parametrize("word", ["", "a-guess", "of the other desk"])
def test_without_the_desks_own_secret_nobody_tells_of_a_call(
    counter: Counter, ring: Callable[..., Answer], word: str
) -> None:
    if word == "of the other desk":
        word = counter.house.balie("phone", "token", "publications").stdout.strip()
    before = counter.house.rows("SELECT count(*) FROM desk_call")
    assert ring("09 310 10088", word=word).status == 404
    assert counter.house.rows("SELECT count(*) FROM desk_call") == before


def test_another_desk_never_hears_of_it(counter: Counter, ring: Callable[..., Answer]) -> None:
    told = ring("09 310 10099")
    noor = counter.visitor(NOOR)
    assert noor.get(told.location).status == 404
    assert noor.get(told.location.replace("citizens-advice", "publications")).status == 404
    assert "10099" not in noor.get("/publications/calls").text


def test_the_event_is_documented_as_it_is_taken(counter: Counter) -> None:
    from django.conf import settings

    docs = settings.PACKAGE.parents[1] / "docs"
    told = (docs / "incoming-calls.md").read_text("utf-8")
    for word in ("/calls/incoming", "Authorization: Bearer", "number", "201", "Location", "balie phone token"):
        assert word in told
