"""A conversation of ten mails, across four mail programs and three languages, reads as ten short texts; nothing is lost.

The mails are sent by SMTP, one after another as people do, each repeating all that was written before. `make pictures` keeps the
picture for the manual.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.counter import Asked, Counter, Running, deliver
from tests.ten_mails import ADDRESS, ELS, TEN, laid_out, mails
from tests.visitor import NOOR

KEPT = Path(__file__).parents[2] / "docs" / "pictures"
NAME = "ten-messages"


@pytest.fixture(scope="module")
def conversation(running: Running) -> Asked:
    """The ticket on which the ten stand. Whoever answers writes to the address that the desk's acknowledgement gave."""
    to, number = ADDRESS, 0
    for place, (told, mail) in enumerate(mails(to)):
        del mail["To"]
        mail["To"] = to
        joined = deliver(running.house, "publications", mail, sender=told.by.address, to=to)
        if place == 0:
            number = joined
            running.house.wait(lambda: running.house.sink.to(ELS.address))
            to = running.house.sink.to(ELS.address)[-1]["Reply-To"].addresses[0].addr_spec
        assert joined == number, f"the mail by {told.program} ({told.language}) stands on another ticket"
    return Asked("publications", number, ELS.address)


def opened(counter: Counter, asked: Asked, *, script: bool = True) -> Page:
    page = counter.page(NOOR, script=script)
    page.goto(counter.house.url + asked.path)
    assert page.locator(".msg").count() == len(TEN)
    return page


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read_at_first_sight(page: Page) -> list[str]:
    """What stands on each message for whoever opens nothing, but for the words on the folds themselves."""
    texts = page.locator(".msg .msg-text").all()
    return [plain(re.sub("|".join(map(re.escape, folds(one))) or "$^", "", one.inner_text())) for one in texts]


def folds(text: object) -> list[str]:
    return [one.inner_text() for one in text.locator(".quote > summary").all()]  # type: ignore[attr-defined]


def test_ten_long_mails_are_ten_short_texts(counter: Counter, conversation: Asked) -> None:
    """Each is what its writer said now, to the letter; the last repeats nine others and shows none of them."""
    page = opened(counter, conversation)
    assert read_at_first_sight(page) == [plain(" ".join(told.new)) for told in TEN]
    longest = max(len(made.text) for _told, made in laid_out())
    assert longest > 10 * max(len(one) for one in read_at_first_sight(page))


def test_each_is_folded_by_what_it_is(counter: Counter, conversation: Asked) -> None:
    page = opened(counter, conversation)
    kinds = [
        [fold.get_attribute("data-fold") for fold in one.locator(".quote").all()]
        for one in page.locator(".msg-text").all()
    ]
    assert ["quotation" in one for one in kinds] == [place > 0 for place in range(len(TEN))]
    assert all({"signature", "device"} & set(one) for one in kinds)


@pytest.mark.parametrize("script", [True, False])
def test_unfolded_each_mail_stands_there_whole_and_in_order(
    script: bool, counter: Counter, conversation: Asked
) -> None:
    """With the keyboard and without script as well: every line of the mail, in its order, but what is masked."""
    page = opened(counter, conversation, script=script)
    for summary in page.locator(".quote > summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    assert page.locator(".quote:not([open])").count() == 0
    for message, lines in zip(page.locator(".msg-text").all(), whole_lines(), strict=True):
        shown, at = plain(message.inner_text()), 0
        for line in lines:
            found = shown.find(line, at)
            assert found >= 0, f"«{line}» is not there, or not in its place, in: {shown}"
            at = found + len(line)


def whole_lines() -> Iterator[list[str]]:
    """The lines of each mail as its reader could see them, in order; a number that the desk masks is left out of its line."""
    for told, made in laid_out():
        text = made.text or made_from_page(made.html)
        lines = [plain(line.replace("\u00a0", " ")) for line in text.splitlines()]
        yield [line for line in lines if line and line != "-- " and not re.search(r"\d{3} \d", line)] or [told.new[0]]


def made_from_page(html: str) -> str:
    """The text of a page, without asking the product how it would read it."""
    import html as entities

    broken = re.sub(r"<br>|</p>|</div>", "\n", html)
    return entities.unescape(re.sub(r"<[^>]+>", "", broken))


def test_what_is_masked_is_masked_in_all_ten(counter: Counter, conversation: Asked) -> None:
    """The first writer's number stands in nine quotations: if the desk masks it once, it masks it everywhere."""
    page = opened(counter, conversation)
    for summary in page.locator(".quote > summary").all():
        summary.click()
    counts = [one.inner_text().count("020 123 4567") > 0 for one in page.locator(".msg-text").all()]
    assert len(set(counts)) == 1


def test_the_manual_shows_it(counter: Counter, conversation: Asked, chromium: Browser, tmp_path: Path) -> None:
    folder = KEPT if os.environ.get("PICTURES") else tmp_path
    page = opened(counter, conversation)
    page.set_viewport_size({"width": 1100, "height": 4000})
    last = page.locator(".msg").last.bounding_box()
    assert last is not None
    page.set_viewport_size({"width": 1100, "height": int(last["y"] + last["height"]) + 24})
    page.screenshot(path=folder / f"{NAME}.png", caret="hide", animations="disabled")
    assert (KEPT / f"{NAME}.png").exists(), "run `make pictures`"
