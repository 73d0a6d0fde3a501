"""Beyond 8: where the register asks for it, a person approves what is destroyed; the list is the declaration of destruction."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import visit
from tests.counter import Asked, deliver
from tests.installation import Installation, mail
from tests.pages import test_accessible
from tests.registers import reworded
from tests.visitor import DORIEN, NOOR, Visitor, signed_in

pytestmark = pytest.mark.xdist_group("destruction")

TERM = "    keep: 1 year after ticket.closed\n"
YEAR = (datetime.now(UTC) + timedelta(days=370)).date().isoformat()
SECRETS = ("Quintessa", "Verholt", "aurelia@example.org")
ON_LIST = "SELECT lower(handle) FROM vault_record WHERE listed IS NOT NULL"


@dataclass
class Archive:
    """A publication office whose officer approves destruction; a year has passed since its tickets were closed."""

    house: Installation
    dorien: Visitor
    asked: Asked

    def listed(self) -> set[str]:
        return {handle for (handle,) in self.house.rows(ON_LIST)}


@pytest.fixture(scope="module")
def archive(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    house = settle(tmp_path_factory.mktemp("archive"))
    folder = tmp_path_factory.mktemp("register")
    file = reworded("publications", folder, TERM, f"{TERM}    approve-within: 30 days\n")
    house.balie("desk", "adopt", str(file))
    with house.serving():
        noor, dorien = signed_in(house.url, NOOR), signed_in(house.url, DORIEN)
        written = mail(
            sender=SECRETS[2],
            to="servicedesk@publications.test",
            subject="Quintessa",
            text="Verholt vraagt waar de bekendmaking staat.",
        )
        number = deliver(house, "publications", written, sender=SECRETS[2])
        asked = Asked("publications", number, SECRETS[2])
        noor.get(asked.path)
        assert noor.post(f"{asked.path}/closure").status == 303
        yield Archive(house, dorien, asked)


@pytest.fixture
def page(archive: Archive, chromium: Browser) -> Iterator[Page]:
    """The officer's browser."""
    context = visit(chromium, language="en")
    cookie = archive.dorien.cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value or "", "url": archive.house.url}])
    yield context.new_page()
    context.close()


def stands_in_nobodys_way(page: Page) -> bool:
    """What every page of the console keeps to: nothing that axe-core finds, by day and by night, and no wider than a telephone."""
    found = []
    for scheme, rules in test_accessible.SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += test_accessible.violations(page, rules)
    found += test_accessible._over_the_edge(page)
    assert found == []
    return True


def test_what_is_due_waits_on_a_list_and_nothing_of_it_is_erased(archive: Archive) -> None:
    swept = archive.house.json("retention", "run", "--as-of", YEAR, "--desk", "publications")["desks"][0]
    assert "handled" not in swept["terms"]
    assert swept["listed"] == len(archive.listed()) > 0
    assert "Verholt" in archive.dorien.get(archive.asked.path).text


def test_the_officer_keeps_one_and_approves_the_rest_with_the_browser(archive: Archive, page: Page) -> None:
    before = archive.listed()
    page.goto(f"{archive.house.url}/publications/register")
    page.get_by_role("link", name="Look at what is to be destroyed").click()
    expect(page.locator("#listed")).to_have_text(f"{len(before)} records")
    for secret in SECRETS:
        expect(page.locator("main")).not_to_contain_text(secret)
    page.locator("main tbody th a").first.click()
    assert stands_in_nobodys_way(page)
    page.locator("#singles input[type=checkbox]").first.check()
    kept = page.locator("#singles input[type=checkbox]").first.get_attribute("value")
    page.get_by_label("Archiving in the public interest").check()
    page.get_by_label("Looked at again on").fill("2099-01-01")
    page.get_by_role("button", name="Take these out of the list").click()
    expect(page.locator("#listed")).to_have_text(f"{len(before) - 1} records")
    assert archive.listed() == before - {kept}
    page.get_by_role("button", name="Approve the destruction of").click()
    expect(page.locator("h1")).to_have_text("Declaration of destruction")
    archive.house.wait(lambda: not archive.listed())
    page.reload()
    expect(page.locator("main")).to_contain_text("Destroyed on")
    assert stands_in_nobodys_way(page)
    expect(page.locator("main")).to_contain_text("Dorien Vossen")
    expect(page.locator("main")).not_to_contain_text(str(kept))
    gone = {handle for (handle,) in archive.house.rows("SELECT handle FROM vault_erasure WHERE why = 'handled'")}
    assert gone == before - {kept}
    assert {handle for (handle,) in archive.house.rows("SELECT handle FROM vault_record WHERE on_hold")} == {kept}


def test_the_declaration_is_taken_along_and_holds_handles_alone(archive: Archive, page: Page) -> None:
    page.goto(f"{archive.house.url}/publications/register/declarations")
    page.get_by_role("link", name="The list approved on").click()
    with page.expect_download() as caught:
        page.get_by_role("link", name="JSON").click()
    told = json.loads(Path(caught.value.path()).read_text("utf-8"))
    gone = {handle for (handle,) in archive.house.rows("SELECT handle FROM vault_erasure WHERE why = 'handled'")}
    assert {one for line in told["declaration"]["destroyed"] for one in line["handles"]} == gone
    assert told["digest"] in told["signature"]
    proven = archive.house.rows("SELECT facts FROM evidence_entry WHERE act = 'destruction.carried-out'")
    assert json.loads(proven[0][0])["digest"] == told["digest"]
    with page.expect_download() as caught:
        page.get_by_role("link", name="Markdown").click()
    text = Path(caught.value.path()).read_text("utf-8")
    assert all(handle in text for handle in gone)
    for secret in (*SECRETS, "Dorien"):
        assert secret not in text
        assert secret not in json.dumps(told)


def test_what_the_sweep_took_by_itself_is_declared_by_month(archive: Archive, page: Page) -> None:
    page.goto(f"{archive.house.url}/publications/register/declarations")
    page.get_by_role("link", name="What the sweep took in").click()
    expect(page.locator("main")).to_contain_text("None is asked for")
    expect(page.locator("main table")).to_contain_text("72 hours after")


def test_the_proof_holds_afterwards(archive: Archive) -> None:
    archive.house.balie("prove")
