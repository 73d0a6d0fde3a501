"""The manual's pictures are taken from the running product, each page at three widths: `make pictures` keeps them in docs/pictures/."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.acceptance import test_ten_messages as ten_messages
from tests.counter import Running
from tests.installation import Installation
from tests.palette import reduced
from tests.scene import Scene, set_up
from tests.states import Looking, State, states

pytestmark = pytest.mark.xdist_group("pictures")

KEPT = Path(__file__).parents[2] / "docs" / "pictures"
SIZES = {1440: 860, 1024: 720, 390: 760}
# Folded out, and whole before the eye if it fits there; else from its beginning.
_OPEN = """one => {
    one.open = true;
    one.scrollIntoView({ block: one.offsetHeight > 0.7 * innerHeight ? "start" : "nearest" });
}"""
_DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"  # at this width, in this place
MOST = 4_000_000  # bytes that the pictures may weigh together


class Picture(NamedTuple):
    """A page of the manual: in which state it is shown, at which desk, in which colours.

    narrow: the state at the last width, where that is another one. head: the administrator looks, not an agent.
    opened: what is folded out there and brought before the eye.
    """

    name: str
    state: str
    desk: str = "publications"
    scheme: str = "light"
    narrow: str = ""
    head: bool = False
    opened: str = ""

    def file(self, width: int) -> str:
        return f"{self.name}-{width}"


PICTURES = (
    Picture("queue", "at work", narrow="bulk bar"),
    Picture("queue-dark", "at work", scheme="dark", narrow="bulk bar"),
    Picture("ticket", "ticket"),
    Picture("writing", "writing"),
    Picture("note", "note"),
    Picture("palette", "palette"),
    Picture("keys", "keys"),
    Picture("search", "found"),
    Picture("call", "call", "citizens-advice"),
    Picture("several", "assign several"),
    Picture("merging", "merging"),
    Picture("views", "views"),
    Picture("settings", "settings"),
    Picture("objection", "objection", opened="#objection .edit"),
    Picture("hold", "on hold", opened="#holds .edit"),
    Picture("register", "register", head=True),
    Picture("forecast", "what goes when", head=True),
    Picture("comparison", "what a version changed", head=True, opened=".by-item"),
    Picture("editor", "change the register", head=True),
    Picture("editor-items", "change the register", head=True, opened="#items"),
    Picture("editor-recipients", "change the register", head=True, opened="#recipients"),
    Picture("editor-texts", "change the register", head=True, opened="#texts"),
    Picture("next-version", "next version", head=True),
    Picture("proposal", "proposed by another", head=True),
    Picture("proposal-fault", "proposed with a fault", head=True),
    Picture("mail", "mail", head=True),
    Picture("sign-in", "sign-in"),
    Picture("code", "code"),
    Picture("desks", "desks"),
    Picture("notice", "notice", "citizens-advice"),
    Picture("earlier-notice", "earlier notice", "citizens-advice", opened=".by-item"),
    Picture("version", "version"),
    Picture("nothing-here", "nothing here"),
)


@pytest.fixture(scope="module")
def scenes(
    settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Running, dict[str, Scene]]]:
    """A house of their own, so that nothing of another test stands in a picture."""
    house = settle(tmp_path_factory.mktemp("pictures"))
    with house.serving():
        running = Running(house)
        yield running, {desk: set_up(running, desk) for desk in ("publications", "citizens-advice")}


@pytest.fixture(scope="module")
def looking(scenes: tuple[Running, dict[str, Scene]], chromium: Browser) -> Iterator[Callable[[str, str], Looking]]:
    """Who looks, at which desk: one window for each."""
    open_ones: dict[tuple[str, str], Looking] = {}

    def window(desk: str, who: str) -> Looking:
        if (desk, who) not in open_ones:
            open_ones[desk, who] = Looking(
                scenes[0], chromium, getattr(scenes[1][desk], who), scenes[1][desk].officer, "en"
            )
        return open_ones[desk, who]

    yield window
    for one in open_ones.values():
        one.__exit__()


@pytest.mark.parametrize("picture", PICTURES, ids=[one.name for one in PICTURES])
def test_the_manual_shows_what_is_there(picture: Picture, request: pytest.FixtureRequest) -> None:
    """Taken anew by `make pictures`; whether each page can be brought into its state is tried with axe-core at every run."""
    if os.environ.get("PICTURES"):
        _take(picture, request.getfixturevalue("scenes"), request.getfixturevalue("looking"))
    for width in SIZES:
        assert (KEPT / f"{picture.file(width)}.png").exists(), "run `make pictures`"


def _take(picture: Picture, scenes: tuple[Running, dict[str, Scene]], looking: Callable[[str, str], Looking]) -> None:
    scene = scenes[1][picture.desk]
    scenes[0].visitor(scene.head).get(scene.rich.path)  # a colleague is looking too
    window = looking(picture.desk, "head" if picture.head else "agent")
    for width, height in SIZES.items():
        if width == 1440 or (picture.narrow and width == 390):
            page = window.at(_state(scene, picture.narrow if width == 390 else picture.state), unfolded=False)
            page.emulate_media(color_scheme=picture.scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": height})
        _turn_to(picture, page)
        shown = page.screenshot(caret="hide", animations="disabled")
        (KEPT / f"{picture.file(width)}.png").write_bytes(reduced(shown))


def _turn_to(picture: Picture, page: Page) -> None:
    if picture.name in ("writing", "note"):
        page.locator(".composer").evaluate("one => one.scrollIntoView({ block: 'end' })")
    if picture.opened:
        page.evaluate(_DRAWN)
        page.locator(picture.opened).first.evaluate(_OPEN)
        page.evaluate(_DRAWN)


def _state(scene: Scene, name: str) -> State:
    return next(one for one in states(scene) if one.name == name)


def test_every_picture_of_the_manual_is_one_of_these_and_every_one_of_these_is_in_it() -> None:
    named = {name for text in KEPT.parent.glob("*.md") for name in _pictures(text.read_text("utf-8"))}
    named |= _pictures((KEPT.parents[1] / "README.md").read_text("utf-8"))
    made = {picture.file(width) for picture in PICTURES for width in SIZES} | {ten_messages.NAME}
    assert named == made
    assert {one.stem for one in KEPT.glob("*.png")} == made
    assert sum(one.stat().st_size for one in KEPT.iterdir()) < MOST


def _pictures(text: str) -> set[str]:
    return {part.partition(".png")[0] for part in text.split("pictures/")[1:] if ".png" in part}
