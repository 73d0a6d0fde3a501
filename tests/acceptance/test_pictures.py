"""The manual's pictures are taken from the running product: `make pictures` keeps them in docs/pictures/."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.acceptance import test_ten_messages as ten_messages
from tests.counter import Counter
from tests.pages.test_accessible import unreadable
from tests.visitor import KERTTU, NOOR, TEUN

KEPT = Path(__file__).parents[2] / "docs" / "pictures"

# Name, who looks, which page, size, and what must be on it.
PICTURES = (
    ("ticket", NOOR, "/publications/tickets/1002", (1440, 860), ".blot"),
    ("queue", NOOR, "/publications/tickets", (1440, 560), ".row"),
    ("call", KERTTU, "/citizens-advice/calls", (1440, 860), "textarea"),
    ("register", NOOR, "/publications/register", (1440, 860), ".card"),
    ("mail", TEUN, "/publications/mail", (1440, 1180), ".lines"),
    ("notice", None, "/citizens-advice/notice", (1100, 900), ".brief"),
)


@pytest.mark.parametrize(("name", "who", "path", "size", "shows"), PICTURES, ids=[one[0] for one in PICTURES])
def test_the_manual_shows_what_is_there(
    counter: Counter,
    chromium: Browser,
    tmp_path: Path,
    name: str,
    who: object,
    path: str,
    size: tuple[int, int],
    shows: str,
) -> None:
    folder = KEPT if os.environ.get("PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    if name == "mail":
        unreadable(counter, "publications")
    page = counter.page(who)  # type: ignore[arg-type]
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(counter.house.url + path)
    assert page.locator(shows).count()
    page.screenshot(path=folder / f"{name}.png", caret="hide", animations="disabled")
    assert (KEPT / f"{name}.png").exists(), "run `make pictures`"


def test_every_picture_of_the_manual_is_one_of_these() -> None:
    named = {name for text in KEPT.parent.glob("*.md") for name in _pictures(text.read_text("utf-8"))}
    named |= _pictures((KEPT.parents[1] / "README.md").read_text("utf-8"))
    assert named <= {one[0] for one in PICTURES} | {ten_messages.NAME}


def _pictures(text: str) -> set[str]:
    return {part.partition(".png")[0] for part in text.split("pictures/")[1:] if ".png" in part}
