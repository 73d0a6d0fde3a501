"""What readers set for themselves: twice as large, less motion, colours of their own; and the focus, which nothing covers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PATIENCE
from tests.counter import Asked, Counter
from tests.visitor import NOOR

STEPS = 45  # of the Tab key, each way: through the head, the conversation and what stands beside it


@pytest.fixture
def asked(counter: Counter) -> Asked:
    """A ticket that is longer than the window."""
    asked = counter.ask("publications", "Een lange vraag", "\n\n".join(f"Regel {line}." for line in range(40)))
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    noor.post(f"{asked.path}/notes", text="Geen haast.", kind="note")
    return asked


@pytest.fixture
def enlarged(counter: Counter, chromium: Browser) -> Iterator[Page]:
    """A window of 1440 by 900 in which the browser shows everything at 200 %."""
    context = chromium.new_context(viewport={"width": 720, "height": 450}, device_scale_factor=2, locale="nl")
    context.set_default_timeout(PATIENCE)
    cookie = counter.visitor(NOOR).cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value or "", "url": counter.house.url}])
    yield context.new_page()
    context.close()


def opened(counter: Counter, asked: Asked, *, width: int = 1440) -> Page:
    page = counter.page(NOOR)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{counter.house.url}{asked.path}?view=open")
    return page


def test_at_twice_the_size_everything_is_there_and_nothing_stands_before_it(
    enlarged: Page, counter: Counter, asked: Asked
) -> None:
    """WCAG 1.4.4 and 1.4.10: one column that scrolls with the page, and the work can be done in it."""
    enlarged.goto(f"{counter.house.url}/publications/tickets?view=open")
    enlarged.locator(f"#t{asked.number} .subject").click()
    expect(enlarged.locator("#ticket-title")).to_be_focused()
    assert enlarged.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert enlarged.evaluate(
        "getComputedStyle(document.querySelector('.ticket-top')).position !== 'sticky'"
        " && [...document.querySelectorAll('header, nav')].every(one => getComputedStyle(one).position !== 'sticky')"
    )
    enlarged.locator("label[for=write-note]").click()
    enlarged.locator("#note").fill("Op twee keer de grootte geschreven")
    enlarged.locator(".write.note [type=submit]").last.click()
    expect(enlarged.locator(".msg.inside").last).to_contain_text("Op twee keer de grootte geschreven")


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_moves_for_whoever_asked_for_that(width: int, counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked, width=width)
    moving = """() => [...document.querySelectorAll('*')].flatMap(one => ['', '::before', '::after'].map(part => {
        const style = getComputedStyle(one, part || null);
        const longest = (...times) => Math.max(...times.flatMap(time => time.split(',').map(parseFloat)));
        const animated = style.animationName.split(',').some(name => !/^ ?(none|snap-)/.test(name));
        return longest(style.transitionDuration) > 0 || animated ? `${one.localName}.${one.className}${part}` : '';
    })).filter(Boolean)"""
    assert page.evaluate(moving) != []
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == []


def test_with_colours_of_ones_own_lines_and_words_carry_it(counter: Counter, asked: Asked) -> None:
    page = opened(counter, asked)
    page.emulate_media(forced_colors="active")
    for state in (".row[data-state~=current]", ".views [aria-current]", ".composer-tabs input:checked + label"):
        expect(page.locator(state).first).to_have_css("outline-style", "solid")
    for part in (".btn.first", ".msg.inside", ".btn.small", ".set"):
        expect(page.locator(part).first).not_to_have_css("border-top-style", "none")
    expect(page.locator(".row .state").first).to_have_text("New")
    page.locator("#answer").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement.matches('.sr') ? document.querySelector('.composer-tabs "
                         "input:focus-visible + label') : document.activeElement).outlineStyle") == "solid"  # fmt: skip


@pytest.mark.parametrize("back", [False, True])
def test_what_has_the_focus_is_not_covered(back: bool, counter: Counter, asked: Asked) -> None:
    """WCAG 2.4.11: on a page whose head stays in sight, one that goes on or back with Tab sees where one is."""
    page = opened(counter, asked)
    page.locator("#answer" if back else "#ticket-title").focus()
    covered = []
    for _ in range(STEPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        covered += page.evaluate(
            """() => {
                const at = document.activeElement, box = at.getBoundingClientRect();
                if (at === document.body || at.matches('.sr') || box.width < 2) return []; // what is hidden is shown by its label
                const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                return seen && (at.contains(seen) || seen.contains(at)) ? [] : [at.outerHTML.slice(0, 120)];
            }"""
        )
    assert covered == []


def test_the_page_itself_stays_where_it_is(counter: Counter, asked: Asked) -> None:
    """Beside each other the panes scroll, and never the page under its bar."""
    page = opened(counter, asked)
    page.goto(f"{page.url}#latest")
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight - innerHeight]") == [0, 0]
