"""Every page in each of its states, in every language and both colour schemes: without a violation that axe-core can find
(WCAG 2.2 AA), whole at any width, and from our own host alone."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.counter import Running
from tests.installation import Installation
from tests.scene import Scene, set_up
from tests.states import SIZE, Looking, states

pytestmark = pytest.mark.xdist_group("accessible")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
# By night the same page has other colours and nothing else: what looks at colours is asked again.
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SCHEMES = {"light": RULES, "dark": COLOURS}
WIDTHS = (1024, 390, 320)  # after the 1440 at which a page is opened
LOOKED_BACK = 30  # seconds for which an answer can be taken back here, the longest that can be set


@pytest.fixture(scope="module")
def scenes(
    settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Running, dict[str, Scene]]]:
    """One house for all combinations, with both desks at work."""
    house = settle(tmp_path_factory.mktemp("accessible"))
    house.env["BALIE_UNDO"] = str(LOOKED_BACK)
    with house.serving():
        running = Running(house)
        yield running, {desk: set_up(running, desk) for desk in ("publications", "citizens-advice")}


@pytest.mark.parametrize(
    ("desk", "language"), [("publications", "nl"), ("citizens-advice", "fi"), ("citizens-advice", "en")]
)
def test_nothing_stands_in_anybodys_way(
    desk: str, language: str, scenes: tuple[Running, dict[str, Scene]], chromium: Browser
) -> None:
    """Each page is loaded once, and looked at in both colour schemes and at every width."""
    running, scene = scenes[0], scenes[1][desk]
    found: list[str] = []
    with Looking(running, chromium, scene.head, scene.officer, language) as looking:
        for state in states(scene):
            page = looking.at(state)
            assert page.locator("html").get_attribute("lang") == language
            looking.measures = True
            for scheme, rules in SCHEMES.items():
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                found += [f"{state.name}, {scheme}: {one}" for one in violations(page, rules)]
            found += [f"{state.name}: {one}" for one in _over_the_edge(page)]
            looking.back(state)
    assert found == []
    assert looking.hosts == {running.house.url}
    assert looking.broken == []


def violations(page: Page, rules: Mapping[str, object] = RULES) -> list[str]:
    """What axe-core finds on a page, read from its top. It is put there once for each page that is loaded."""
    page.evaluate("document.querySelectorAll('main, .ticket, .list').forEach(one => (one.scrollTop = 0))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE};0")
    found = page.evaluate("rules => axe.run(rules).then(found => found.violations)", rules)
    return [f"{one['id']} at {one['nodes'][0]['html'][:200]}" for one in found]


def _over_the_edge(page: Page) -> list[str]:
    bar = page.evaluate("document.querySelector('.bar')?.getBoundingClientRect().top ?? 0")
    found = ["the bar has left the window"] if bar else []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": SIZE["height"]})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"at {width} {over} px too wide"] if over > 0 else []
    page.set_viewport_size(SIZE)
    return found
