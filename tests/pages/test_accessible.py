"""Every page in every language and both colour schemes: without a violation that axe-core can find (WCAG 2.2 AA), whole at any
width, and from our own host alone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import visit
from tests.counter import ADDRESSES, Asked, Counter, new_address
from tests.installation import mail
from tests.visitor import AAPO, KERTTU, NOOR, TEUN

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FOLDED = (
    ".strip summary, .quote > summary, .kept > summary, .more-fields > summary, .edit > summary, .by-item > summary"
)
WIDTHS = (1440, 1024, 390, 320)


WRITTEN = """Mijn BSN is 111222333.

Met vriendelijke groet,
Joris Wending
Gemeente Waterbeke
020 123 4567

Op ma 23 nov 2026 om 10:12 schreef Servicedesk <servicedesk@publications.test>:

> Kunt u het nog eens proberen?
"""


def pages_of(counter: Counter, desk: str) -> list[str]:
    """One address of each page, with a ticket that has something of everything on it."""
    who = NOOR if desk == "publications" else KERTTU
    asked = counter.ask(desk, "Foutmelding bij het inloggen", WRITTEN, name="Joris Wending")
    counter.visitor(who).get(asked.path)
    counter.visitor(who).post(f"{asked.path}/notes", text="Geslacht: v", kind="note")
    activity = "service-desk" if desk == "publications" else "advice"
    doubted, unread = (one.path for one in (doubtful(counter, desk), unreadable(counter, desk)))
    inside = [
        "tickets",
        "tickets?view=mine",
        f"tickets/{asked.number}?view=open",
        f"tickets/{asked.number}",
        f"tickets/{asked.number}/merging?into=1",
    ]
    others = ["calls", "search", "settings", "register", "mail", "sign-in", "notice", "no-such-page"]
    own = [f"/{desk}/{one}" for one in (*inside, *others)]
    return ["/", f"/register/{desk}/{activity}/versions/1", *own, doubted, unread]


def doubtful(counter: Counter, desk: str) -> Asked:
    """A mail about whose sender there is a warning, with a file and a picture in its text."""
    written = mail(sender="bode@example.org", to=ADDRESSES[desk], subject="Bijlagen", text="Zie de bijlagen.")
    written["Reply-To"] = "elders@example.net"
    written.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="besluit.pdf")
    logo = {"maintype": "image", "subtype": "png", "filename": "logo.png"}
    written.add_attachment(b"PNG", disposition="inline", cid="<logo@example.org>", **logo)
    return counter.deliver(desk, written, sender="bode@example.org")


def unreadable(counter: Counter, desk: str) -> Asked:
    """A mail with part within part within part, deeper than anybody opens."""
    raw = f"From: {new_address()}\r\nSubject: Pop in pop\r\nMIME-Version: 1.0\r\n"
    parts = (f'Content-Type: multipart/mixed; boundary="b{deep}"\r\n\r\n--b{deep}\r\n' for deep in range(200))
    asked = counter.deliver(desk, (raw + "".join(parts) + "\r\nDag\r\n").encode(), sender="pop@example.org")
    assert "could not be read" in counter.visitor(TEUN if desk == "publications" else AAPO).get(asked.path).text
    return asked


def unfolded(page: Page, url: str) -> None:
    page.goto(url)
    for summary in page.locator(FOLDED).all():
        if summary.is_visible():
            summary.click()


@pytest.fixture
def staff(counter: Counter, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An agent's browser who is the administrator too, in one language and colour scheme."""
    desk, language, scheme = request.param
    context = visit(chromium, language=language)
    cookie = counter.visitor(TEUN if desk == "publications" else AAPO).cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value or "", "url": counter.house.url}])
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    yield page
    context.close()


@pytest.mark.parametrize(
    "staff",
    [
        ("publications", "nl", "light"),
        ("citizens-advice", "fi", "light"),
        ("publications", "en", "light"),
        ("publications", "nl", "dark"),
    ],
    indirect=True,
    ids=lambda given: "-".join(given),
)
def test_nothing_stands_in_anybodys_way(counter: Counter, staff: Page, request: pytest.FixtureRequest) -> None:
    desk = request.node.callspec.params["staff"][0]
    found = []
    for path in pages_of(counter, desk):
        unfolded(staff, counter.house.url + path)
        found += [
            f"{path}: {one['id']} at {one['nodes'][0]['html'][:200]}"
            for one in Axe().run(staff, options=RULES).response["violations"]
        ]
    assert found == []


def test_every_page_is_whole_at_every_width(counter: Counter) -> None:
    page = counter.page(AAPO, language="fi")
    wide = []
    for path in pages_of(counter, "citizens-advice"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            unfolded(page, counter.house.url + path)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wide += [f"{path} at {width}: {over} px too wide"] if over > 0 else []
    assert wide == []


def test_no_page_asks_another_host_and_none_breaks_its_policy(counter: Counter) -> None:
    page = counter.page(TEUN)
    asked: set[str] = set()
    broken: list[str] = []
    page.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    page.on(
        "console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.on("pageerror", lambda error: broken.append(str(error)))
    for path in pages_of(counter, "publications"):
        unfolded(page, counter.house.url + path)
    assert asked == {counter.house.url}
    assert broken == []
