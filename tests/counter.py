"""A desk at work, as one test uses it: write in by mail, call, sit at the desk as a member of staff, read what was sent."""

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Self

from playwright.sync_api import Browser, Page

from balie.config.demonstration import Demo
from tests.browser import visit
from tests.installation import Installation, mail
from tests.visitor import KERTTU, NOOR, Visitor, signed_in

ADDRESSES = {
    "publications": "servicedesk@publications.test",
    "newsletter-editors": "redactietoegang@newsletter-editors.test",
    "telecom": "servicedesk@telecom.test",
    "municipal-websites": "support@municipal-websites.test",
    "citizens-advice": "neuvonta@citizens-advice.test",
}
_people = itertools.count(1)
MANY = 30  # open tickets; a page of a list has fifty


@dataclass(frozen=True)
class Asked:
    """A question that stands at a desk: its number there, and who asked."""

    desk: str
    number: int
    sender: str

    @property
    def path(self) -> str:
        return f"/{self.desk}/tickets/{self.number}"


class Running:
    """An installation with its doors open, and the staff who have signed in there."""

    def __init__(self, house: Installation) -> None:
        self.house = house
        self._staff: dict[str, Visitor] = {}

    def visitor(self, who: Demo) -> Visitor:
        """A member of staff at the web door, signed in once for all tests."""
        if who.email not in self._staff:
            self._staff[who.email] = signed_in(self.house.url, who)
        return self._staff[who.email]

    def tidy(self) -> None:
        """Close what earlier tests left open, as an agent does, before a list has a second page: tests look for theirs on the first."""
        for desk, who in (("publications", NOOR), ("citizens-advice", KERTTU)):
            query = "SELECT number FROM desk_ticket WHERE desk = ? AND status != 'closed' AND restricted_at IS NULL"
            numbers = [str(number) for (number,) in self.house.rows(query, desk)]
            if len(numbers) > MANY:
                agent = self.visitor(who)
                agent.get(f"/{desk}/tickets")
                assert agent.post(f"/{desk}/tickets/closure", ticket=numbers).status == 303


class Counter:
    """One test's way to the doors."""

    def __init__(self, running: Running, browser: Callable[[], Browser]) -> None:
        self.running, self.house = running, running.house
        self._browser, self._open = browser, ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def visitor(self, who: Demo) -> Visitor:
        return self.running.visitor(who)

    def page(self, who: Demo | None = None, *, language: str = "en", script: bool = True) -> Page:
        """A page in a browser of one's own: of a member of staff, or of anybody."""
        context = visit(self._browser(), language=language, script=script)
        self._open.callback(context.close)
        if who is not None:
            cookie = self.visitor(who).cookie("session")
            assert cookie is not None
            context.add_cookies([{"name": "session", "value": cookie.value or "", "url": self.house.url}])
        return context.new_page()

    def ask(self, desk: str, subject: str, text: str, *, sender: str = "", name: str = "") -> Asked:
        """Somebody writes to a desk by SMTP; the ticket on which it then stands."""
        sender = sender or new_address()
        written = mail(sender=sender, to=ADDRESSES[desk], subject=subject, text=text, name=name)
        return self.deliver(desk, written, sender=sender)

    def deliver(self, desk: str, written: EmailMessage | bytes, *, sender: str) -> Asked:
        """The same for a mail that was made elsewhere."""
        return Asked(desk, deliver(self.house, desk, written, sender=sender), sender)

    def sent_to(self, address: str, *, count: int = 1) -> list[EmailMessage]:
        """What our mail server was given for an address, once so many mails have come."""
        self.house.wait(lambda: len(self.house.sink.to(address)) >= count)
        return self.house.sink.to(address)

    @contextmanager
    def opened(self, who: Demo, asked: Asked, *, script: bool = True) -> Iterator[Page]:
        """A ticket in a member of staff's browser."""
        page = self.page(who, script=script)
        page.goto(self.house.url + asked.path)
        yield page


def new_address() -> str:
    """An address that nobody in these tests has used yet."""
    return f"writer-{next(_people)}@example.org"


def deliver(house: Installation, desk: str, written: EmailMessage | bytes, *, sender: str, to: str = "") -> int:
    """Send a mail by SMTP and wait until it was read; the number of the ticket that it opened or joined.

    to: of the envelope; the desk's address where nothing is said.
    """
    before = house.rows("SELECT coalesce(max(rowid), 0) FROM desk_message")[0][0]
    house.send(written, sender=sender, to=to or ADDRESSES[desk])
    house.wait_until_read()
    query = """SELECT t.number FROM desk_message m JOIN desk_ticket t ON t.handle = m.ticket_id
               WHERE m.rowid > ? AND t.desk = ? AND m.arrival IS NOT NULL ORDER BY m.rowid DESC LIMIT 1"""
    return int(house.rows(query, before, desk)[0][0])


def number_in(mail: EmailMessage) -> int:
    """The number of the ticket in the subject of a mail that the desk sent."""
    found = re.search(r"\[(\d+)\]", str(mail["Subject"]))
    assert found, mail["Subject"]
    return int(found[1])


def text_of(mail: EmailMessage) -> str:
    """What a mail says to its reader, with line ends as in a text of ours."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
