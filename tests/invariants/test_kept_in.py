"""Invariant 4, kept in: the program makes no connection but to the mail host that the settings name, looks no name up, and its pages
load nothing from anywhere else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import MISSING, executable, visit
from tests.counter import deliver
from tests.installation import Installation
from tests.visitor import NOOR, Visitor, signed_in

pytestmark = pytest.mark.xdist_group("kept_in")

# Python's own audit events, written down by every process of the installation from its first line on.
LISTENER = """
import json, os, sys

_out = os.open(os.environ["LISTENED"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_WATCHED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostby", "socket.getnameinfo",
            "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "urllib.Request", "ftplib.", "webbrowser.")

def _listen(event, args):
    if event.startswith(_WATCHED):
        told = [str(one) for one in (args[1:] if event.startswith("socket.connect") else args)]
        os.write(_out, (json.dumps({"event": event, "args": told}) + "\\n").encode())

sys.addaudithook(_listen)
"""
OUTSIDE = "tracker.example.org"
PAGES = (
    *("/", "/publications/notice", "/citizens-advice/notice", "/publications/sign-in", "/publications/tickets"),
    *("/publications/search", "/publications/calls", "/publications/register", "/nothing-here"),
)


@dataclass
class Heard:
    house: Installation
    pages: list[str]
    policies: list[str]
    events: list[dict[str, Any]]

    def of(self, *kinds: str) -> list[list[str]]:
        return [one["args"] for one in self.events if one["event"].startswith(kinds)]


def letter(sender: str) -> EmailMessage:
    """A mail that would like its reader's programme to go out: pictures, styles, a form, a link, an outside body, a receipt."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "servicedesk@publications.test", f"See http://{OUTSIDE}/"
    made["Disposition-Notification-To"] = made["Return-Receipt-To"] = f"receipt@{OUTSIDE}"
    made["Message-ID"] = f"<{sender}>"
    made.set_content("Plain words.")
    made.add_alternative(
        f"<link rel=stylesheet href=http://{OUTSIDE}/x.css><img src='http://{OUTSIDE}/pixel.gif'><script src=//{OUTSIDE}/x.js></script>"
        f"<form action=http://{OUTSIDE}/>Words</form><iframe src=http://{OUTSIDE}/></iframe><a href=http://{OUTSIDE}/>link</a>"
        f"<style>@import url(http://{OUTSIDE}/y.css); p {{ background: url(http://{OUTSIDE}/z.png) }}</style><p>Words</p>",
        "html",
    )
    svg = f'<!DOCTYPE svg SYSTEM "http://{OUTSIDE}/x.dtd"><svg xmlns="http://www.w3.org/2000/svg"><image href="http://{OUTSIDE}/"/></svg>'
    made.add_attachment(svg.encode(), maintype="image", subtype="svg+xml", filename="picture.svg")
    return made


@pytest.fixture(scope="module")
def heard(
    settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Heard:
    house = settle(tmp_path_factory.mktemp("kept_in"))
    ear = tmp_path_factory.mktemp("ear")
    (ear / "sitecustomize.py").write_text(LISTENER)
    house.env |= {"PYTHONPATH": str(ear), "LISTENED": str(ear / "heard")}
    with house.serving():
        sender = f"out@{OUTSIDE}"
        number = deliver(house, "publications", letter(sender), sender=sender)
        noor, ticket = signed_in(house.url, NOOR), f"/publications/tickets/{number}"
        policies = _answer(noor, ticket)
        pages = _read_pages(request.getfixturevalue("chromium"), house, noor, ticket) if executable() else []
        house.wait(lambda: len(house.sink.to(sender)) == 2)  # the acknowledgement and the answer
        for command in (("prove",), ("retention", "run"), ("doctor",)):
            house.balie(*command)
        children = _reading_children(house)
    events = [json.loads(line) for line in (ear / "heard").read_text().splitlines()]
    return Heard(house, pages, policies, [*events, *({"event": "child.files", "args": [one]} for one in children)])


def _answer(noor: Visitor, ticket: str) -> list[str]:
    """Every page read and an answer written, as a member of staff does: the policy that was told with each page."""
    told = [noor.get(path).headers["Content-Security-Policy"] for path in (*PAGES, ticket)]
    assert noor.post(f"{ticket}/items", item="family-name", value="Zaagmolen").status == 303
    seen = noor.get(ticket).text.partition('name="seen" value="')[2].partition('"')[0]
    assert (
        noor.post(f"{ticket}/answers", text=f"Look at http://{OUTSIDE}/ and ![]({OUTSIDE}).", seen=seen).status == 303
    )
    return told


def _read_pages(browser: Browser, house: Installation, noor: Visitor, ticket: str) -> list[str]:
    """The same pages in a browser: each address that it asked for."""
    asked: list[str] = []
    context = visit(browser)
    cookie = noor.cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value or "", "url": house.url}])
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for path in (*PAGES, ticket):
        page.goto(house.url + path)
    page.wait_for_load_state("networkidle")
    context.close()
    return asked


def _reading_children(house: Installation) -> list[str]:
    """How many files the processes may open that take mails apart: 3 are the pipes to their parent, and a connection is one."""
    found = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    worker = str(house.children()["worker"])
    rows = [line.split(None, 2) for line in found.splitlines()]
    pids = [pid for pid, parent, args in rows if parent == worker and "mail.child" in args]
    limits = [Path(f"/proc/{pid}/limits").read_text() for pid in pids]
    return [next(line.split()[3] for line in text.splitlines() if line.startswith("Max open files")) for text in limits]


def test_every_connection_goes_to_ourselves_or_to_the_mail_host_of_the_settings(heard: Heard) -> None:
    own = {("127.0.0.1", port) for port in (heard.house.http, heard.house.smtp)}
    relay = ("127.0.0.1", int(heard.house.env["BALIE_RELAY"].rpartition(":")[2]))
    reached = [
        tuple(json.loads(args[0].replace("'", '"').replace("(", "[").replace(")", "]")))
        for args in heard.of("socket.connect")
    ]
    assert relay in reached
    assert set(reached) <= {*own, relay}
    assert not heard.of("socket.sendto", "socket.sendmsg")


def test_no_name_is_looked_up(heard: Heard) -> None:
    """Not even its own: the settings name the mail host, and who greets it needs no resolver to know what it is called."""
    asked = {
        args[0].strip("(')").partition("'")[0]
        for args in heard.of("socket.getaddrinfo", "socket.gethostby", "socket.getn")
    }
    assert asked <= {"127.0.0.1", "0.0.0.0"}  # addresses already


def test_it_starts_no_other_programme(heard: Heard) -> None:
    started = {
        os.path.basename(args[0]).rstrip("0123456789.")
        for args in heard.of("subprocess.Popen", "os.exec", "os.posix_spawn")
    }
    assert started == {"python"}
    assert not heard.of("os.system", "webbrowser.", "ftplib.")


def test_what_takes_a_mail_apart_could_not_reach_out_if_it_wanted_to(heard: Heard) -> None:
    assert heard.of("child.files") == [["3"]]


@pytest.mark.skipif(executable() is None, reason=MISSING)
def test_pages_ask_no_other_host_for_anything(heard: Heard) -> None:
    elsewhere = {url for url in heard.pages if not url.startswith((heard.house.url + "/", "data:", "blob:"))}
    assert elsewhere == set()
    assert len(heard.pages) > 20


def test_nobody_is_sent_a_receipt_that_a_mail_asked_for(heard: Heard) -> None:
    assert {str(mail["To"]) for mail in heard.house.sink.mails if OUTSIDE in str(mail["To"])} == {f"out@{OUTSIDE}"}


def test_the_listener_hears_what_goes_elsewhere(tmp_path: Path) -> None:
    """The control: the same listener in a process that tries to reach another host."""
    (tmp_path / "sitecustomize.py").write_text(LISTENER)
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "LISTENED": str(tmp_path / "heard")}
    tries = "import socket, sys; s = socket.socket(); s.settimeout(0.01)\ntry: s.connect(('192.0.2.1', 80))\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", tries], env=env, check=True)
    assert "192.0.2.1" in (tmp_path / "heard").read_text()


def test_what_the_browser_may_load_is_said_to_it_with_every_page(heard: Heard) -> None:
    """And should a page ever hold such an address, the browser would not go there."""
    assert len(heard.policies) >= 10
    for policy in heard.policies:
        assert policy.startswith("default-src 'none'")
        assert "http" not in policy
        assert "'unsafe-inline'" not in policy
