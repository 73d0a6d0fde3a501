"""The pages of both doors in each of their states, and somebody who goes through them: for axe-core and for the manual's pictures."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Browser, Page, ViewportSize, expect

from balie.config.demonstration import PASSWORD, Demo
from tests.browser import visit
from tests.counter import Running
from tests.scene import Scene
from tests.states_of_the_register import afresh, mistake_a_box, mistake_the_file, propose, propose_a_fault

SIZE: ViewportSize = {"width": 1440, "height": 900}
FOLDED = ", ".join(
    f"{one} > summary" for one in (".strip", ".quote", ".kept", ".more-fields", ".edit", ".by-item", "details.card")
)
ASSIGN, SORT, TAKE = (
    f".bulk {one}" for one in ("[type=submit]:not([name], [formaction])", "[formaction*=sorting]", "[name=to]")
)


class State(NamedTuple):
    """A page, and what is done there before it is looked at.

    who: who looks; `changes` is a member of staff whose act is taken back. before: what a colleague does there first.
    ends: the route to which the act leads, where that is another one.
    """

    name: str
    path: str
    act: Callable[[Page], None] | None = None
    who: str = "staff"
    before: Callable[[Page], None] | None = None
    ends: str = ""


def states(scene: Scene) -> list[State]:
    """Every page of both doors with what can be open on it; the last ones change something."""
    desk, rich = f"/{scene.desk}", scene.rich.path
    activity = "service-desk" if scene.desk == "publications" else "advice"
    return [
        State("desks", "/", who="anybody"),
        State("notice", f"{desk}/notice", who="anybody"),
        State("earlier notice", f"{desk}/notice/versions/1", who="anybody"),
        State("version", f"/register/{scene.desk}/{activity}/versions/2", who="anybody"),
        State("earlier version", f"/register/{scene.desk}/{activity}/versions/1", who="anybody"),
        State("nothing here", f"{desk}/no-such-page", who="anybody"),
        State("sign-in", f"{desk}/sign-in", who="anybody"),
        State("sign-in refused", f"{desk}/sign-in", _signs_in_wrongly, who="anybody"),
        State("code", f"{desk}/sign-in", lambda page: _signs_in(page, scene.agent), who="anybody", ends="sign-in-code"),
        State("queue", f"{desk}/tickets"),
        State("open", f"{desk}/tickets?view=open"),
        State("mine", f"{desk}/tickets?view=mine"),
        State("followed", f"{desk}/tickets?view=followed"),
        State("waiting", f"{desk}/tickets?view=waiting"),
        State("closed", f"{desk}/tickets?view=closed"),
        State("own view", f"{desk}/tickets?view=v{scene.view}"),
        State("bulk bar", f"{desk}/tickets?view=open", lambda page: _ticks(page, scene)),
        State("assign several", f"{desk}/tickets?view=open", lambda page: _presses(page, scene, ASSIGN)),
        State("sort several", f"{desk}/tickets?view=open", lambda page: _presses(page, scene, SORT)),
        State("beside", f"{rich}?view=open"),
        State("ticket", rich),
        State("writing", rich, _at_the_composer),
        State("at work", f"{rich}?view=open", lambda page: _ticks(page, scene)),
        State("note", rich, lambda page: page.locator("label[for=write-note]").click()),
        State("reached", rich, _shows),
        State("who takes it", rich, lambda page: page.locator("[data-key=assign]").click()),
        State("account", rich, lambda page: page.locator(".menu.end > summary").click()),
        State("refused", rich, _links_to_nothing),
        State("doubted", scene.doubted.path),
        State("unreadable", scene.unread.path),
        State("objection", scene.objected.path),
        State("closed ticket", scene.closed.path),
        State("merging", f"{rich}/merging?into={scene.twin.number}"),
        State("palette", rich, lambda page: _summons(page, "")),
        State("palette finds", f"{desk}/tickets", lambda page: _summons(page, scene.rich.sender[:5])),
        State("keys", f"{desk}/tickets", _asks_for_keys),
        State("call", scene.call, _is_told),
        State("no call", f"{desk}/calls"),
        State("search", f"{desk}/search"),
        State("what can be asked", f"{desk}/search", _begins_to_ask),
        State("found", f"{desk}/search", lambda page: _searches(page, scene.rich.sender)),
        State("nothing found", f"{desk}/search", lambda page: _searches(page, "onvindbaarwoord")),
        State("not understood", f"{desk}/search", lambda page: _searches(page, "status:nonsense")),
        State("settings", f"{desk}/settings"),
        State("settings kept", f"{desk}/settings", _keeps_keys),
        State("views", f"{desk}/views"),
        State("view", f"{desk}/views/{scene.view}"),
        State("register", f"{desk}/register"),
        State("what goes when", f"{desk}/register/forecast"),
        State("evidence and reviews", f"{desk}/register/evidence"),
        State("older data", f"{desk}/register/older-data"),
        State("what waits to be destroyed", f"{desk}/register/destruction", who="officer"),
        State("what was destroyed", f"{desk}/register/declarations"),
        State("a declaration of destruction", f"{desk}/register/declarations/2026-01"),
        State("what a version changed", f"{desk}/register/versions/2"),
        State("change the register", f"{desk}/register/editor"),
        State("no such term", f"{desk}/register/editor", mistake_a_box),
        State("next version", f"{desk}/register/proposal", afresh),
        State("proposed by oneself", f"{desk}/register/proposal", propose),
        State("proposed by another", f"{desk}/register/proposal", who="officer", before=propose),
        State("proposed with a fault", f"{desk}/register/proposal", propose_a_fault),
        State("no register", f"{desk}/register/proposal", mistake_the_file),
        State("register of the officer", f"{desk}/register", who="officer"),
        State("ticket of the officer", rich, who="officer"),
        State("on hold", scene.closed.path, who="officer"),
        State("mail", f"{desk}/mail"),
        State("undo", f"{desk}/tickets?view=open", lambda page: _presses(page, scene, TAKE), who="changes"),
        State("waits", scene.twin.path, _answers),
        State("sent", f"{desk}/tickets", who="changes"),
    ]  # fmt: skip


class Looking:
    """Those who go from page to page: a member of staff, the privacy officer, and anybody."""

    def __init__(self, running: Running, browser: Browser, who: Demo, officer: Demo, language: str) -> None:
        self.house, self.hosts, self.broken, self.measures = running.house, set[str](), list[str](), False
        self._contexts = {name: visit(browser, language=language) for name in ("staff", "officer", "anybody")}
        for name, one in (("staff", who), ("officer", officer)):
            cookie = running.visitor(one).cookie("session")
            assert cookie is not None
            known = {"name": "session", "value": cookie.value or "", "url": self.house.url}
            self._contexts[name].add_cookies([known])  # type: ignore[list-item]
        self._pages = {name: self._page(name) for name in self._contexts}

    def __enter__(self) -> "Looking":
        return self

    def __exit__(self, *_: object) -> None:
        for context in self._contexts.values():
            context.close()

    def _page(self, name: str) -> Page:
        page = self._contexts[name].new_page()
        page.set_viewport_size(SIZE)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.on("request", lambda request: self.hosts.add("/".join(request.url.split("/")[:3])))
        page.on("console", lambda told: self._listen(told.text))
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        return page

    def _listen(self, told: str) -> None:
        """axe-core tries styles of its own, in vain; it is no part of the page."""
        if "Content Security Policy" in told and not self.measures:
            self.broken.append(told)

    def at(self, state: State, *, unfolded: bool = True) -> Page:
        """The page in its state, with all that folds open or as it comes."""
        page = self._pages["staff" if state.who == "changes" else state.who]
        if state.before:
            self._pages["staff"].goto(self.house.url + state.path)
            state.before(self._pages["staff"])
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.measures = False
        page.set_viewport_size(SIZE)
        page.goto(self.house.url + state.path)
        if unfolded:
            page.evaluate(
                "them => document.querySelectorAll(them).forEach(one => (one.parentElement.open = true))", FOLDED
            )
        if state.act:
            state.act(page)
        return page

    def back(self, state: State) -> None:
        """What was changed is changed back, if there is time left for that."""
        button = self._pages["staff"].locator(".toast button[type=submit]")
        if state.who == "changes" and button.is_visible():
            button.click()
            expect(self._pages["staff"].locator(".toast")).to_have_count(0)


def _signs_in_wrongly(page: Page) -> None:
    page.locator("[name=email]").fill("nobody@example.org")
    page.locator("[name=password]").fill("not the password")
    page.locator(".gate [type=submit]").first.click()
    expect(page.locator(".notice.bad, [aria-invalid]").first).to_be_visible()


def _ticks(page: Page, scene: Scene) -> None:
    for one in scene.chosen:
        page.locator(f"#t{one.number} .tick").click()
    page.mouse.move(0, 0)
    expect(page.locator(".bulk")).to_be_visible()


def _presses(page: Page, scene: Scene, button: str) -> None:
    _ticks(page, scene)
    page.locator(button).click()
    page.wait_for_load_state()
    expect(page.locator(".toast, .page").first).to_be_visible()


def _shows(page: Page) -> None:
    page.locator("[data-reveal] [type=submit]").first.click()
    expect(page.locator(".told").first).to_contain_text("@example.org")


def _links_to_nothing(page: Page) -> None:
    page.locator("#into").fill("999999")
    page.locator("#related .btn:not(.quiet)").last.click()
    expect(page.locator(".notice.bad")).to_be_visible()


def _summons(page: Page, words: str) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.locator("#found [role=option]").first).to_be_visible()
    if words:
        page.keyboard.type(words)
        expect(page.locator(f"#found [data-words='{words}']")).to_be_visible()


def _asks_for_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def _begins_to_ask(page: Page) -> None:
    page.locator("#words").press_sequentially("sta")
    expect(page.locator(".completions [role=option]").first).to_be_visible()


def _searches(page: Page, words: str) -> None:
    page.locator("#words").fill(words)
    page.locator(".asking [type=submit]").click()
    expect(page.locator(".found, .notice.bad").first).to_be_visible()


def _keeps_keys(page: Page) -> None:
    page.locator("[name=usual]").click()
    expect(page.locator(".notice.good")).to_be_visible()


def _answers(page: Page) -> None:
    page.locator("#answer").fill("Zo staat het ermee.")
    page.locator(".write.answer .btn.first").click()
    expect(page.locator(".waits").first).to_be_visible()


def _signs_in(page: Page, who: Demo) -> None:
    page.locator("[name=email]").fill(who.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(".gate [type=submit]").first.click()
    expect(page.locator("[name=code]")).to_be_visible()


def _is_told(page: Page) -> None:
    page.locator("#text").fill("Kysyi, mistä saa ajanvarauksen passia varten. Neuvottu varaamaan puhelimitse.")


def _at_the_composer(page: Page) -> None:
    page.locator(".composer").evaluate("one => one.scrollIntoView({ block: 'end' })")
