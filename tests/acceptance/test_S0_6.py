"""S0.6: of staff name and e-mail address are kept and both are needed; without them nobody handles a ticket. What they sign in with,
and the record of what they did, are activities of their own in every register."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from balie.config.demonstration import PASSWORD, Demo
from tests.counter import Counter
from tests.registers import changed
from tests.visitor import DORIEN, KERTTU, NOOR, Visitor, fresh_code


@pytest.mark.parametrize("missing", ["name", "email"])
def test_without_a_name_or_an_address_nobody_is_appointed(counter: Counter, missing: str) -> None:
    given = {"name": "Made Up", "email": "made.up@publications.test", missing: ""}
    before = counter.house.rows("SELECT count(*) FROM people_account")
    told = counter.house.balie(
        "staff", "appoint", "publications", "--name", given["name"] or " ", "--email", given["email"] or " ", status=1
    )
    assert "name and an e-mail address" in told.stderr
    assert counter.house.rows("SELECT count(*) FROM people_account") == before


def test_an_account_holds_name_address_and_secrets_and_nothing_else(counter: Counter) -> None:
    kept = counter.house.rows("SELECT DISTINCT item FROM vault_record WHERE holder = 'account'")
    assert {item for (item,) in kept} == {"name", "email", "sign-in-secret"}
    columns = {row[1] for row in counter.house.rows("PRAGMA table_info(people_account)")}
    assert not columns & {"username", "first_name", "last_name", "phone", "last_login", "ip", "photo"}


@pytest.mark.parametrize(
    "path", ["/publications/tickets", "/publications/tickets/1001", "/publications/search", "/publications/calls"]
)
def test_whoever_has_not_signed_in_is_asked_to_and_sees_nothing(counter: Counter, path: str) -> None:
    page = counter.page()
    page.goto(counter.house.url + path)
    expect(page).to_have_url(re.compile("/publications/sign-in"))
    expect(page.get_by_label("Password")).to_be_visible()


def test_signing_in_takes_address_password_and_a_code_and_leaves_one_cookie_that_ends_with_the_browser(
    counter: Counter,
) -> None:
    page = counter.page()
    page.goto(f"{counter.house.url}/publications/tickets")
    page.get_by_label("Your e-mail address at work").fill(DORIEN.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.locator("#code").fill(fresh_code(counter.house.url, DORIEN))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{counter.house.url}/publications/tickets")
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["expires"], cookie["httpOnly"], cookie["sameSite"]) == ("session", -1, True, "Lax")
    page.get_by_text(f"{DORIEN.name}: your account").locator("..").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{counter.house.url}/publications/tickets")
    expect(page).to_have_url(re.compile("/publications/sign-in"))


def test_a_code_serves_once(counter: Counter) -> None:
    code = fresh_code(counter.house.url, KERTTU)
    for expected in (303, 403):
        visitor = Visitor(counter.house.url)
        visitor.get("/citizens-advice/sign-in")
        visitor.post("/citizens-advice/sign-in", email=KERTTU.email, password=PASSWORD)
        visitor.get("/citizens-advice/sign-in/code")
        assert visitor.post("/citizens-advice/sign-in/code", code=code).status == expected


def test_a_wrong_password_and_an_unknown_address_are_told_apart_by_nothing(counter: Counter) -> None:
    told = []
    for email in (NOOR.email, "nobody@publications.test"):
        visitor = Visitor(counter.house.url)
        visitor.get("/publications/sign-in")
        answer = visitor.post("/publications/sign-in", email=email, password="not the password")
        told.append((answer.status, answer.text.replace(email, "…").replace(visitor.token, "…")))
    assert told[0] == told[1]
    assert told[0][0] == 403


def test_the_password_alone_opens_nothing(counter: Counter) -> None:
    visitor = Visitor(counter.house.url)
    visitor.get("/publications/sign-in")
    assert visitor.post("/publications/sign-in", email=NOOR.email, password=PASSWORD).status == 303
    assert "/sign-in" in visitor.get("/publications/tickets").location
    assert visitor.post("/publications/sign-in/code", code="000000").status == 403
    assert "/sign-in" in visitor.get("/publications/tickets").location


@pytest.mark.parametrize("who", [NOOR, KERTTU], ids=lambda who: who.desk)
def test_staff_read_what_is_kept_of_them_as_activities_of_their_own(counter: Counter, who: Demo) -> None:
    page = counter.page(who)
    for activity, items, absent in (
        ("agents", ("Name", "E-mail address", "Encrypted sign-in secret"), "Phone"),
        ("evidence", ("Who did what and when", "Who looked at what and when"), "E-mail"),
    ):
        address = f"{counter.house.url}/register/{who.desk}/{activity}/versions/1"
        page.goto(address)
        for item in items:
            expect(page.locator("article")).to_contain_text(item)
        expect(page.locator("article")).not_to_contain_text(absent)
    page.goto(f"{counter.house.url}/{who.desk}/register")
    expect(page.locator("main")).to_contain_text("Encrypted sign-in secret")
    expect(page.locator("main")).to_contain_text("Who did what and when")


def test_what_the_register_calls_internal_is_for_staff_alone(counter: Counter) -> None:
    address = "/register/citizens-advice/agents/versions/1"
    assert Visitor(counter.house.url).get(address).status == 404
    assert counter.visitor(NOOR).get(address).status == 404  # staff of the other desk
    assert counter.visitor(KERTTU).get(address).status == 200


def take_out(item: str) -> Callable[[dict[str, Any]], None]:
    """A change that leaves one item out of every group of a register."""

    def change(data: dict[str, Any]) -> None:
        for activity in data["activities"].values():
            for group in activity["people"].values():
                for need in ("required", "allowed"):
                    group[need] = [one for one in group.get(need, []) if one != item] or group.pop(need, None)
                group.get("details", {}).pop(item, None)
                for block in ("required", "allowed", "details"):
                    if not group.get(block):
                        group.pop(block, None)

    return change


@pytest.mark.parametrize(
    ("desk", "without", "rule"),
    [
        ("publications", "sign-in-secret", "R33"),
        ("citizens-advice", "act-record", "R34"),
        ("citizens-advice", "look-record", "R34"),
    ],
)
def test_a_register_without_these_activities_is_never_in_force(
    counter: Counter, tmp_path: Path, desk: str, without: str, rule: str
) -> None:
    told = counter.house.balie("desk", "adopt", str(changed(desk, tmp_path, take_out(without))), status=1)
    assert f"[{rule}" in told.stderr
